import type { FindingKind, NewFinding } from "../../src/gateway";
import type { FindingRecord } from "../../src/services";
import { listFindings } from "../../src/workflows/upkeep/list-findings";
import { loadCart, tenderModule } from "../../src/workflows/medusa/load-cart";
import { resolveFinding, type ResolveFindingInput } from "../../src/workflows/upkeep/resolve-finding";
import { findOrder } from "../../src/workflows/medusa/find-order";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
/** Asks for 3-D Secure and is approved after it. */
const NEEDS_APPROVAL = "4000002760003184";
const WHO = "user_operator";

withRunningStore((running) => {
  const container = () => running.container();
  const knex = () => container().resolve("__pg_connection__");

  async function open(finding: Omit<NewFinding, "detail">): Promise<FindingRecord> {
    await tenderModule(container()).openFinding({ ...finding, detail: "Opened by a test." });
    const subject = finding.subject ?? finding.attempt_id ?? finding.provider_id;
    const row = await knex()("tender_payment_finding")
      .where({ kind: finding.kind, subject, status: "open" })
      .first();
    return (await tenderModule(container()).findings.find(row.id))!;
  }

  const resolve = (finding: FindingRecord, action: ResolveFindingInput["action"], note?: string, who = WHO) =>
    resolveFinding(container(), { finding_id: finding.id, action, note, who });

  /** A cart whose payment the shopper approved at the bank without the store's learning of it. */
  async function approvedUnseen(kind: FindingKind, provider_id = "pp_sandbox_a") {
    const shopper = await running.shopper();
    const { started, confirmed } = await shopper.pay(`${provider_id}:card`, NEEDS_APPROVAL);
    expect(confirmed.body.type).toBe("action_required");
    const attempt_id: string = started.body.payment_attempt.id;
    const { reference } = await atBank(attempt_id);
    expect((await running.bank().control(`/control/payments/${reference}/approve`)).status).toBe(200);
    await keepReconcilerAway();
    return { shopper, attempt_id, reference, finding: await open({ kind, attempt_id, provider_id }) };
  }

  async function keepReconcilerAway() {
    await knex()("tender_payment_attempt").update({ next_check_at: null });
    await knex()("tender_payment_operation").update({ next_check_at: null });
  }

  async function paidOrder() {
    const shopper = await running.shopper();
    const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
    const order_id: string = confirmed.body.order.id;
    return { attempt_id: started.body.payment_attempt.id as string, order_id };
  }

  const atBank = async (attempt_id: string) =>
    (await running.bank().ledger()).find(({ metadata }) => metadata.attempt_id === attempt_id)!;

  const attemptNow = async (id: string) => (await tenderModule(container()).findAttempt({ id }))!;

  describe("closing with a note", () => {
    it("asks for the note, and keeps who, when and why", async () => {
      const finding = await open({ kind: "provider_misconfigured", provider_id: "pp_sandbox_a" });
      await expect(resolve(finding, "mark_resolved", "  ")).rejects.toMatchObject({ type: "invalid_data" });
      const before = Date.now();
      const closed = await resolve(finding, "mark_resolved", "The key was renewed.");
      expect(closed).toMatchObject({
        id: finding.id,
        status: "resolved",
        resolution: "closed by hand: The key was renewed.",
        resolved_by: WHO,
      });
      expect(closed.resolved_at!.getTime()).toBeGreaterThanOrEqual(before - 1);
    });

    it("happens once, and everybody who clicked gets the same", async () => {
      const finding = await open({ kind: "card_testing", provider_id: "pp_sandbox_a" });
      const people = ["user_1", "user_2", "user_3", "user_4", "user_5"];
      const answers = await Promise.all(
        people.map((who) => resolve(finding, "mark_resolved", `by ${who}`, who)),
      );
      const late = await resolve(finding, "mark_resolved", "later", "user_6");
      expect(new Set([...answers, late].map(({ resolution }) => resolution)).size).toBe(1);
      expect(late.resolution).toBe(`closed by hand: by ${late.resolved_by}`);
    });

    it("is the only action of some kinds; another one is refused", async () => {
      const finding = await open({ kind: "compliance_refusal", provider_id: "pp_sandbox_a" });
      await expect(resolve(finding, "return_money")).rejects.toMatchObject({ type: "not_allowed" });
      await expect(
        resolveFinding(container(), {
          finding_id: "payfind_none",
          action: "mark_resolved",
          note: "x",
          who: WHO,
        }),
      ).rejects.toMatchObject({ type: "not_found" });
    });
  });

  describe("checking again", () => {
    it("settles what the gateway says now and closes the finding", async () => {
      const { shopper, attempt_id, finding } = await approvedUnseen("outcome_unknown");
      const closed = await resolve(finding, "retry_check");
      expect(closed).toMatchObject({ status: "resolved", resolved_by: WHO });
      expect(closed.resolution).toBe("checked again: the payment is authorized");
      expect((await attemptNow(attempt_id)).order_id).toBe(await findOrder(container(), shopper.cart_id));
    });

    it("leaves it open while the gateway cannot be read, or while nothing is known still", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const attempt_id = body.payment_attempt.id;
      const once = { provider: "pp_sandbox_a", operation: "authorize", times: 1 };
      await running.bank().fault({ ...once, fault: "reset_before" });
      await shopper.confirm(attempt_id, { card: cardOf(APPROVES) });
      await keepReconcilerAway();
      const finding = await open({ kind: "outcome_unknown", attempt_id, provider_id: "pp_sandbox_a" });
      expect(await resolve(finding, "retry_check")).toMatchObject({ status: "open", resolution: null });

      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      await expect(resolve(finding, "retry_check")).rejects.toMatchObject({ kind: "unavailable" });
      await running.bank().clearFaults();
      expect(await tenderModule(container()).findings.find(finding.id)).toMatchObject({ status: "open" });
    });
  });

  describe("placing the order", () => {
    it("uses the payment that was found, once, however many click", async () => {
      const { shopper, attempt_id, finding } = await approvedUnseen("money_without_order");
      const answers = await Promise.all([1, 2, 3, 4].map(() => resolve(finding, "adopt")));
      const order_id = await findOrder(container(), shopper.cart_id);
      expect(order_id).toMatch(/^order_/);
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ status: "resolved" });
      expect(answers[0]!.resolution).toContain(order_id);
      expect(await attemptNow(attempt_id)).toMatchObject({ status: "authorized", order_id });
      expect(await atBank(attempt_id)).toMatchObject({ status: "authorized", captured_minor: 0 });
    });

    it("works for a payment whose session Medusa deleted, and for a cart that was left for days", async () => {
      const { shopper, attempt_id, finding } = await approvedUnseen("money_without_order");
      await knex()("payment_session")
        .where({ id: (await attemptNow(attempt_id)).payment_session_id })
        .delete();
      await knex()("tender_payment_attempt")
        .where({ id: attempt_id })
        .update({ created_at: new Date(Date.now() - 7 * 86_400_000) });
      expect(await resolve(finding, "adopt")).toMatchObject({ status: "resolved" });
      expect((await attemptNow(attempt_id)).order_id).toBe(await findOrder(container(), shopper.cart_id));
    });

    it("is refused when the total is another now; the money stays where it is", async () => {
      const { shopper, attempt_id, finding } = await approvedUnseen("money_without_order");
      const added = await shopper.post(`/store/carts/${shopper.cart_id}/line-items`, {
        variant_id: running.store().variant_id,
        quantity: 1,
      });
      expect(added.status).toBe(200);
      await expect(resolve(finding, "adopt")).rejects.toThrow(/total is not what was paid/);
      expect(await atBank(attempt_id)).toMatchObject({ status: "authorized" });
      expect(await tenderModule(container()).findings.find(finding.id)).toMatchObject({ status: "open" });
    });

    it("is refused when the cart was paid with another payment", async () => {
      const { shopper, attempt_id, finding } = await approvedUnseen("money_without_order");
      // Long ago enough for the shopper to be let pay another way, and unreadable while they do.
      await knex()("tender_payment_attempt")
        .where({ id: attempt_id })
        .update({ updated_at: new Date(0) });
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const { confirmed } = await shopper.pay("pp_sandbox_b:card", APPROVES);
      expect(confirmed.body.type).toBe("order");
      await running.bank().clearFaults();
      expect((await loadCart(container(), shopper.cart_id)).completed).toBe(true);
      await expect(resolve(finding, "adopt")).rejects.toThrow(/paid with another payment/);
      expect(await atBank(attempt_id)).toMatchObject({ status: "authorized" });

      expect(await resolve(finding, "return_money")).toMatchObject({ status: "resolved" });
      expect(await atBank(attempt_id)).toMatchObject({ status: "canceled" });
    });
  });

  describe("giving the money back", () => {
    it("voids what is reserved, once, however many click", async () => {
      const { attempt_id, finding } = await approvedUnseen("money_without_order");
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => resolve(finding, "return_money", "not wanted")),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({
        status: "resolved",
        resolution: "gave the money back: not wanted",
        resolved_by: WHO,
      });
      expect(await atBank(attempt_id)).toMatchObject({ status: "canceled", captured_minor: 0 });
      const voids = await knex()("tender_payment_operation").where({ attempt_id, kind: "cancel" });
      expect(voids.map(({ status, tries }: { status: string; tries: number }) => [status, tries])).toEqual([
        ["succeeded", 1],
      ]);
    });

    it("refunds what was captured, to the cent", async () => {
      const { attempt_id, reference, finding } = await approvedUnseen("money_without_order");
      await running.bank().control(`/control/payments/${reference}/capture`);
      await resolve(finding, "return_money");
      expect(await atBank(attempt_id)).toMatchObject({ captured_minor: 6980, refunded_minor: 6980 });
    });

    it("never touches the payment of an order", async () => {
      const { attempt_id, order_id } = await paidOrder();
      await keepReconcilerAway();
      const finding = await open({ kind: "amount_mismatch", attempt_id, provider_id: "pp_sandbox_a" });
      await expect(resolve(finding, "return_money")).rejects.toThrow(`paid order ${order_id}`);
      // Not even when Tender has not learned of the order yet.
      await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ order_id: null });
      await expect(resolve(finding, "return_money")).rejects.toThrow(`paid order ${order_id}`);
      expect(await atBank(attempt_id)).toMatchObject({ status: "authorized" });
    });

    it("leaves the finding open while the bank cannot be reached", async () => {
      const { attempt_id, finding } = await approvedUnseen("money_without_order", "pp_sandbox_b");
      await running.bank().fault({ provider: "pp_sandbox_b", fault: "refuse" });
      await expect(resolve(finding, "return_money")).rejects.toMatchObject({ kind: "unavailable" });
      await running.bank().clearFaults();
      expect(await tenderModule(container()).findings.find(finding.id)).toMatchObject({ status: "open" });
      expect(await resolve(finding, "return_money")).toMatchObject({ status: "resolved" });
      expect(await atBank(attempt_id)).toMatchObject({ status: "canceled" });
    });
  });

  describe("working a webhook again", () => {
    it("settles what it tells of and closes the finding", async () => {
      const { shopper, reference } = await approvedUnseen("outcome_unknown");
      const now = new Date();
      const id = "payevt_dead";
      await knex()("tender_payment_webhook_event").insert({
        id,
        provider_id: "pp_sandbox_a",
        event_id: "evt_dead",
        type: "payment.updated",
        reference,
        payload: "{}",
        status: "dead",
        tries: 9,
        created_at: now,
        updated_at: now,
      });
      const finding = await open({ kind: "webhook_dead", subject: id, provider_id: "pp_sandbox_a" });
      expect(await resolve(finding, "replay_webhook")).toMatchObject({
        status: "resolved",
        resolved_by: WHO,
      });
      expect(await knex()("tender_payment_webhook_event").where({ id }).first()).toMatchObject({
        status: "done",
      });
      expect(await findOrder(container(), shopper.cart_id)).toMatch(/^order_/);
    });
  });

  describe("the list", () => {
    const provider_id = "pp_list";
    const kinds: FindingKind[] = [
      "late_money_adopted",
      "dispute",
      "webhook_dead",
      "dispute",
      "late_money_returned",
      "dispute",
    ];

    beforeEach(async () => {
      for (const [index, kind] of kinds.entries()) {
        await open({ kind, provider_id, subject: `list-${index}` });
        await new Promise((passed) => setTimeout(passed, 2));
      }
    });

    it("is read page by page, most severe first, newest first within a severity, nothing twice", async () => {
      const seen: string[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const page = await listFindings(container(), { status: "open", provider_id, limit: 2, cursor });
        seen.push(...page.findings.map(({ subject, severity }) => `${severity} ${subject}`));
        cursor = page.next_cursor ?? undefined;
        pages += 1;
      } while (cursor !== undefined);
      expect(seen).toEqual([
        "high list-5",
        "high list-3",
        "high list-1",
        "medium list-4",
        "medium list-2",
        "low list-0",
      ]);
      expect(pages).toBe(3);
    });

    it("is narrowed by severity, kind and status", async () => {
      const subjects = async (query: object) =>
        (await listFindings(container(), { status: "open", provider_id, limit: 50, ...query })).findings.map(
          ({ subject }) => subject,
        );
      expect(await subjects({ severity: "medium" })).toEqual(["list-4", "list-2"]);
      expect(await subjects({ kind: "webhook_dead" })).toEqual(["list-2"]);
      expect(await subjects({ status: "resolved" })).toEqual([]);
    });

    it.each([
      { cursor: "nonsense" },
      { cursor: "fatal:payfind_1" },
      { limit: 0 },
      { limit: 201 },
      { limit: 1.5 },
    ])("refuses %p", async (query) => {
      await expect(listFindings(container(), { status: "open", limit: 10, ...query })).rejects.toMatchObject({
        type: "invalid_data",
      });
    });

    it("reads from an index, however many findings were resolved", async () => {
      await knex().raw(`
        insert into tender_payment_finding (id, kind, severity, provider_id, subject, detail, status)
        select 'payfind_0' || lpad(n::text, 24, '0'), 'dispute', (array['high', 'medium', 'low'])[1 + n % 3],
               'pp_many', 'many-' || n, 'x', 'resolved'
        from generate_series(1, 20000) n`);
      await knex().raw("analyze tender_payment_finding");
      const asked: { sql: string; bindings: readonly unknown[] }[] = [];
      const note = (query: { sql: string; bindings: readonly unknown[] }) => {
        if (query.sql.includes("tender_payment_finding")) asked.push(query);
      };
      knex().on("query", note);
      const first = await listFindings(container(), { status: "resolved", limit: 50 });
      await listFindings(container(), { status: "resolved", limit: 50, cursor: first.next_cursor! });
      knex().removeListener("query", note);
      expect(asked).toHaveLength(2);
      for (const { sql, bindings } of asked) {
        const { rows } = await knex().raw(`explain ${sql.replaceAll(/\$\d+/g, "?")}`, bindings as never[]);
        const plan = rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n");
        expect(plan).toContain("IDX_tender_payment_finding_status_severity_id");
        expect(plan).not.toMatch(/Seq Scan|Sort/);
      }
    });
  });
});
