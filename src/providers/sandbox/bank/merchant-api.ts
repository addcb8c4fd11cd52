import { randomUUID, timingSafeEqual, createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Operation } from "./faults";
import { errorAnswer, json, parseJson, pathOf, type Answer } from "./http";
import type { Idempotency } from "./idempotency";
import type { Ledger } from "./ledger";
import type { Account, MerchantCaller, Operations, Result } from "./operations";
import type { BankCustomer, BankPayment, BankSavedMethod, Change } from "./records";
import { Refusal } from "./refusal";
import { AmountSchema, ConfirmSchema, CreateSchema, CustomerSchema, parseRequest } from "./requests";
import { paymentView, savedMethodView } from "./views";

/** What came of a handler, before it is written down. */
type Handled = Readonly<{ answer: Answer; changes: readonly Change[] }>;

/** A request that was matched to a route of this account. */
export type MerchantCall = Readonly<{
  operation: Operation;
  /** Carries it out once per Idempotency-Key and commits. Never throws. */
  run(): Answer;
  /** Lets go of the key when the call is dropped. */
  release(): void;
}>;

type Deps = Readonly<{
  ledger: Ledger;
  operations: Operations;
  idempotency: Idempotency;
  now: () => number;
  /** Brings what the clock alone changes up to date. */
  settleDue: (reference: string) => void;
  /** Where the shopper decides on a challenge. */
  challengeUrl: (payment: BankPayment) => string | undefined;
}>;

type Route = Readonly<{
  method: "GET" | "POST" | "DELETE";
  /** `:` stands for one part of the path. */
  path: readonly string[];
  operation: Operation;
  handle(deps: Deps, account: MerchantCaller, ids: readonly string[], body: unknown): Handled;
}>;

/** The whole merchant API, one row per route. Every POST needs an `Idempotency-Key`. */
const ROUTES: readonly Route[] = [
  route("GET", "/ping", "other", (_deps, { provider }) => ({
    answer: json(200, { ok: true, provider }),
    changes: [],
  })),
  route("POST", "/payments", "create", (deps, account, _ids, body) =>
    answered(deps, deps.operations.create(account, parseRequest(CreateSchema, body)), 201),
  ),
  route("GET", "/payments/:", "retrieve", (deps, account, [reference = ""]) =>
    answered(deps, { payment: deps.operations.find(account.provider, reference), changes: [] }),
  ),
  route("POST", "/payments/:/amount", "other", (deps, account, [reference = ""], body) =>
    answered(deps, deps.operations.update(account, reference, parseRequest(AmountSchema, body))),
  ),
  route("POST", "/payments/:/confirm", "authorize", (deps, account, [reference = ""], body) => {
    const result = deps.operations.confirm(account, reference, parseRequest(ConfirmSchema, body));
    const declined =
      result.payment.status === "requires_confirmation" && result.payment.decline !== undefined;
    return answered(deps, result, declined ? 402 : 200);
  }),
  route("POST", "/payments/:/capture", "capture", (deps, account, [reference = ""], body) =>
    answered(deps, deps.operations.capture(account, reference, parseRequest(AmountSchema, body))),
  ),
  route("POST", "/payments/:/refund", "refund", (deps, account, [reference = ""], body) =>
    answered(deps, deps.operations.refund(account, reference, parseRequest(AmountSchema, body))),
  ),
  route("POST", "/payments/:/cancel", "cancel", (deps, account, [reference = ""]) =>
    answered(deps, deps.operations.cancel(account, reference)),
  ),
  route("POST", "/customers", "other", ({ ledger }, { provider }, _ids, body) => {
    const { external_id, email } = parseRequest(CustomerSchema, body);
    const known = [...ledger.customers.values()].find(
      (customer) =>
        external_id !== undefined && customer.external_id === external_id && customer.provider === provider,
    );
    const value: BankCustomer = known ?? { id: `sbx_cus_${randomUUID()}`, provider, external_id, email };
    return { answer: json(200, { id: value.id }), changes: known ? [] : [{ kind: "customer", value }] };
  }),
  route("GET", "/customers/:/saved_methods", "other", ({ ledger }, account, [customer_id = ""]) => {
    const saved = [...ledger.saved_methods.values()].filter(belongsTo(account, customer_id));
    return { answer: json(200, { saved_methods: saved.map(savedMethodView) }), changes: [] };
  }),
  route(
    "DELETE",
    "/customers/:/saved_methods/:",
    "other",
    ({ ledger }, account, [customer_id = "", id = ""]) => {
      const saved = ledger.saved_methods.get(id);
      const mine = saved !== undefined && belongsTo(account, customer_id)(saved);
      return {
        answer: json(200, { deleted: true }),
        changes: mine ? [{ kind: "saved_method_removed", id }] : [],
      };
    },
  ),
];

