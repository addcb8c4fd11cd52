import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { Modules } from "@medusajs/framework/utils";
import { GatewayUnavailable } from "../../src/gateway";
import {
  WEBHOOK_BUSY_MS,
  WEBHOOK_RETRY_MS,
  WebhookEventStore,
} from "../../src/modules/tender/stores/webhook-event-store";
import { replayWebhook } from "../../src/workflows/webhooks/replay-webhook";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { makeDue, openFindings } from "../support/journal";
import { withRunningStore } from "../support/suite";
import { sendWebhook, type SentEvent } from "../support/webhook";

type EventRow = {
  id: string;
  event_id: string;
  status: string;
  tries: number;
  next_try_at: Date | null;
  error: string | null;
};

withRunningStore((running) => {
  const knex = () => running.container().resolve("__pg_connection__");
  const send = (event: SentEvent, options = {}) => sendWebhook(running.base_url(), event, options);
  const orders = () => running.container().resolve(Modules.ORDER).listOrders({});
  const stored = (): Promise<EventRow[]> => knex()("tender_payment_webhook_event").orderBy("created_at");

  const tender = () => tenderModule(running.container());
  const gatewayA = () => findGateway(running.container(), "pp_sandbox_a")!.gateway;
  /** What logs and metrics were told of webhooks, in this order. */
  const told = () =>
    jest.mocked(tender().telemetry.observeWebhook).mock.calls.map(([{ outcome }]) => outcome);
  beforeEach(() => jest.spyOn(tender().telemetry, "observeWebhook"));
  afterEach(() => jest.restoreAllMocks());

  /** The next event cannot be worked. */
  const failOnce = () =>
    jest.spyOn(tender(), "findAttempt").mockRejectedValueOnce(new Error("The pool is exhausted."));

  async function attemptOf(gateway_reference: string): Promise<string> {
    const attempt = await tender().findAttempt({ provider_id: "pp_sandbox_a", gateway_reference });
    return attempt!.id;
  }

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

  /** Counts the events that were put off for a moment, once there are so many or ten seconds are over. */
  async function untilPostponed(expected: number): Promise<number> {
    const give_up_at = Date.now() + 10_000;
    for (;;) {
      const soon = new Date(Date.now() + WEBHOOK_BUSY_MS.look_again);
      const postponed = (await stored()).filter(
        ({ status, tries, next_try_at }) =>
          status === "received" && tries === 0 && next_try_at !== null && next_try_at <= soon,
      );
      if (postponed.length >= expected || Date.now() > give_up_at) {
        return postponed.length;
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

    it("of 300 kB is taken in", async () => {
      expect((await send({ id: "evt_long" }, { padding: 300_000 })).status).toBe(200);
      expect(await stored()).toMatchObject([{ event_id: "evt_long" }]);
    });

    it("that is genuine and holds no event is acknowledged, and nothing is stored", async () => {
      jest.spyOn(gatewayA(), "verifyWebhook").mockResolvedValue([]);
      expect((await send({ id: "evt_empty" })).status).toBe(200);
      expect(told()).toEqual(["ignored"]);
      expect(await stored()).toHaveLength(0);
    });

    it("that cannot be stored is not acknowledged, and the operator can see it", async () => {
      jest.spyOn(tender().webhooks, "add").mockRejectedValue(new Error("The pool is exhausted."));
      expect((await send({ id: "evt_unstored" })).status).toBe(500);
      expect(told()).toEqual(["not_stored"]);
    });

    it("that cannot be checked just now is to be sent again, and the operator can see it", async () => {
      const away = new GatewayUnavailable("The bank's keys cannot be read.");
      jest.spyOn(gatewayA(), "verifyWebhook").mockRejectedValue(away);
      const answer = await send({ id: "evt_unchecked" });
      expect([answer.status, await answer.json()]).toEqual([503, { received: "unverifiable" }]);
      expect(told()).toEqual(["not_verified"]);
    });

    it("about a payment somebody is working on holds up no other, costs no try, and is worked right after", async () => {
      const busy: string[] = [];
      for (let confirms = 0; confirms < 4; confirms += 1) {
        const reference = await approvedUnseen();
        busy.push(await attemptOf(reference));
        expect(await tender().claimAttempt(busy.at(-1)!, "a confirm that hangs", 60_000)).toBe(true);
        await send({ id: `evt_busy_${confirms}`, reference });
      }
      const reference = await approvedUnseen();
      await send({ id: "evt_free", reference });
      expect(await storedEvent("evt_free", "done")).toMatchObject({ status: "done", tries: 1 });
      expect(await untilPostponed(4)).toBe(4);

      await Promise.all(busy.map((id) => tender().releaseClaim(id, "a confirm that hangs")));
      for (let confirms = 0; confirms < 4; confirms += 1) {
        expect(await storedEvent(`evt_busy_${confirms}`, "done")).toMatchObject({ status: "done", tries: 1 });
      }
      expect(await orders()).toHaveLength(5);
    });

    it("about a payment somebody keeps working on is tried only so often", async () => {
      const reference = await approvedUnseen();
      await tender().claimAttempt(await attemptOf(reference), "somebody who never ends", 60_000);
      await send({ id: "evt_kept", reference });
      expect(await untilPostponed(1)).toBe(1);
      // In one update: the store's own wake-up may come between two, and be one more try.
      const long_ago = new Date(Date.now() - 121_000);
      await knex()("tender_payment_webhook_event").update({ updated_at: long_ago, next_try_at: long_ago });
      await reconcile(running.container());
      expect(await storedEvent("evt_kept", "retrying")).toMatchObject({ status: "retrying", tries: 1 });
    });

    it("is not dead before its finding is written, should the server stop in between", async () => {
      const reference = await approvedUnseen();
      failOnce();
      await send({ id: "evt_last", reference });
      await storedEvent("evt_last", "retrying");
      await knex()("tender_payment_webhook_event").update({ tries: WEBHOOK_RETRY_MS.length });
      await makeDue(running.container());
      failOnce();
      jest.spyOn(tender(), "openFinding").mockRejectedValueOnce(new Error("The server stops."));
      await expect(reconcile(running.container())).rejects.toThrow("The server stops.");
      expect(await storedEvent("evt_last", "retrying", 0)).toMatchObject({ status: "retrying" });
      await makeDue(running.container());
      failOnce();
      await reconcile(running.container());
      expect(await storedEvent("evt_last", "dead", 0)).toMatchObject({ status: "dead" });
      expect(await openFindings(running.container())).toContain("webhook_dead");
    });

    it("that was replayed in vain closes its finding when a later try succeeds", async () => {
      const reference = await approvedUnseen();
      await send({ id: "evt_again", reference });
      const { id } = await storedEvent("evt_again", "done");
      await tender().openFinding({
        kind: "webhook_dead",
        subject: id,
        provider_id: "pp_sandbox_a",
        detail: "The webhook could not be worked.",
      });
      await knex()("tender_payment_webhook_event").update({ status: "dead" });
      failOnce();
      expect(await replayWebhook(running.container(), id)).toBe("retrying");
      expect(await openFindings(running.container())).toContain("webhook_dead");
      await makeDue(running.container());
      await reconcile(running.container());
      expect(await openFindings(running.container())).not.toContain("webhook_dead");
    });

    it("is taken alone even where the database reads what is due once for each row it joins", async () => {
      const events = ["one", "two", "three"].map((event_id) => ({
        provider_id: "pp_sandbox_a",
        event_id,
        type: "payment.authorized",
        reference: null,
        payload: "{}",
      }));
      await knex().transaction(async (transaction: Knex.Transaction) => {
        for (const plan of ["hashagg", "hashjoin", "mergejoin", "sort", "material", "memoize"]) {
          await transaction.raw(`set local enable_${plan} = off`);
        }
        const inbox = new WebhookEventStore(transaction);
        await inbox.add(events);
        await inbox.takeDue();
        const taken = await transaction("tender_payment_webhook_event").where({ tries: 1 });
        expect(taken).toHaveLength(1);
      });
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
