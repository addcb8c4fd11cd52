import { Modules } from "@medusajs/framework/utils";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { Operator } from "./operator";
import { cardOf } from "./shopper";
import type { Running } from "./suite";

const APPROVES = "4242424242424242";

/** A paid order of 69.80 EUR, with what tests need to look at its money from all sides. */
export async function paidOrder(running: Running) {
  const shopper = await running.shopper();
  const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
  const operator = await Operator.logIn(running.base_url());
  const order_id: string = confirmed.body.order.id;
  const payment = async () => (await operator.order(order_id)).payment_collections[0].payments[0];
  return {
    operator,
    order_id,
    payment,
    attempt_id: started.body.payment_attempt.id as string,
    payment_id: (await payment()).id as string,
    reference: (await running.bank().ledger()).at(-1)!.reference,
  };
}

/** Approved at the bank, and nothing done with it yet: as if the server had stopped right then. */
export async function approvedPayment(running: Running) {
  const shopper = await running.shopper();
  const { body } = await shopper.start("pp_sandbox_a:card");
  const attempt_id: string = body.payment_attempt.id;
  const gateway = findGateway(running.container(), "pp_sandbox_a")!;
  await gateway.attempts.confirm(attempt_id, { data: { card: cardOf(APPROVES) } });
  return { shopper, attempt_id, reference: (await running.bank().ledger()).at(-1)!.reference };
}

/** Medusa's rows of captures and refunds, which it writes before their provider is asked. */
export function moveRows(running: Running) {
  return running.container().resolve(Modules.PAYMENT) as unknown as {
    createCaptures(made: object[]): Promise<{ id: string }[]>;
    createRefunds(made: object[]): Promise<{ id: string }[]>;
    deleteCaptures(ids: string[]): Promise<void>;
    deleteRefunds(ids: string[]): Promise<void>;
  };
}

/** As if this long had gone by since everything that is on record happened. */
export async function age(running: Running, ms: number): Promise<void> {
  const knex = running.container().resolve("__pg_connection__");
  for (const [table, columns] of Object.entries({
    tender_payment_attempt: ["created_at", "updated_at"],
    tender_payment_operation: ["started_at", "finished_at"],
    capture: ["created_at"],
    refund: ["created_at"],
    order_change: ["created_at"],
  })) {
    for (const column of columns) {
      await knex(table).update({ [column]: knex.raw("?? - ? * interval '1 millisecond'", [column, ms]) });
    }
  }
}