/** Compares the bearer token without telling by its timing how much of it was right. */
export function isAuthorized(request: IncomingMessage, account: Account): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${account.api_key}`));
}

/**
 * Matches a request to its route and takes its Idempotency-Key.
 * @throws Refusal 404 for an unknown route, and those of {@link Idempotency.begin}
 */
export function openCall(deps: Deps, account: Account, request: IncomingMessage, body: Buffer): MerchantCall {
  const parts = pathOf(request);
  const { route, ids } = match(request.method ?? "", parts);
  if (route.method !== "POST") {
    return {
      operation: route.operation,
      run: () => carryOut(deps, { ...account, idempotency_key: null }, route, ids, body),
      release: () => undefined,
    };
  }
  const header = request.headers["idempotency-key"];
  const idempotency_key = typeof header === "string" ? header : "";
  const ticket = deps.idempotency.begin(account, idempotency_key, [parts.join("/"), body]);
  const caller = { ...account, idempotency_key };
  const run = (): Answer =>
    ticket.replay ?? carryOut(deps, caller, route, ids, body, (answer) => [ticket.record(answer)]);
  return { operation: route.operation, run, release: ticket.release };
}

/** Which operation a request is, for faults that strike before anything is looked at. */
export function operationOf(request: IncomingMessage): Operation {
  return match(request.method ?? "", pathOf(request)).route.operation;
}

function route(method: Route["method"], path: string, operation: Operation, handle: Route["handle"]): Route {
  return { method, path: path.split("/").filter(Boolean), operation, handle };
}

function match(method: string, parts: readonly string[]): { route: Route; ids: readonly string[] } {
  const found = ROUTES.find(
    ({ method: wanted, path }) =>
      wanted === method &&
      path.length === parts.length &&
      path.every((part, i) => part === ":" || part === parts[i]),
  );
  if (!found) {
    throw new Refusal(404, "route_unknown", "There is no such route.");
  }
  return { route: found, ids: parts.filter((_part, i) => found.path[i] === ":") };
}

/** One transaction: what the operation changes and the answer to repeat stand or fall together. */
function carryOut(
  deps: Deps,
  account: MerchantCaller,
  { handle }: Route,
  ids: readonly string[],
  body: Buffer,
  record: (answer: Answer) => readonly Change[] = () => [],
): Answer {
  try {
    const { answer, changes } = handled(() => {
      if (ids[0] !== undefined) {
        deps.settleDue(ids[0]);
      }
      return handle(deps, account, ids, parseJson(body));
    });
    deps.ledger.commit([...changes, ...record(answer)], deps.now());
    return answer;
  } catch (error) {
    return errorAnswer(error);
  }
}

function handled(handle: () => Handled): Handled {
  try {
    return handle();
  } catch (error) {
    if (error instanceof Refusal) {
      return { answer: errorAnswer(error), changes: [] };
    }
    throw error;
  }
}

function answered(deps: Deps, { payment, changes }: Result, status = 200): Handled {
  return { answer: json(status, paymentView(payment, deps.challengeUrl(payment))), changes };
}

function belongsTo({ provider }: Account, customer_id: string): (saved: BankSavedMethod) => boolean {
  return (saved) => saved.provider === provider && saved.customer_id === customer_id;
}
