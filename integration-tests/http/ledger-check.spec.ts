import { differenceInWords } from "../../src/services";
import { checkLedger, type CheckLedgerInput } from "../../src/workflows/upkeep/check-ledger";
import { runCheckLedgerScript } from "../support/check-ledger-script";
import { Operator } from "../support/operator";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const INSUFFICIENT_FUNDS = "4000000000009995";

withRunningStore((running) => {
  let operator: Operator;
  beforeAll(async () => {
    operator = await Operator.logIn(running.base_url());
  });

  /** The check with all it reports, as lines. */
  async function check(input: CheckLedgerInput = {}) {
    const lines: string[] = [];
    const progress: { done: number; total: number }[] = [];
    const summary = await checkLedger(running.container(), {
      ...input,
      onDifference: (difference) => lines.push(differenceInWords(difference)),
      onNotChecked: ({ attempt_id, provider_id, reason }) =>
        lines.push(`${attempt_id} ${provider_id} not checked: ${reason}`),
      onProgress: (now) => progress.push(now),
    });
    return { summary, lines: lines.sort(), progress };
  }

  /** A paid order: its attempt, its Medusa payment, and the bank's reference. */
  async function paid(provider_id: string, shopper?: Shopper) {
    const { started, confirmed } = await (shopper ?? (await running.shopper())).pay(
      `${provider_id}:card`,
      APPROVES,
    );
    const attempt_id: string = started.body.payment_attempt.id;
    const order_id: string = confirmed.body.order.id;
    const payment_id: string = (await operator.order(order_id)).payment_collections[0].payments[0].id;
    await keepReconcilerAway();
    const ledger = await running.bank().ledger();
    const { reference } = ledger.find(({ metadata }) => metadata.attempt_id === attempt_id)!;
    return { attempt_id, order_id, payment_id, reference };
  }

  /** It would put right within a minute what a test puts wrong. */
  async function keepReconcilerAway() {
    await knex()("tender_payment_attempt").update({ next_check_at: null });
  }

  async function capture(payment_id: string, amount?: number) {
    expect((await operator.capture(payment_id, amount)).status).toBe(200);
    await keepReconcilerAway();
  }

  async function refund(payment_id: string, amount: number) {
    expect((await operator.refund(payment_id, amount)).status).toBe(200);
    await keepReconcilerAway();
  }

  const knex = () => running.container().resolve("__pg_connection__");

  describe("a store whose books are right", () => {
    let begun: number;

    beforeAll(async () => {
      begun = (await running.bank().ledger()).length;
      await paid("pp_sandbox_a");
      const captured = await paid("pp_sandbox_a");
      await capture(captured.payment_id);
      const in_parts = await paid("pp_sandbox_b");
      await capture(in_parts.payment_id, 20.01);
      await capture(in_parts.payment_id, 10);
      await refund(in_parts.payment_id, 5.5);
      const refunded = await paid("pp_sandbox_b");
      await capture(refunded.payment_id);
      await refund(refunded.payment_id, 69.8);
      await operator.cancelOrder((await paid("pp_sandbox_a")).order_id);
      const refused = await running.shopper();
      await refused.pay("pp_sandbox_a:card", INSUFFICIENT_FUNDS);
      await paid("pp_sandbox_b", refused);
      const left = await running.shopper();
      await left.start("pp_sandbox_a:card");
      await left.start("pp_sandbox_b:card");
    });

    it("has no differences, whatever was captured, refunded, canceled, refused or left", async () => {
      const { summary, lines, progress } = await check();
      const payments = (await running.bank().ledger()).length - begun;
      expect(lines).toEqual([]);
      expect(summary).toEqual({ checked: payments, differences: 0, not_checked: 0 });
      expect(progress.at(-1)).toEqual({ done: payments, total: payments });
    });

    it("is checked for one provider, or from a day on", async () => {
      const ledger = (await running.bank().ledger()).slice(begun);
      const of_b = ledger.filter(({ provider }) => provider === "pp_sandbox_b");
      const one = await check({ provider_ids: ["pp_sandbox_b"] });
      expect(one.summary).toEqual({ checked: of_b.length, differences: 0, not_checked: 0 });
      const tomorrow = new Date(Date.now() + 86_400_000);
      expect((await check({ since: tomorrow })).summary).toEqual({
        checked: 0,
        differences: 0,
        not_checked: 0,
      });
    });
  });

  describe("every difference is found, and only it", () => {
    let before: readonly string[];
    beforeEach(async () => {
      before = (await check()).lines;
    });
    const news = async () => (await check()).lines.filter((line) => !before.includes(line));
    const atBank = (reference: string, act: string, body: unknown = {}) =>
      running.bank().control(`/control/payments/${reference}/${act}`, body);

    it("a part captured in the bank's dashboard", async () => {
      const { attempt_id, reference } = await paid("pp_sandbox_a");
      await atBank(reference, "capture", { amount_minor: 1200 });
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_a captured: gateway 12.00 EUR, Medusa 0.00 EUR, Tender 0.00 EUR`,
      ]);
    });

    it("a refund made there, down to the cent", async () => {
      const { attempt_id, reference, payment_id } = await paid("pp_sandbox_b");
      await capture(payment_id);
      await atBank(reference, "refund", { amount_minor: 1 });
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_b refunded: gateway 0.01 EUR, Medusa 0.00 EUR, Tender 0.00 EUR`,
      ]);
    });

    it("a payment canceled there", async () => {
      const { attempt_id, reference } = await paid("pp_sandbox_a");
      await atBank(reference, "cancel");
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_a authorized: gateway 0.00 EUR, Medusa 69.80 EUR, Tender 69.80 EUR`,
        `${attempt_id} pp_sandbox_a status: gateway canceled, Medusa authorized, Tender authorized`,
      ]);
    });

    it("a capture that is missing in Medusa", async () => {
      const { attempt_id, payment_id } = await paid("pp_sandbox_a");
      await capture(payment_id);
      await knex()("capture").where({ payment_id }).delete();
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_a captured: gateway 69.80 EUR, Medusa 0.00 EUR, Tender 69.80 EUR`,
      ]);
    });

    it("a capture that is missing in Tender's journal", async () => {
      const { attempt_id, payment_id } = await paid("pp_sandbox_a");
      await capture(payment_id, 30);
      await knex()("tender_payment_operation").where({ attempt_id, kind: "capture" }).delete();
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_a captured: gateway 30.00 EUR, Medusa 30.00 EUR, Tender 0.00 EUR`,
      ]);
    });

    it("another amount", async () => {
      const { attempt_id } = await paid("pp_sandbox_b");
      await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ amount_minor: "6979" });
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_b amount: gateway 69.80 EUR, Medusa 69.80 EUR, Tender 69.79 EUR`,
        `${attempt_id} pp_sandbox_b authorized: gateway 69.80 EUR, Medusa 69.80 EUR, Tender 69.79 EUR`,
      ]);
    });

    it("money that is still held for an attempt that was given up", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const attempt_id = body.payment_attempt.id;
      const once = { provider: "pp_sandbox_a", operation: "authorize", times: 1 };
      await running.bank().fault({ ...once, fault: "reset_after" });
      await shopper.confirm(attempt_id, { card: cardOf(APPROVES) });
      await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ status: "canceled" });
      await keepReconcilerAway();
      expect(await news()).toEqual([
        `${attempt_id} pp_sandbox_a authorized: gateway 69.80 EUR, Medusa none, Tender 0.00 EUR`,
      ]);
    });
  });

  describe("a store with more payments than fit in memory at once", () => {
    it("is read page by page, each payment once; those whose provider is gone are not checked", async () => {
      await knex().raw(`
        insert into tender_payment_attempt
          (id, sequence, provider_id, method, amount_minor, currency, status, gateway_reference, client)
        select 'payatt_' || n, 1, 'pp_gone_x', 'card', '100', 'EUR', 'captured', 'ref_' || n, '{}'
        from generate_series(1, 450) n`);
      const { summary, lines, progress } = await check({ provider_ids: ["pp_gone_x"] });
      expect(summary).toEqual({ checked: 0, differences: 0, not_checked: 450 });
      expect(new Set(lines).size).toBe(450);
      expect(lines[0]).toBe("payatt_1 pp_gone_x not checked: its provider is not installed");
      expect(progress.at(-1)).toEqual({ done: 450, total: 450 });
    });
  });

  describe("a bank that refuses connections", () => {
    it("leaves its payments not checked, and the others are checked all the same", async () => {
      await paid("pp_sandbox_a");
      await paid("pp_sandbox_b");
      const before = await check();
      const of_b = (await check({ provider_ids: ["pp_sandbox_b"] })).summary.checked;
      await running.bank().fault({ provider: "pp_sandbox_b", fault: "refuse" });
      const { summary, lines } = await check();
      const not_checked = lines.filter((line) => line.includes(" pp_sandbox_b not checked: "));
      expect(not_checked).toHaveLength(of_b);
      expect(summary).toMatchObject({
        checked: before.summary.checked - of_b,
        not_checked: of_b,
      });
      expect(lines.filter((line) => !line.includes("not checked"))).toEqual(
        before.lines.filter((line) => !line.includes("pp_sandbox_b")),
      );
    });
  });

  describe("npx medusa exec ./src/scripts/check-ledger.ts", () => {
    it("prints the differences and a summary, and ends with 1", async () => {
      const { reference } = await paid("pp_sandbox_a");
      await running.bank().control(`/control/payments/${reference}/capture`, { amount_minor: 1200 });
      const { summary, lines } = await check({ provider_ids: ["pp_sandbox_a"] });
      const { code, printed } = await runCheckLedgerScript(["provider=pp_sandbox_a"]);
      expect(summary.differences).toBeGreaterThan(0);
      expect(printed.filter((line) => line.startsWith("payatt_")).sort()).toEqual(lines);
      expect(printed).toContain(
        `${summary.checked} payments checked, ${summary.differences} differences, 0 not checked`,
      );
      expect(code).toBe(1);
    });

    it("ends with 0 where nothing differs, and says how it is used", async () => {
      const clean = await runCheckLedgerScript(["since=2999-01-01"]);
      expect([clean.code, clean.printed]).toEqual([
        0,
        expect.arrayContaining(["0 payments checked, 0 differences, 0 not checked"]),
      ]);
      const usage = await runCheckLedgerScript(["usage"]);
      expect([usage.code, usage.printed.join("\n")]).toEqual([
        0,
        expect.stringContaining("since=2026-11-01"),
      ]);
    });
  });
});
