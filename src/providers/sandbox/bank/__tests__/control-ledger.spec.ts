import { authorized, call, created, openBank, PROVIDER, TEN_EUROS } from "../../__tests__/support";
import { listPayments } from "../control-ledger";
import { Ledger } from "../ledger";
import { Operations } from "../operations";

type Page = { payments: { reference: string }[]; next: number; more: boolean };

const B = {
  provider: "pp_sandbox_b",
  api_key: "sk_sandbox_for_tests_b",
  webhook_secret: "whsec_for_tests_b",
};

/** A ledger in memory with so many authorized payments, of two providers in turn. */
function filled(count: number, now: () => number = Date.now): { ledger: Ledger; operations: Operations } {
  const ledger = new Ledger();
  const operations = new Operations(ledger, now);
  const request = { amount_minor: 1000n, currency: "EUR", method: "card", capture: "manual" } as const;
  for (let i = 0; i < count; i += 1) {
    const account = { ...B, provider: i % 2 ? B.provider : PROVIDER, idempotency_key: `key-${i}` };
    const made = operations.create(account, { ...request, metadata: {}, token: "tok_visa" });
    ledger.commit(made.changes, now());
    ledger.commit(operations.confirm(account, made.payment.reference, {}).changes, now());
  }
  return { ledger, operations };
}

function pageOf(ledger: Ledger, query: string): Page {
  return JSON.parse(listPayments(ledger, new URLSearchParams(query)).body ?? "") as Page;
}

describe("the list of the ledger", () => {
  it("tells what changed since it was last read", async () => {
    const bank = await openBank();
    const read = async (query: string) => (await bank.control("GET", `ledger${query}`)).body as Page;
    const first = await authorized(bank.gateway);
    const second = await created(bank.gateway);
    const { next, payments } = await read("");
    expect(payments.map(({ reference }) => reference)).toEqual([first, second]);
    expect(await read(`?since=${next}`)).toEqual({ payments: [], next, more: false });
    await bank.gateway.capturePayment(first, TEN_EUROS, call());
    const later = await read(`?since=${next}`);
    await bank.stop();
    expect(later).toMatchObject({ payments: [{ reference: first, status: "captured" }], more: false });
    expect(later.next).toBeGreaterThan(next);
  });

  it("is read in pages that leave out none and repeat none", () => {
    const { ledger } = filled(25);
    const seen: string[] = [];
    let page: Page = { payments: [], next: 0, more: true };
    while (page.more) {
      page = pageOf(ledger, `provider=${PROVIDER}&since=${page.next}&limit=4`);
      seen.push(...page.payments.map(({ reference }) => reference));
    }
    const mine = [...ledger.payments.values()].filter(({ provider }) => provider === PROVIDER);
    expect(seen).toEqual(mine.map(({ reference }) => reference));
    expect(seen).toHaveLength(13);
    expect(page.next).toBe(ledger.revision);
  });

  it.each(["since=-1", "since=x", "limit=0", "limit=1.5"])("is refused with a sentence for %s", (query) => {
    expect(() => pageOf(new Ledger(), query)).toThrow(/"(since|limit)"/);
  });

  it("is quick with 20,000 payments, and what changed since is quicker", () => {
    const { ledger, operations } = filled(20_000);
    const timed = (run: () => unknown): number => {
      const started = performance.now();
      run();
      return performance.now() - started;
    };
    const all_ms = timed(() => listPayments(ledger, new URLSearchParams()));
    const since = ledger.revision;
    const [reference = ""] = ledger.payments.keys();
    ledger.commit(operations.cancel({ idempotency_key: null }, reference).changes, Date.now());
    const sweeps_ms = timed(() => {
      for (let i = 0; i < 1000; i += 1) {
        ledger.agenda.dueBy(Date.now());
      }
    });
    const changed_ms = timed(() =>
      expect(pageOf(ledger, `since=${since}`).payments).toMatchObject([{ reference, status: "canceled" }]),
    );
    // Generous for a busy machine.
    expect(all_ms).toBeLessThan(5000);
    expect(changed_ms).toBeLessThan(500);
    expect(sweeps_ms).toBeLessThan(500);
  });
});
