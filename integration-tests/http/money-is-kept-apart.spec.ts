import { Modules } from "@medusajs/framework/utils";
import { moneyFromDecimal } from "../../src/gateway";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { decide } from "../support/bank-page";
import { makeDue } from "../support/journal";
import { Operator } from "../support/operator";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";

withRunningStore((running) => {
  /** What the bank holds or took, per provider, since `before`. */
  async function paidSince(before: number): Promise<string[]> {
    return (await running.bank().ledger())
      .slice(before)
      .filter(({ status }) => ["authorized", "captured"].includes(status))
      .map(({ provider }) => provider);
  }

  /** Lets the sweep find everything due at once. */
  async function sweep(): Promise<void> {
    await makeDue(running.container());
    await reconcile(running.container());
  }

  async function collectionOf(shopper: Shopper): Promise<string> {
    const { body } = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
    return body.payment_collection.id;
  }

  describe("a paid order", () => {
    it.each(["authorized", "captured"])(
      "keeps its %s payment whatever is done to the cart's sessions",
      async (state) => {
        const before = (await running.bank().ledger()).length;
        const shopper = await running.shopper();
        const id = await collectionOf(shopper);
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
        if (state === "captured") {
          const operator = await Operator.logIn(running.base_url());
          const order = await operator.order(confirmed.body.order.id);
          await operator.capture(order.payment_collections[0].payments[0].id);
        }
        const replaced = await shopper.post(`/store/payment-collections/${id}/payment-sessions`, {
          provider_id: "pp_sandbox_b",
        });
        expect([replaced.status, replaced.body.code]).toEqual([409, "cart_completed"]);

        // Also when the session is deleted behind every guard's back.
        const payment = running.container().resolve(Modules.PAYMENT);
        const [session] = await payment.listPaymentSessions({ payment_collection_id: id });
        await Promise.allSettled([payment.deletePaymentSession(session!.id)]); // Whether Medusa lets it or not.
        await sweep();
        const row = (await running.bank().ledger())
          .slice(before)
          .find(({ provider }) => provider === "pp_sandbox_a");
        expect(row).toMatchObject({ status: state, refunded_minor: 0 });
      },
    );
  });

  describe("an outcome nobody knows", () => {
    it("is not paid at another provider when the first cannot be read", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running
        .bank()
        .fault({ provider: "pp_sandbox_a", operation: "authorize", fault: "reset_after", times: 1 });
      await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const again = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(again.body).toMatchObject({ type: "pending", payment_attempt: { status: "unknown" } });
      expect(await paidSince(before)).toEqual(["pp_sandbox_a"]);

      await running.bank().clearFaults();
      const settled = await shopper.confirm(body.payment_attempt.id);
      expect(settled.body.type).toBe("order");
      expect(await paidSince(before)).toEqual(["pp_sandbox_a"]);
    });

    it("is kept open when the bank cannot be read after 3-D Secure was approved there", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", "4000002760003184");
      await decide(confirmed.body.payment_attempt.next_action.url, "approve");
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const attempt_id = started.body.payment_attempt.id;
      expect((await shopper.confirm(attempt_id)).body.type).toBe("pending");
      expect((await shopper.confirm(attempt_id, { card: cardOf(APPROVES) })).body.type).toBe("pending");
      await running.bank().clearFaults();
      expect((await shopper.confirm(attempt_id)).body.type).toBe("order");
      expect(await paidSince(before)).toEqual(["pp_sandbox_a"]);
    });
  });

  describe("a switch of provider", () => {
    it("gives everybody who confirms, now or later, the same order", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const confirm = () => shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      const answers = await Promise.all([confirm(), confirm(), confirm(), confirm()]);
      const later = await confirm();
      const orders = [...answers, later].map((answer) => answer.body.order?.id);
      expect(new Set(orders).size).toBe(1);
      expect(orders[0]).toBeDefined();
      expect(await paidSince(before)).toEqual(["pp_sandbox_b"]);
    });
  });

  describe("money moved twice at once", () => {
    it("is recorded as often as the bank moved it, after a lost answer and a double click", async () => {
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
      const reference = (await running.bank().ledger()).at(-1)!.reference;
      const operator = await Operator.logIn(running.base_url());
      const payment = async () =>
        (await operator.order(confirmed.body.order.id)).payment_collections[0].payments[0];
      const { id } = await payment();
      await running.bank().fault({ operation: "capture", fault: "reset_after", times: 1 });
      await operator.capture(id, 30);
      await Promise.all([operator.capture(id, 30), operator.capture(id, 30)]);
      const recorded: { amount: number }[] = (await payment()).captures;
      const row = (await running.bank().ledger()).find((one) => one.reference === reference)!;
      const recorded_minor = recorded
        .map(({ amount }) => moneyFromDecimal(amount, "EUR").amount_minor)
        .reduce((sum, minor) => sum + minor, 0n);
      expect(recorded_minor).toBe(BigInt(row.captured_minor));
    });
  });

  describe("a payment left behind", () => {
    it("is not voided while the next attempt takes it over", async () => {
      const shopper = await running.shopper();
      await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ operation: "cancel", fault: "latency", value_ms: 700 });
      await shopper.start("pp_sandbox_a:apple_pay");
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
      expect(confirmed.body.type).toBe("order");
    });
  });
});
