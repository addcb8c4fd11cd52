import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Modules } from "@medusajs/framework/utils";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { decide } from "../support/bank-page";
import { makeDue } from "../support/journal";
import { WEBHOOK_SECRETS } from "../support/bank";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  /** A shopper who left the decision on their bank's page for later. */
  async function undecided() {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:bank_redirect");
    const attempt_id: string = body.payment_attempt.id;
    const sent = await shopper.confirm(attempt_id);
    expect(sent.body).toMatchObject({
      type: "action_required",
      payment_attempt: { next_action: { type: "redirect", reason: "bank_page" } },
    });
    const page = await decide(sent.body.payment_attempt.next_action.url, "later");
    expect(page.headers.get("location")).toContain(`/checkout/${shopper.cart_id}?attempt=${attempt_id}`);
    const waiting = await shopper.confirm(attempt_id);
    expect(waiting.body).toMatchObject({ type: "pending", payment_attempt: { status: "pending" } });
    const reference = (await running.bank().ledger()).at(-1)!.reference;
    return { shopper, attempt_id, reference };
  }

  async function eventually(shopper: Shopper, attempt_id: string, status: string, within_ms: number) {
    const give_up_at = Date.now() + within_ms;
    for (;;) {
      const { body } = await shopper.attempt(attempt_id);
      if (body.payment_attempt.status === status || Date.now() > give_up_at) {
        return body.payment_attempt.status;
      }
      await sleep(300);
    }
  }

  const orders = () => running.container().resolve(Modules.ORDER).listOrders({});

  describe("a payment whose news comes later", () => {
    it("places the order when the waiting page asks after the bank approved", async () => {
      const { shopper, attempt_id, reference } = await undecided();
      expect(await orders()).toHaveLength(0);
      await running.bank().control(`/control/payments/${reference}/approve`);
      expect(await eventually(shopper, attempt_id, "authorized", 10_000)).toBe("authorized");
      const confirmed = await shopper.confirm(attempt_id);
      expect(confirmed.body).toMatchObject({ type: "order", order: { display_id: 1 } });
      expect(await orders()).toHaveLength(1);
    });

    it("places the order from the bank's signed webhook alone, at Medusa's own address", async () => {
      const { reference } = await undecided();
      await running.bank().control(`/control/payments/${reference}/approve`);
      const forged = await webhook(reference, "not-the-secret-of-anybody");
      expect([forged.status, (await orders()).length]).toEqual([400, 0]);
      const genuine = await webhook(reference, WEBHOOK_SECRETS.a);
      expect(genuine.status).toBe(200);
      const give_up_at = Date.now() + 20_000;
      while ((await orders()).length === 0 && Date.now() < give_up_at) {
        await sleep(300);
      }
      expect(await orders()).toHaveLength(1);
    });

    it("gives way when the shopper chooses another method: the pending payment is canceled first", async () => {
      const { shopper, reference } = await undecided();
      const other = await shopper.start("pp_sandbox_a:card");
      const paid = await shopper.confirm(other.body.payment_attempt.id, { card: cardOf("4242424242424242") });
      expect(paid.body.type).toBe("order");
      const row = (await running.bank().ledger()).find((payment) => payment.reference === reference);
      expect(row).toMatchObject({ status: "canceled", authorized_minor: 0 });
    });

    it("is told as refused when the bank declines", async () => {
      const { shopper, attempt_id, reference } = await undecided();
      await running.bank().control(`/control/payments/${reference}/decline`);
      expect(await eventually(shopper, attempt_id, "declined", 10_000)).toBe("declined");
      expect((await shopper.confirm(attempt_id)).status).toBe(402);
    });
  });

  describe("a payment nobody took over", () => {
    it("is voided by the sweep, and only once", async () => {
      const shopper = await running.shopper();
      await shopper.start("pp_sandbox_a:card", { token: "tok_visa" });
      const reference = (await running.bank().ledger()).at(-1)!.reference;
      await shopper.setQuantity(3);

      const voids = async () => {
        const { attempts } = await reconcile(running.container());
        return attempts.settled;
      };
      expect(await voids()).toBe(0);
      await makeDue(running.container());
      expect(await voids()).toBe(1);
      await makeDue(running.container());
      expect(await voids()).toBe(0);
      const row = (await running.bank().ledger()).find((payment) => payment.reference === reference);
      expect(row).toMatchObject({ status: "canceled" });
    });
  });

  function webhook(reference: string, secret: string): Promise<Response> {
    const body = JSON.stringify({
      id: `evt_${reference}_${secret.length}`,
      type: "payment.authorized",
      provider: "pp_sandbox_a",
      reference,
    });
    const time = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
    return fetch(`${running.base_url()}/hooks/payment/sandbox_a`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-sandbox-signature": `t=${time},v1=${signature}` },
      body,
    });
  }
});
