import { z } from "@medusajs/framework/zod";
import { json, type Answer } from "./http";
import type { Ledger } from "./ledger";
import { DASHBOARD, type Operations, type Result } from "./operations";
import { DISPUTE_REASONS, type BankPayment } from "./records";
import { Refusal } from "./refusal";
import { parseControl } from "./requests";
import { ledgerRow } from "./views";

type Deps = Readonly<{
  ledger: Ledger;
  operations: Operations;
  now: () => number;
  settleDue: (reference: string) => void;
}>;

/** Amounts may be JSON numbers here, for people who type them into curl. */
const ActSchema = z.object({
  amount_minor: z
    .union(
      [z.number().int().positive().max(Number.MAX_SAFE_INTEGER), z.string().regex(/^[1-9]\d{0,19}$/)],
      "must be a whole number of minor units greater than 0, or left out",
    )
    .transform(BigInt)
    .optional(),
  reason: z.enum(DISPUTE_REASONS).optional(),
  dispute_id: z.string().min(1).max(200).optional(),
});
type ActRequest = z.output<typeof ActSchema>;

type Act = (operations: Operations, payment: BankPayment, request: ActRequest) => Result;

/** What can be done to a payment as if in the bank's dashboard, or by the shopper at their own bank. */
const ACTIONS: Readonly<Record<string, Act>> = {
  capture: (operations, { reference }, { amount_minor }) =>
    operations.capture(DASHBOARD, reference, { amount_minor }),
  refund: (operations, { reference }, { amount_minor }) =>
    operations.refund(DASHBOARD, reference, { amount_minor }),
  cancel: (operations, { reference }) => operations.cancel(DASHBOARD, reference),
  dispute: (operations, { reference }, request) => operations.dispute(reference, request),
  dispute_won: (operations, { reference }, { dispute_id }) =>
    operations.closeDispute(reference, dispute_id, "won"),
  dispute_lost: (operations, { reference }, { dispute_id }) =>
    operations.closeDispute(reference, dispute_id, "lost"),
  approve: (operations, payment) => operations.decide(payment, "approve"),
  decline: (operations, payment) => operations.decide(payment, "fail"),
};

/**
 * Does one thing to a payment and answers with its row of the ledger.
 * @throws Refusal 404 for an unknown action or payment, 400 for a body that does not fit, 409 when it cannot be done
 */
export function act(deps: Deps, reference: string, action: string, body: unknown): Answer {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!run) {
    throw new Refusal(404, "route_unknown", `A payment can be told to ${Object.keys(ACTIONS).join(", ")}.`);
  }
  const request = parseControl(ActSchema, body);
  deps.settleDue(reference);
  const found = deps.operations.find(undefined, reference);
  const { payment, changes } = run(deps.operations, found, request);
  deps.ledger.commit(changes, deps.now());
  return json(200, { payment: ledgerRow(payment) });
}
