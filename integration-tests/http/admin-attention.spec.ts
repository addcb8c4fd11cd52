import { Modules } from "@medusajs/framework/utils";
import type { AdminFinding } from "../../src/api/admin/tender/findings/contract";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { approvedUnseen, deadWebhook, openFinding } from "../support/attention";
import { Operator } from "../support/operator";
import { ADMIN } from "../support/store";
import { withRunningStore } from "../support/suite";
import { withUnwritableLog } from "../support/unwritable-log";

withRunningStore((running) => {
  const container = () => running.container();
  const knex = () => container().resolve("__pg_connection__");
  const operator = () => Operator.logIn(running.base_url());
  const changes = async () =>
    (await (await operator()).send("GET", "/admin/tender/changes")).body.changes as {
      action: string;
      subject: string;
      actor_email: string;
      before: unknown;
      after: unknown;
    }[];
  const orders = () => container().resolve(Modules.ORDER).listOrders({});

  describe("the list of findings", () => {
    it("says each in words, with its payment and what can be done", async () => {
      const { attempt_id } = await approvedUnseen(running);
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      const { status, body } = await (await operator()).send("GET", "/admin/tender/findings?locale=en");
      expect(status).toBe(200);
      expect(body).toEqual({
        findings: [
          expect.objectContaining({
            id,
            kind: "money_without_order",
            severity: "high",
            status: "open",
            title: "Money without an order",
            meaning: "The gateway holds or took money for which there is no order.",
            detail: "Opened by a test.",
            provider_id: "pp_sandbox_a",
            payment: {
              attempt_id,
              amount: 69.8,
              currency_code: "eur",
              method: "card",
              status: "action_required",
              order_id: null,
              order_number: null,
            },
            resolution: null,
          }),
        ],
        next_cursor: null,
      });
      const [finding] = body.findings as AdminFinding[];
      expect(
        finding?.actions.map(({ action, needs_note, moves_money }) => [action, needs_note, moves_money]),
      ).toEqual([
        ["retry_check", false, false],
        ["adopt", false, true],
        ["return_money", false, true],
        ["mark_resolved", true, false],
      ]);
    });

    it("is in the operator's language", async () => {
      await openFinding(container(), "dispute");
      const asked = await operator();
      const title = async (locale: string) =>
        (await asked.send("GET", `/admin/tender/findings?locale=${locale}`)).body.findings[0].title;
      expect(await title("ar")).toMatch(/^\p{Script=Arabic}/u);
      expect(await title("ptBR")).toBe("Payment disputed");
      const { body } = await asked.send("GET", "/admin/tender/findings/kinds?locale=ar");
      expect(body.kinds.length).toBeGreaterThan(15);
      expect(body.kinds[0].title).toMatch(/^\p{Script=Arabic}/u);
    });

    it("is narrowed and read page by page", async () => {
      await openFinding(container(), "dispute", { subject: "d1" });
      await openFinding(container(), "webhook_dead", { subject: "w1", provider_id: "pp_sandbox_b" });
      const asked = await operator();
      const kinds = async (query: string) => {
        const { body } = await asked.send("GET", `/admin/tender/findings?${query}`);
        return body.findings.map(({ kind }: AdminFinding) => kind);
      };
      expect(await kinds("")).toEqual(["dispute", "webhook_dead"]);
      expect(await kinds("severity=medium")).toEqual(["webhook_dead"]);
      expect(await kinds("kind=dispute")).toEqual(["dispute"]);
      expect(await kinds("provider_id=pp_sandbox_b")).toEqual(["webhook_dead"]);
      expect(await kinds("status=resolved")).toEqual([]);
      const first = await asked.send("GET", "/admin/tender/findings?limit=1");
      expect(await kinds(`limit=1&cursor=${first.body.next_cursor}`)).toEqual(["webhook_dead"]);
    });

    it.each([
      "severity=fatal",
      "kind=nothing",
      "status=half",
      "limit=0",
      "offset=10",
      "cursor=x",
      "provider_id=%00",
    ])("refuses %s with 400", async (query) => {
      const { status } = await (await operator()).send("GET", `/admin/tender/findings?${query}`);
      expect(status).toBe(400);
    });

    it("is counted by severity", async () => {
      await openFinding(container(), "dispute", { subject: "d1" });
      await openFinding(container(), "dispute", { subject: "d2" });
      const id = await openFinding(container(), "late_money_adopted");
      const asked = await operator();
      const count = async () => (await asked.send("GET", "/admin/tender/findings/count")).body;
      expect(await count()).toEqual({ count: { high: 2, medium: 0, low: 1 }, total: 3 });
      await asked.send("POST", `/admin/tender/findings/${id}/resolve`, {
        action: "mark_resolved",
        note: "Seen.",
      });
      expect(await count()).toEqual({ count: { high: 2, medium: 0, low: 0 }, total: 2 });
    });
  });

  describe("resolving a finding", () => {
    const resolve = async (id: string, body: object) =>
      (await operator()).send("POST", `/admin/tender/findings/${id}/resolve`, body);

    it("with a note closes it, says who did it, and writes it down", async () => {
      const id = await openFinding(container(), "card_testing");
      const { status, body } = await resolve(id, {
        action: "mark_resolved",
        note: "Blocked at the firewall.",
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        outcome: "resolved",
        finding: {
          status: "resolved",
          resolution: { what: "closed by hand: Blocked at the firewall.", by: ADMIN.email },
        },
      });
      expect(await changes()).toEqual([
        expect.objectContaining({
          action: "finding.mark_resolved",
          subject: id,
          actor_email: ADMIN.email,
          before: { status: "open" },
          after: { status: "resolved", resolution: "closed by hand: Blocked at the firewall." },
        }),
      ]);
      const { body: resolved } = await (
        await operator()
      ).send("GET", "/admin/tender/findings?status=resolved&locale=ar");
      expect(resolved.findings[0].resolution.what).toBe("أُغلق يدويًا: Blocked at the firewall.");
    });

    it("without the note that it needs is refused in the operator's language", async () => {
      const id = await openFinding(container(), "card_testing");
      const refused = await resolve(id, { action: "mark_resolved", note: "  ", locale: "ar" });
      expect(refused.status).toBe(400);
      expect(refused.body.message).toMatch(/^\p{Script=Arabic}/u);
      expect(await changes()).toEqual([]);
    });

    it("says what the payment holds, gives it back once, and tells the second operator what the first did", async () => {
      const { attempt_id, reference } = await approvedUnseen(running);
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      const asked = await operator();
      expect((await asked.send("GET", `/admin/tender/findings/${id}/money`)).body).toEqual({
        reserved: 69.8,
        captured: 0,
        total: 69.8,
        currency_code: "eur",
      });
      const answers = await Promise.all([
        resolve(id, { action: "return_money", note: "first" }),
        resolve(id, { action: "return_money", note: "second" }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers.map(({ body }) => body.outcome).sort()).toEqual(["already_resolved", "resolved"]);
      expect(answers[0]?.body.finding.resolution).toEqual(answers[1]?.body.finding.resolution);
      expect((await changes()).map(({ action }) => action)).toEqual(["finding.return_money"]);
      const entry = (await running.bank().ledger()).find((one) => one.reference === reference);
      expect(entry).toMatchObject({ status: "canceled" });
    });

    it("by placing the order does so", async () => {
      const { attempt_id } = await approvedUnseen(running);
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      const { body } = await resolve(id, { action: "adopt" });
      expect(body.outcome).toBe("resolved");
      expect(await orders()).toHaveLength(1);
    });

    it("that ends with the money given back says so, and whose click it was", async () => {
      const { attempt_id, reference } = await approvedUnseen(running);
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      jest
        .spyOn(container().resolve(Modules.ORDER), "createOrders")
        .mockRejectedValueOnce(new Error("no more teapots"));
      const { body } = await resolve(id, { action: "adopt" });
      expect([body.code, body.message]).toEqual(["order_failed", expect.stringContaining("given back")]);
      expect((await running.bank().ledger()).find((one) => one.reference === reference)).toMatchObject({
        status: "canceled",
      });
      expect(await tenderModule(container()).findings.find(id)).toMatchObject({
        status: "resolved",
        resolution: "gave the money back",
        resolved_by: expect.stringMatching(/^user_/),
      });
      expect(await changes()).toEqual([
        expect.objectContaining({
          action: "finding.adopt",
          subject: id,
          actor_email: ADMIN.email,
          after: { status: "resolved", problem: "order_failed", resolution: "gave the money back" },
        }),
      ]);
    });

    it("that stops half-way says that money moved, and writes it down", async () => {
      const { attempt_id, reference } = await approvedUnseen(running);
      await running.bank().control(`/control/payments/${reference}/capture`, { amount_minor: 2000 });
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      await running.bank().fault({ operation: "cancel", fault: "http_429" });
      const stopped = await resolve(id, { action: "return_money" });
      expect([stopped.status, stopped.body.code]).toEqual([503, "gateway_half_done"]);
      expect(stopped.body.message).not.toContain("No money moved");
      await running.bank().clearFaults();
      expect(await changes()).toEqual([
        expect.objectContaining({
          action: "finding.return_money",
          subject: id,
          actor_email: ADMIN.email,
          after: { status: "open", problem: "gateway_half_done" },
        }),
      ]);
      expect((await resolve(id, { action: "return_money" })).body.outcome).toBe("resolved");
      expect((await running.bank().ledger()).find((one) => one.reference === reference)).toMatchObject({
        captured_minor: 2000,
        refunded_minor: 2000,
      });
    });

    it("that stops half-way says so also where that cannot be written down", async () => {
      const { attempt_id, reference } = await approvedUnseen(running);
      await running.bank().control(`/control/payments/${reference}/capture`, { amount_minor: 2000 });
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      await running.bank().fault({ operation: "cancel", fault: "http_429" });
      const stopped = await withUnwritableLog(running, () => resolve(id, { action: "return_money" }));
      expect([stopped.status, stopped.body.code]).toEqual([503, "gateway_half_done"]);
      expect(await changes()).toEqual([]);
    });

    it("tells that it still stands after another look", async () => {
      const { attempt_id } = await approvedUnseen(running);
      // Nothing can place its order: the cart holds something else by now.
      await knex()("tender_payment_attempt")
        .where({ id: attempt_id })
        .update({ cart_id: null, payment_collection_id: null });
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      const { status, body } = await resolve(id, { action: "retry_check" });
      expect([status, body.outcome, body.finding?.status]).toEqual([200, "still_stands", "open"]);
      expect(await changes()).toEqual([
        expect.objectContaining({ action: "finding.retry_check", after: { status: "open" } }),
      ]);
    });

    it("says in words why it cannot be done", async () => {
      const { attempt_id } = await approvedUnseen(running);
      const id = await openFinding(container(), "money_without_order", { attempt_id });
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const away = await resolve(id, { action: "return_money" });
      expect([away.status, away.body.message]).toEqual([
        503,
        "The gateway could not be reached. No money moved; try again later.",
      ]);
      expect((await (await operator()).send("GET", `/admin/tender/findings/${id}/money`)).status).toBe(503);
      expect(await changes()).toEqual([]);
      await running.bank().clearFaults();

      const other = await openFinding(container(), "dispute");
      const refused = await resolve(other, { action: "adopt" });
      expect([refused.status, refused.body.code]).toEqual([400, "action_not_allowed"]);
      expect((await resolve("payfind_nobody", { action: "adopt" })).status).toBe(404);
      expect((await resolve(other, { action: "blow_up" })).status).toBe(400);

      await tenderModule(container()).claimAttempt(attempt_id, "a confirm that hangs", 60_000);
      const busy = await resolve(id, { action: "return_money", locale: "ar" });
      expect([busy.status, busy.body.code]).toEqual([409, "in_use"]);
      expect(busy.body.message).toMatch(/^\p{Script=Arabic}/u);
    });
  });

  describe("the inbox of webhooks", () => {
    it("lists what came with its payment's attempt, newest first, and is searched and narrowed", async () => {
      const { attempt_id, reference } = await approvedUnseen(running);
      await deadWebhook(container(), { event_id: "evt_older" });
      const id = await deadWebhook(container(), { event_id: "evt_newer", reference });
      const asked = await operator();
      const list = async (query: string) => (await asked.send("GET", `/admin/tender/webhooks?${query}`)).body;
      const { webhooks } = await list("");
      expect(webhooks.map(({ event_id }: { event_id: string }) => event_id)).toEqual([
        "evt_newer",
        "evt_older",
      ]);
      expect(webhooks[0]).toMatchObject({
        id,
        status: "dead",
        tries: 8,
        reference,
        attempt_id,
        next_try_at: null,
      });
      expect(webhooks[0]).not.toHaveProperty("payload");
      expect((await list("search=evt_older")).webhooks).toHaveLength(1);
      expect((await list(`search=${reference}`)).webhooks).toMatchObject([{ event_id: "evt_newer" }]);
      expect((await list("search=evt_")).webhooks).toEqual([]);
      expect((await list("status=done")).webhooks).toEqual([]);
      expect((await list("provider_id=pp_sandbox_b")).webhooks).toEqual([]);
      const first = await list("limit=1");
      expect((await list(`limit=1&cursor=${first.next_cursor}`)).webhooks).toMatchObject([
        { event_id: "evt_older" },
      ]);
      expect((await asked.send("GET", "/admin/tender/webhooks?cursor=x")).status).toBe(400);
    });

    it("shows a payload without persons, secrets and cards, and says of a forgotten one that it is", async () => {
      const payload = JSON.stringify({
        id: "evt_1",
        status: "paid",
        payer: { email: "sam@example.com" },
        token: "tok_1",
      });
      const id = await deadWebhook(container(), { event_id: "evt_1", payload });
      const forgotten = await deadWebhook(container(), { event_id: "evt_2", payload: null });
      const asked = await operator();
      const { status, body } = await asked.send("GET", `/admin/tender/webhooks/${id}`);
      expect(status).toBe(200);
      expect(body.payload).toEqual({
        format: "json",
        content: { id: "evt_1", status: "paid", payer: { email: "•••" }, token: "•••" },
        bytes: payload.length,
      });
      expect((await asked.send("GET", `/admin/tender/webhooks/${forgotten}`)).body.payload).toBeNull();
      expect((await asked.send("GET", "/admin/tender/webhooks/payevt_nobody")).status).toBe(404);
    });

    it("works chosen ones again, closes their findings, and writes it down", async () => {
      const { reference } = await approvedUnseen(running);
      const id = await deadWebhook(container(), { event_id: "evt_1", reference });
      const asked = await operator();
      const { body } = await asked.send("POST", "/admin/tender/webhooks/replay", { ids: [id, id] });
      expect(body).toEqual({ worked: { done: 1, busy: 0, retrying: 0, dead: 0 }, remaining: 0 });
      expect(await orders()).toHaveLength(1);
      expect((await asked.send("GET", "/admin/tender/findings/count")).body.total).toBe(0);
      expect(await changes()).toEqual([
        expect.objectContaining({
          action: "webhook.replay",
          subject: id,
          before: { status: "dead" },
          after: { status: "done" },
        }),
      ]);
    });

    it("works the dead ones of a provider again, so many a time, and none twice", async () => {
      for (const at of [1, 2, 3, 4, 5]) await deadWebhook(container(), { event_id: `evt_${at}` });
      const asked = await operator();
      expect((await asked.send("GET", "/admin/tender/webhooks/dead")).body).toEqual({
        dead: [{ provider_id: "pp_sandbox_a", count: 5 }],
      });
      const replay = () =>
        asked.send("POST", "/admin/tender/webhooks/replay", { dead_of: "pp_sandbox_a", limit: 2 });
      const first = await replay();
      expect(first.body).toEqual({ worked: { done: 2, busy: 0, retrying: 0, dead: 0 }, remaining: 3 });
      const both = await Promise.all([replay(), replay()]);
      const done = both.map(({ body }) => body.worked.done);
      expect(done[0] + done[1]).toBe(3);
      expect((await changes()).length).toBe(5);
      expect((await asked.send("GET", "/admin/tender/webhooks/dead")).body.dead).toEqual([]);
    });

    it("takes each dead one only when somebody is free to work it", async () => {
      for (const at of [1, 2, 3]) await deadWebhook(container(), { event_id: `evt_${at}` });
      const taken: number[] = [];
      const { inbox } = tenderModule(container());
      const reopen = inbox.reopenDead.bind(inbox);
      const spied = jest.spyOn(inbox, "reopenDead").mockImplementation(async (...asked) => {
        const events = await reopen(...asked);
        taken.push(events.length);
        return events;
      });
      const { body } = await (
        await operator()
      ).send("POST", "/admin/tender/webhooks/replay", { dead_of: "pp_sandbox_a", limit: 20 });
      spied.mockRestore();
      expect(body).toEqual({ worked: { done: 3, busy: 0, retrying: 0, dead: 0 }, remaining: 0 });
      // Each of the two who work looks once in vain.
      expect(taken).toEqual([1, 1, 1, 0, 0]);
    });

    it.each([
      {},
      { ids: [] },
      { ids: Array(21).fill("payevt_1") },
      { dead_of: "pp_x", limit: 21 },
      { ids: ["\u0000"] },
    ])("refuses to work %p again", async (body) => {
      expect((await (await operator()).send("POST", "/admin/tender/webhooks/replay", body)).status).toBe(400);
    });

    it("works none when one of the chosen is unknown", async () => {
      const id = await deadWebhook(container(), { event_id: "evt_1" });
      const { status } = await (
        await operator()
      ).send("POST", "/admin/tender/webhooks/replay", { ids: [id, "payevt_nobody"] });
      expect(status).toBe(404);
      expect(await changes()).toEqual([]);
    });

    it("is read from an index, however long it is", async () => {
      await knex().raw(`
        insert into tender_payment_webhook_event (id, provider_id, event_id, type, reference, payload, status, tries)
        select 'payevt_0' || lpad(n::text, 24, '0'), 'pp_many_' || n % 3, 'evt_' || n, 'x', 'ref_' || n, '{}',
               (array['done', 'dead', 'retrying'])[1 + n % 3], 1
        from generate_series(1, 20000) n`);
      await knex().raw("analyze tender_payment_webhook_event");
      const asked: { sql: string; bindings: readonly unknown[] }[] = [];
      const note = (query: { sql: string; bindings: readonly unknown[] }) => {
        if (query.sql.includes("tender_payment_webhook_event")) asked.push(query);
      };
      const { inbox } = tenderModule(container());
      knex().on("query", note);
      const first = await inbox.list({ limit: 20 });
      await inbox.list({ limit: 20, cursor: first.next_cursor! });
      await inbox.list({ limit: 20, status: "dead" });
      await inbox.list({ limit: 20, provider_id: "pp_many_1" });
      await inbox.list({ limit: 20, search: "ref_77" });
      knex().removeListener("query", note);
      expect(asked).toHaveLength(5);
      for (const { sql, bindings } of asked) {
        const { rows } = await knex().raw(`explain ${sql.replaceAll(/\$\d+/g, "?")}`, bindings as never[]);
        const plan = rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n");
        expect(plan).not.toContain("Seq Scan");
      }
    });
  });
});
