import { RateBook } from "../rate-book";
import { NoQuote } from "../no-quote";
import { RateSourceError } from "../rate-source";
import { fixed } from "../sources/fixed";
import { errorOf, NOW, says, Told } from "./support";

const TIMEOUT_MS = 100;
const MINUTE_MS = 60_000;

const down = (name: string) =>
  new Told(name, () => {
    throw new RateSourceError("unreachable", `${name} cannot be reached (ECONNREFUSED)`);
  });

/** Answers when it is told to. */
function held(name: string): { source: Told; answer: () => void } {
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  return {
    source: new Told(name, () => held.then(() => ({ price: "60000", priced_at: new Date(NOW) }))),
    answer: () => answer(),
  };
}

const book = (sources: readonly Told[], now = () => NOW) =>
  new RateBook({ sources, source_timeout_ms: TIMEOUT_MS, now });

const reasons = (error: Error) =>
  error instanceof NoQuote ? error.verdicts.map((verdict) => !verdict.used && verdict.reason) : error;

describe("the rate book", () => {
  it("quotes the median of its sources", async () => {
    const quote = await book([says("a", "60000"), says("b", "60200"), says("c", "60100")]).quote(
      "BTC",
      "EUR",
    );
    expect(quote).toMatchObject({ coin: "BTC", currency: "EUR", rate: "60100", spread_bps: 0 });
  });

  it("quotes with one of three down", async () => {
    const { rate, sources } = await book([says("a", "60000"), down("b"), says("c", "60100")]).quote(
      "BTC",
      "EUR",
    );
    expect(rate).toBe("60050");
    expect(sources[1]).toMatchObject({ source: "b", used: false, reason: "unreachable" });
  });

  it("quotes without one outlier", async () => {
    const sources = [says("a", "60000"), says("b", "66000"), says("c", "60100")];
    expect((await book(sources).quote("BTC", "EUR")).rate).toBe("60050");
  });

  it.each(["0", "NaN", "-60000"])("quotes without a source that says %s", async (price) => {
    const sources = [says("a", "60000"), says("b", price), says("c", "60100")];
    expect((await book(sources).quote("BTC", "EUR")).rate).toBe("60050");
  });

  it("refuses when all are stale", async () => {
    const sources = ["a", "b", "c"].map((name) => says(name, "60000", 6 * MINUTE_MS));
    expect(reasons(await errorOf(book(sources).quote("BTC", "EUR")))).toEqual(["stale", "stale", "stale"]);
  });

  it("refuses when all are down", async () => {
    const error = await errorOf(book([down("a"), down("b"), down("c")]).quote("BTC", "EUR"));
    expect(reasons(error)).toEqual(["unreachable", "unreachable", "unreachable"]);
    expect(error.message).toContain("ECONNREFUSED");
  });

  it("refuses when what is left is too little", async () => {
    const error = await errorOf(book([says("a", "60000"), down("b"), says("c", "0")]).quote("BTC", "EUR"));
    expect(reasons(error)).toEqual([false, "unreachable", "not_a_price"]);
  });

  it("waits for a slow source no longer than its timeout, even for one that does not listen", async () => {
    let told_to_stop = false;
    const deaf = new Told("deaf", (signal) => {
      signal.addEventListener("abort", () => (told_to_stop = true));
      return new Promise(() => undefined);
    });
    const started = performance.now();
    const { rate, sources } = await book([says("a", "60000"), deaf, says("c", "60100")]).quote("BTC", "EUR");
    expect(performance.now() - started).toBeLessThan(TIMEOUT_MS * 10);
    expect(rate).toBe("60050");
    expect(sources[1]).toMatchObject({ used: false, reason: "timed_out" });
    expect(told_to_stop).toBe(true);
  });

  it("takes whatever a source throws for its failure", async () => {
    const broken = new Told("broken", () => {
      throw new TypeError("x is not a function");
    });
    const { sources } = await book([says("a", "60000"), broken, says("c", "60100")]).quote("BTC", "EUR");
    expect(sources[1]).toMatchObject({ used: false, reason: "unreadable", detail: "x is not a function" });
  });

  it("asks each source once for all that wait for the same pair", async () => {
    const slow = held("slow");
    const other = says("other", "60000");
    const rates = book([slow.source, other]);
    const quotes = Promise.all(Array.from({ length: 50 }, () => rates.quote("BTC", "EUR")));
    const another_pair = rates.quote("LTC", "EUR");
    slow.answer();
    expect(new Set((await quotes).map(({ rate }) => rate))).toEqual(new Set(["60000"]));
    await another_pair;
    expect([slow.source.asked, other.asked]).toEqual([2, 2]);
  });

  it("quotes from what it knows for half a minute, and asks again then", async () => {
    let now = NOW;
    const sources = [says("a", "60000", 0, () => now), says("b", "60000", 0, () => now)];
    const rates = book(sources, () => now);
    const first = await rates.quote("BTC", "EUR");
    now += 29_999;
    const second = await rates.quote("BTC", "EUR");
    expect(sources.map(({ asked }) => asked)).toEqual([1, 1]);
    expect(Date.parse(second.quoted_at) - Date.parse(first.quoted_at)).toBe(29_999);
    now += 1;
    await rates.quote("BTC", "EUR");
    expect(sources.map(({ asked }) => asked)).toEqual([2, 2]);
  });

  it("does not quote from what has become stale since", async () => {
    let now = NOW;
    const sources = [says("a", "60000", 290_000), says("b", "60000", 290_000)];
    const rates = book(sources, () => now);
    await rates.quote("BTC", "EUR");
    now += 20_000;
    expect(reasons(await errorOf(rates.quote("BTC", "EUR")))).toEqual(["stale", "stale"]);
  });

  it("asks again soon after a refusal, but not for every shopper", async () => {
    let now = NOW;
    const sources = [says("a", "60000"), down("b")];
    const rates = book(sources, () => now);
    await errorOf(rates.quote("BTC", "EUR"));
    now += 4_999;
    await errorOf(rates.quote("BTC", "EUR"));
    expect(sources.map(({ asked }) => asked)).toEqual([1, 1]);
    now += 1;
    await errorOf(rates.quote("BTC", "EUR"));
    expect(sources.map(({ asked }) => asked)).toEqual([2, 2]);
  });

  it.each([
    ["as long as it says", 90_000, 90_000],
    ["a minute when it does not say", undefined, 60_000],
    ["ten minutes at most", 86_400_000, 600_000],
  ])("leaves a source alone that was asked too often: %s", async (_, retry_after_ms, rest_ms) => {
    let now = NOW;
    const busy = new Told("busy", () => {
      throw new RateSourceError("rate_limited", "too many requests", { retry_after_ms });
    });
    const fresh = (name: string) => says(name, "60000", 0, () => now);
    const rates = book([fresh("a"), busy, fresh("c")], () => now);
    await rates.quote("BTC", "EUR");
    now += rest_ms - 1;
    const { sources } = await rates.quote("BTC", "EUR");
    expect(sources[1]).toMatchObject({
      reason: "rate_limited",
      detail: expect.stringContaining("left alone until"),
    });
    await rates.quote("LTC", "EUR");
    expect(busy.asked).toBe(1);
    now += 30_000;
    await rates.quote("BTC", "EUR");
    expect(busy.asked).toBe(2);
  });

  it("quotes at the operator's terms, or at others where asked", async () => {
    const rates = new RateBook({
      sources: [says("a", "60000"), says("b", "60000")],
      rules: { spread_bps: 75, lifetime_ms: 10 * MINUTE_MS },
      now: () => NOW,
    });
    expect(await rates.quote("BTC", "EUR")).toMatchObject({
      spread_bps: 75,
      expires_at: new Date(NOW + 10 * MINUTE_MS).toISOString(),
    });
    expect((await rates.quote("BTC", "EUR", { spread_bps: undefined })).spread_bps).toBe(75);
    expect((await rates.quote("BTC", "EUR", { spread_bps: 0 })).spread_bps).toBe(0);
  });

  it("knows the currencies that enough sources price, and asks nobody for another", async () => {
    const answer = () => ({ price: "1", priced_at: new Date(NOW) });
    const a = new Told("a", answer, ["USD", "EUR", "KWD"]);
    const b = new Told("b", answer, ["EUR", "USD", "JPY"]);
    const rates = book([a, b]);
    expect(rates.currencies("BTC")).toEqual(["EUR", "USD"]);
    expect((await errorOf(rates.quote("BTC", "KWD"))).message).toBe(
      "No rate of BTC in KWD: 1 sources price it, 2 are needed.",
    );
    expect([a.asked, b.asked]).toEqual([0, 0]);
  });

  it("quotes fixed prices where one source is enough for the operator", async () => {
    const sources = [fixed({ BTC: { EUR: "60000", JPY: "9000000" } }, () => NOW)];
    const rates = new RateBook({ sources, rules: { minimum_sources: 1 }, now: () => NOW });
    expect(rates.currencies("BTC")).toEqual(["EUR", "JPY"]);
    expect(rates.currencies("LTC")).toEqual([]);
    expect((await rates.quote("BTC", "JPY")).rate).toBe("9000000");
    expect(() => fixed({ BTC: { EUR: "0" } })).toThrow("is zero");
  });

  it("is not made of sources or rules that cannot work", () => {
    expect(() => book([says("a", "1"), says("a", "1")])).toThrow("same name");
    expect(() => book([says("a", "1")])).toThrow("2 rate sources must agree, but there are 1");
    const sources = [says("a", "1"), says("b", "1")];
    for (const rules of [
      { spread_bps: -1 },
      { spread_bps: 5_001 },
      { minimum_sources: 0 },
      { max_age_ms: 0 },
    ]) {
      expect(() => new RateBook({ sources, rules })).toThrow(Object.keys(rules)[0]);
    }
  });
});
