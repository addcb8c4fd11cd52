import { moneyToDecimal, type AttemptRecord, type AttemptStatus } from "../../../../gateway";
import { findingView, type FindingRecord, type RecoveryAction } from "../../../../services";
import type { ListedAttempt } from "../../../../modules/tender/stores/attempt-list";
import type { OrderName } from "../../../../workflows/operate/list-payment-attempts";
import type { AttemptStory } from "../../../../workflows/operate/read-payment-attempt";
import type { AdminDecline } from "../../../admin-contract";
import { operationView } from "../../../admin-views";
import type {
  AdminAttemptEvent,
  AdminAttemptFinding,
  AdminListedAttempt,
  AdminOrderName,
  AdminPaymentAttemptDetail,
} from "./contract";

/** An attempt as it is listed. */
export function listedView(
  { attempt, region_id, approved_at, refusal }: ListedAttempt,
  order: OrderName | undefined,
): AdminListedAttempt {
  return {
    id: attempt.id,
    created_at: attempt.created_at.toISOString(),
    status: shownStatus(attempt),
    provider_id: attempt.provider_id,
    method: attempt.method,
    region_id,
    amount: Number(moneyToDecimal(attempt.amount)),
    currency_code: attempt.amount.currency.toLowerCase(),
    instrument: attempt.instrument && {
      brand: attempt.instrument.brand ?? null,
      last4: attempt.instrument.last4 ?? null,
    },
    decline: declineView(refusal),
    approved_at: approved_at?.toISOString() ?? null,
    order: order ? orderView(order) : null,
    cart_id: attempt.cart_id,
    gateway_reference: attempt.gateway_reference,
    fallback_of: attempt.fallback_of,
  };
}

/** An attempt with everything that happened to it, in the order of time. */
export function attemptView(story: AttemptStory, locale: "en" | "ar"): AdminPaymentAttemptDetail {
  const { listed, order, attempts_of_cart, cart_id, payment_page } = story;
  const { attempt } = listed;
  return {
    ...listedView(listed, order ?? undefined),
    cart_id,
    recovery: recoveryView(attempt),
    payment_collection_id: attempt.payment_collection_id,
    payment_page,
    authorization_expires_at: attempt.authorization_expires_at?.toISOString() ?? null,
    attempts_of_cart: attempts_of_cart.map((one, at) => ({
      id: one.id,
      number: at + 1,
      status: shownStatus(one),
      provider_id: one.provider_id,
      method: one.method,
      created_at: one.created_at.toISOString(),
    })),
    timeline: timelineOf(story, locale),
  };
}

type Dated = Readonly<{ at: Date; event: AdminAttemptEvent }>;

function timelineOf(story: AttemptStory, locale: "en" | "ar"): AdminAttemptEvent[] {
  const { listed, operations, webhooks, findings, changes, order } = story;
  const { attempt, approved_at } = listed;
  const dated: Dated[] = [
    happened(attempt.created_at, { type: "begun" }),
    ...operations.map((operation) =>
      happened(operation.started_at, { type: "operation", operation: operationView(operation) }),
    ),
    ...refusalOf(story),
    ...(approved_at ? [happened(approved_at, { type: "approved" })] : []),
    ...webhooks.map(({ id, type: event_type, status, tries, error, created_at }) =>
      happened(created_at, { type: "webhook", webhook: { id, event_type, status, tries, error } }),
    ),
    ...findings.flatMap((finding) => findingEvents(finding, locale)),
    ...changes.map(({ action, actor_id, created_at }) =>
      happened(created_at, { type: "changed", action, actor_id }),
    ),
    ...(order
      ? [happened(new Date(order.created_at), { type: "order_placed", order: orderView(order) })]
      : []),
  ];
  // Of what happened at the same moment the order above stays.
  return dated.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ event }) => event);
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, "at"> : never;

function happened(at: Date, event: WithoutTime<AdminAttemptEvent>): Dated {
  return { at, event: { at: at.toISOString(), ...event } as AdminAttemptEvent };
}

/** Its latest refusal, when the call that was refused had ended. */
function refusalOf({ listed, operations }: AttemptStory): Dated[] {
  const { attempt, refusal, declined_at } = listed;
  const refused = operations.filter(({ status }) => status === "declined").at(-1);
  const at = refused?.finished_at ?? declined_at;
  return at
    ? [happened(at, { type: "refused", decline: declineView(refusal), recovery: recoveryView(attempt) })]
    : [];
}

function findingEvents(finding: FindingRecord, locale: "en" | "ar"): Dated[] {
  const { title, meaning } = findingView(finding.kind, locale);
  const view: AdminAttemptFinding = {
    id: finding.id,
    kind: finding.kind,
    severity: finding.severity,
    status: finding.status,
    title,
    meaning,
    detail: finding.detail,
    resolution: finding.resolution,
  };
  return [
    happened(finding.created_at, { type: "finding_opened", finding: view }),
    ...(finding.resolved_at
      ? [happened(finding.resolved_at, { type: "finding_resolved", finding: view })]
      : []),
  ];
}

/** A refused attempt stays refused to an operator, although its payment is cleared away at the gateway later. */
function shownStatus({ status, decline }: AttemptRecord): AttemptStatus {
  return decline && (status === "released" || status === "canceled") ? "declined" : status;
}

function declineView(decline: AttemptRecord["decline"]): AdminDecline | null {
  return (
    decline && {
      category: decline.category,
      code: decline.code,
      network_code: decline.network_code ?? null,
      advice_code: decline.advice_code ?? null,
    }
  );
}

function recoveryView({ recovery, recovery_rule_id }: AttemptRecord) {
  return recovery && recovery_rule_id
    ? { action: recovery as RecoveryAction, rule_id: recovery_rule_id }
    : null;
}

function orderView({ id, display_id, email }: OrderName): AdminOrderName {
  return { id, display_id, email };
}
