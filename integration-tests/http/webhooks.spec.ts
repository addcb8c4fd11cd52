import { setTimeout as sleep } from "node:timers/promises";
import { Modules } from "@medusajs/framework/utils";
import { WEBHOOK_RETRY_MS } from "../../src/modules/tender/stores/webhook-event-store";
import { replayWebhook } from "../../src/workflows/replay-webhook";
import { reconcile } from "../../src/workflows/reconcile";
import { makeDue, openFindings } from "../support/journal";
import { withRunningStore } from "../support/suite";
import { sendWebhook, type SentEvent } from "../support/webhook";

type EventRow = { id: string; event_id: string; status: string; tries: number; error: string | null };

withRunningStore((running) => {
  const knex = () => running.container().resolve("__pg_connection__");
  const send = (event: SentEvent, options = {}) => sendWebhook(running.base_url(), event, options);
  const orders = () => running.container().resolve(Modules.ORDER).listOrders({});
  const stored = (): Promise<EventRow[]> => knex()("tender_payment_webhook_event").orderBy("created_at");

  async function storedEvent(event_id: string, status: string, within_ms = 15_000): Promise<EventRow> {
    const give_up_at = Date.now() + within_ms;
    for (;;) {
      const row = (await stored()).find((event) => event.event_id === event_id);
      if (row?.status === status || Date.now() > give_up_at) {
        return row!;
      }
      await sleep(100);
    }
  }

  /** A payment approved on the bank's page while nobody was told. */
  async function approvedUnseen(): Promise<string> {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:bank_redirect");
    await shopper.confirm(body.payment_attempt.id);
    const reference = (await running.bank().ledger()).at(-1)!.reference;
    await running.bank().control(`/control/payments/${reference}/approve`);
    return reference;
  }

  describe("a webhook", () => {
    it("is stored once, however often it comes, and places one order", async () => {
      const reference = await approvedUnseen();
      const answers = await Promise.all(Array.from({ length: 8 }, () => send({ id: "evt_many", reference })));
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(await storedEvent("evt_many", "done")).toMatchObject({ tries: 1, error: null });
      expect(await stored()).toHaveLength(1);
      expect(await orders()).toHaveLength(1);
    });

    it("is refused with 400 when its signature is wrong, and nothing is stored", async () => {
      const reference = await approvedUnseen();
      const forged = await send({ id: "evt_forged", reference }, { secret: "not-the-secret-of-anybody" });
      expect(forged.status).toBe(400);
      await sleep(300);
      expect([(await stored()).length, (await orders()).length]).toEqual([0, 0]);
    });

    it("is refused with 404 for a provider that is not installed", async () => {
      expect((await send({ id: "evt_1" }, { provider: "nobody_x" })).status).toBe(404);
    });

    it("is refused with 413 when it is too large, and nothing is stored", async () => {
      expect((await send({ id: "evt_large" }, { padding: 600_000 })).status).toBe(413);
      expect(await stored()).toHaveLength(0);
    });

    it("about a payment that was not made here is put aside after a few tries, without a finding", async () => {
      await send({ id: "evt_other", reference: "sbx_pay_of_another_shop" });
      for (let tries = 1; tries < 3; tries += 1) {
        await sleep(200);
        await makeDue(running.container());
        await reconcile(running.container());
      }
      expect(await storedEvent("evt_other", "done")).toMatchObject({ tries: 3 });
      expect(await openFindings(running.container())).toEqual([]);
    });

    it("that cannot be worked is tried less and less often, is dead with a finding, and can be replayed", async () => {
      const reference = await approvedUnseen();
      await running.bank().fault({ operation: "retrieve", fault: "http_500" });
      await send({ id: "evt_down", reference });
      expect(await storedEvent("evt_down", "retrying")).toMatchObject({ tries: 1 });
      // The tries between, which would only open the gateway's circuit here.
      await knex()("tender_payment_webhook_event").update({ tries: WEBHOOK_RETRY_MS.length });
      await makeDue(running.container());
      await reconcile(running.container());
      const dead = await storedEvent("evt_down", "dead");
      expect(dead).toMatchObject({ tries: WEBHOOK_RETRY_MS.length + 1 });
      expect(await openFindings(running.container())).toContain("webhook_dead");

      await running.bank().clearFaults();
      expect(await replayWebhook(running.container(), dead.id)).toBe("done");
      expect(await orders()).toHaveLength(1);
      expect(await openFindings(running.container())).not.toContain("webhook_dead");
    });
  });
});
