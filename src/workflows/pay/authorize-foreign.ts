import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import { messageOf, type AttemptRecord, type AttemptStatus } from "../../gateway";
import type { AttemptChange } from "../../gateway/journal";
import type { OperationStatus } from "../../gateway/operations";
import { withCartLock } from "../medusa/cart-lock";
import { tenderModule } from "../medusa/load-cart";
import { paymentModule } from "../medusa/payment-session";

type ForeignOutcome = Extract<
  AttemptStatus,
  "authorized" | "captured" | "action_required" | "pending" | "declined" | "unknown"
>;

/** What the status that Medusa keeps of a session says. One not listed says nothing. */
const OUTCOME_OF_SESSION: Readonly<Record<string, ForeignOutcome>> = {
  authorized: "authorized",
  captured: "captured",
  requires_more: "action_required",
  pending: "pending",
  pending_authorization: "pending",
  error: "declined",
  canceled: "declined",
};

/** The errors of Medusa's that tell an outcome (`MedusaErrorTypes`). Any other one leaves it open. */
const OUTCOME_OF_ERROR: Readonly<Record<string, ForeignOutcome>> = {
  [MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR]: "declined",
  [MedusaError.Types.PAYMENT_REQUIRES_MORE_ERROR]: "action_required",
};

const OPERATION_STATUS: Readonly<Record<ForeignOutcome, Exclude<OperationStatus, "started">>> = {
  authorized: "succeeded",
  captured: "succeeded",
  action_required: "succeeded",
  pending: "succeeded",
  declined: "declined",
  unknown: "unknown",
};

/** What the attempt learns with its status. A refusal is `unclassified`: Medusa tells no more. */
const CHANGE: Readonly<Record<ForeignOutcome, AttemptChange>> = {
  authorized: { next_action: null },
  captured: { next_action: null },
  action_required: { next_action: { type: "confirm" } },
  pending: { next_action: { type: "wait" } },
  declined: { next_action: null, decline: { category: "unclassified", code: "declined" } },
  unknown: { next_action: { type: "wait" } },
};

/**
 * Authorizes another plugin's payment through Medusa. It runs under the cart's lock, as in Medusa's own
 * completion, because these providers have no journal that would keep two callers apart. A provider that fails
 * without telling an outcome leaves the attempt `unknown`; confirming it again asks with the same key.
 */
export async function authorizeForeign(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<AttemptRecord> {
  const session_id = attempt.payment_session_id;
  if (!session_id || attempt.status === "authorized" || attempt.status === "captured") {
    return attempt;
  }
  return withCartLock(container, cart_id, () => authorize(container, attempt, session_id));
}

async function authorize(
  container: MedusaContainer,
  attempt: AttemptRecord,
  session_id: string,
): Promise<AttemptRecord> {
  const tender = tenderModule(container);
  const [session] = await paymentModule(container).listPaymentSessions(
    { id: session_id },
    { select: ["id"] },
  );
  if (!session) {
    // Medusa's own route replaced it meanwhile: paying it too would pay the order twice.
    return (await tender.changeAttempt(attempt.id, "canceled")) ?? attempt;
  }
  const operation = await tender.beginOperation({
    attempt_id: attempt.id,
    kind: "authorize",
    amount: attempt.amount,
    idempotency_key: `${attempt.id}:authorize:1`,
  });
  const outcome = await askProvider(container, attempt, session_id);
  await tender.endOperation(operation.id, {
    status: OPERATION_STATUS[outcome],
    ...(outcome === "unknown" && { error_message: "The provider told no outcome." }),
  });
  const changed = await tender.changeAttempt(attempt.id, outcome, CHANGE[outcome]);
  return changed ?? (await tender.findAttempt({ id: attempt.id })) ?? attempt;
}

async function askProvider(
  container: MedusaContainer,
  attempt: AttemptRecord,
  session_id: string,
): Promise<ForeignOutcome> {
  try {
    await paymentModule(container).authorizePaymentSession(session_id, {});
    return await outcomeOfSession(container, session_id);
  } catch (error) {
    const outcome = await outcomeOfError(container, session_id, error);
    if (outcome === "unknown") {
      const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
      logger.error(`${attempt.provider_id} told no outcome for attempt ${attempt.id}: ${messageOf(error)}`);
    }
    return outcome;
  }
}

async function outcomeOfSession(container: MedusaContainer, session_id: string): Promise<ForeignOutcome> {
  const session = await paymentModule(container).retrievePaymentSession(session_id, {
    select: ["id", "status"],
  });
  return OUTCOME_OF_SESSION[session.status] ?? "unknown";
}

async function outcomeOfError(
  container: MedusaContainer,
  session_id: string,
  error: unknown,
): Promise<ForeignOutcome> {
  if (!MedusaError.isMedusaError(error)) {
    return "unknown";
  }
  if (!saysNotAuthorized(error)) {
    return OUTCOME_OF_ERROR[error.type] ?? "unknown";
  }
  const outcome = await outcomeOfSession(container, session_id).catch(() => "unknown" as const);
  // An error beside a session that says approved is a contradiction, and no approval.
  return isApproval(outcome) ? "unknown" : outcome;
}

/**
 * Medusa's payment module says so after it wrote the provider's answer into the session
 * (`PaymentModuleService.authorizePaymentSession`). The type alone does not tell: providers throw it as well.
 */
function saysNotAuthorized(error: MedusaError): boolean {
  return (
    error.type === MedusaError.Types.NOT_ALLOWED &&
    error.message.includes("was not authorized with the provider")
  );
}

function isApproval(outcome: ForeignOutcome): boolean {
  return outcome === "authorized" || outcome === "captured";
}
