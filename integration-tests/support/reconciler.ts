import { Modules } from "@medusajs/framework/utils";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { makeDue } from "./journal";
import { age } from "./paid-order";
import { cardOf, type Shopper } from "./shopper";
import type { Running } from "./suite";

export const APPROVES = "4242424242424242";

/** A confirm whose answer was lost after the bank authorized. */
export type LostAnswer = Readonly<{ shopper: Shopper; attempt_id: string; reference: string }>;

/** What tests of the reconciler do with a running store. Call it once, where hooks may stand. */
export function reconcilerOf(running: Running) {
  /** More answers are lost here in a minute than a circuit stays closed for, and circuits are not what is tested. */
  beforeEach(() => {
    for (const id of ["pp_sandbox_a", "pp_sandbox_b"]) {
      jest.spyOn(findGateway(running.container(), id)!.health, "run").mockImplementation((call) => call());
    }
  });
  afterEach(() => jest.restoreAllMocks());

  const lastAtBank = async () => (await running.bank().ledger()).at(-1)!;
  return {
    lastAtBank,
    knex: () => running.container().resolve("__pg_connection__"),
    orders: () => running.container().resolve(Modules.ORDER).listOrders({}),
    atBank: async (reference: string) =>
      (await running.bank().ledger()).find((payment) => payment.reference === reference)!,
    /** As if this long had gone by. */
    age: (ms: number) => age(running, ms),

    /** One pass of the reconciler over everything it still looks at. */
    pass: async () => {
      await makeDue(running.container());
      await reconcile(running.container());
    },

    lostAnswer: async (provider_id = "pp_sandbox_a"): Promise<LostAnswer> => {
      const shopper = await running.shopper();
      const { body } = await shopper.start(`${provider_id}:card`);
      const attempt_id: string = body.payment_attempt.id;
      await running.bank().fault({ operation: "authorize", fault: "reset_after", times: 1 });
      const confirmed = await shopper.confirm(attempt_id, { card: cardOf(APPROVES) });
      expect(confirmed.body).toMatchObject({ type: "pending", payment_attempt: { status: "unknown" } });
      return { shopper, attempt_id, reference: (await lastAtBank()).reference };
    },
  };
}
