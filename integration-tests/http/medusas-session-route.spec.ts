import { setTimeout as sleep } from "node:timers/promises";
import { decideAtBank } from "../support/limited-store";
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

  describe("Medusa's own session route", () => {
    async function replaceSession(shopper: Shopper, provider_id = "pp_sandbox_b") {
      const { body } = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
      const { id } = body.payment_collection;
      return shopper.post(`/store/payment-collections/${id}/payment-sessions`, {
        provider_id,
        data: { token: "tok_visa" },
      });
    }

    it("waits while another payment is being confirmed", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ operation: "authorize", fault: "latency", value_ms: 900 });
      const confirming = shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      await sleep(400);
      const replaced = await replaceSession(shopper);
      expect([replaced.status, replaced.body.code]).toEqual([409, "payment_in_progress"]);
      expect((await confirming).body.type).toBe("order");
      expect(await paidSince(before)).toEqual(["pp_sandbox_a"]);
    });

    it("takes a pending payment back before another may be made", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:bank_redirect");
      const sent = await shopper.confirm(body.payment_attempt.id);
      await decideAtBank(sent, "later");
      expect((await shopper.confirm(body.payment_attempt.id)).body.type).toBe("pending");
      expect((await replaceSession(shopper)).status).toBe(200);
      const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      expect(completed.body.type).toBe("order");
      const rows = (await running.bank().ledger()).slice(before);
      expect(rows.map(({ provider, status }) => [provider, status])).toEqual([
        ["pp_sandbox_a", "canceled"],
        ["pp_sandbox_b", "authorized"],
      ]);
    });

    it("lets a storefront of its own change the provider and the cart as before", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      expect((await replaceSession(shopper, "pp_sandbox_a")).status).toBe(200);
      expect((await replaceSession(shopper, "pp_sandbox_b")).status).toBe(200);
      await shopper.post(`/store/carts/${shopper.cart_id}/line-items`, {
        variant_id: running.store().variant_id,
        quantity: 1,
      });
      expect((await replaceSession(shopper, "pp_sandbox_b")).status).toBe(200);
      const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      expect(completed.body.type).toBe("order");
      expect(await paidSince(before)).toEqual(["pp_sandbox_b"]);
    });

    it("waits while an earlier payment of the cart is not known", async () => {
      const before = (await running.bank().ledger()).length;
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running
        .bank()
        .fault({ provider: "pp_sandbox_a", operation: "authorize", fault: "reset_after", times: 1 });
      await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      await running.bank().fault({ provider: "pp_sandbox_a", operation: "retrieve", fault: "refuse" });
      const replaced = await replaceSession(shopper);
      expect([replaced.status, replaced.body.code]).toEqual([409, "payment_unknown"]);
      await running.bank().clearFaults();
      const settled = await replaceSession(shopper);
      expect([settled.status, settled.body.code]).toEqual([409, "cart_completed"]);
      expect(await paidSince(before)).toEqual(["pp_sandbox_a"]);
    });
  });
});
