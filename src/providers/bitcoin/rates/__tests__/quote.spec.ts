import { NoQuote } from "../no-quote";
import { InvalidQuote, parseQuote, quoteFrom, type Quote } from "../quote";
import { RateSourceError } from "../rate-source";
import type { Reading } from "../readings";
import type { QuoteRules } from "../rules";
import { NOW, rules } from "./support";

const PAIR = { coin: "BTC", currency: "EUR" } as const;
const MINUTE_MS = 60_000;

const says = (source: string, price: string, age_ms = 0): Reading => ({
  ...{ source, price },
  priced_at: new Date(NOW - age_ms),
});

/** Sources a, b, c… that say these prices now. */
const prices = (...all: string[]): Reading[] => all.map((price, at) => says("abcdefgh"[at] ?? "z", price));

const make = (readings: readonly Reading[], some: Partial<QuoteRules> = {}): Quote =>
  quoteFrom(PAIR, readings, rules(some), NOW);

function refusal(readings: readonly Reading[], some: Partial<QuoteRules> = {}): NoQuote {
  try {
    make(readings, some);
  } catch (error) {
    if (error instanceof NoQuote) {
      return error;
    }
    throw error;
  }
  throw new Error("It was quoted.");
}

describe("a quote", () => {
  it.each([
    ["the middle one of three", ["60000", "60100", "60200"], "60100"],
    ["halfway between two", ["60000.01", "60000.02"], "60000.015"],
    ["halfway between the middle two of four, in any order", ["60300", "60000", "60200", "60100"], "60150"],
    ["the price, where all say the same", ["60000", "60000.0", "6e4"], "60000"],
    ["exact in the last decimal", ["1.000000000000000001", "1.000000000000000002"], "1.0000000000000000015"],
  ])("is of %s", (_, all, rate) => {
    expect(make(prices(...all)).rate).toBe(rate);
  });

  it("keeps what each source said, when, and whether it was used, and until when it holds", () => {
    const quote = make([says("a", "60000", 1_000), says("b", "60100"), says("c", "99999")], {
      spread_bps: 50,
    });
    expect(quote).toEqual({
      ...{ coin: "BTC", currency: "EUR", rate: "60050", spread_bps: 50 },
      quoted_at: "2026-03-14T09:26:53.000Z",
      expires_at: "2026-03-14T09:41:53.000Z",
      sources: [
        { source: "a", price: "60000", priced_at: "2026-03-14T09:26:52.000Z", used: true },
        { source: "b", price: "60100", priced_at: "2026-03-14T09:26:53.000Z", used: true },
        {
          ...{ source: "c", price: "99999", priced_at: "2026-03-14T09:26:53.000Z", used: false },
          ...{ reason: "outlier", detail: "is more than 300 basis points from the median" },
        },
      ],
    });
  });

  it("is plain JSON and comes back from it unchanged", () => {
    const failed = new RateSourceError("timed_out", "no answer");
    const quote = make([...prices("60000", "60100", "0", "70000"), { source: "x", failed }]);
    expect(parseQuote(JSON.parse(JSON.stringify(quote)))).toEqual(quote);
  });

  it.each([
    ["rate", { rate: "0" }],
    ["rate", { rate: 60000 }],
    ["rate", { rate: "NaN" }],
    ["spread_bps", { spread_bps: -1 }],
    ["spread_bps", { spread_bps: undefined }],
    ["coin", { coin: "DOGE" }],
    ["expires_at", { expires_at: "soon" }],
    ["sources", { sources: [] }],
  ])("that was stored with a bad %s is not read", (field, change) => {
    const stored = { ...make(prices("60000", "60100")), ...change };
    expect(() => parseQuote(stored)).toThrow(InvalidQuote);
    expect(() => parseQuote(stored)).toThrow(field);
  });
});

describe("a price is dropped", () => {
  it.each([
    ["stale", "five minutes and a millisecond old", says("bad", "60000", 5 * MINUTE_MS + 1)],
    ["ahead", "more than a minute ahead of this server", says("bad", "60000", -MINUTE_MS - 1)],
    ["not_a_price", "zero", says("bad", "0")],
    ["not_a_price", "NaN", says("bad", "NaN")],
    ["not_a_price", "negative", says("bad", "-60000")],
    ["not_a_price", "of an absurd exponent", says("bad", "6e4000")],
    ["not_a_price", "of an absurdly small exponent", says("bad", "6e-4000")],
    ["outlier", "more than 3 % above the median", says("bad", "61904")],
    ["outlier", "more than 3 % below the median", says("bad", "58199")],
    ["outlier", "a hundredth, as in another unit", says("bad", "601")],
    ["unreadable", "of no time", { source: "bad", price: "60000", priced_at: new Date(Number.NaN) }],
    [
      "timed_out",
      "not there in time",
      { source: "bad", failed: new RateSourceError("timed_out", "no answer") },
    ],
  ])("as %s: %s", (reason, _, bad) => {
    const { sources, rate } = make([says("a", "60000"), bad, says("b", "60000"), says("c", "60200")]);
    expect(rate).toBe("60000");
    expect(sources[1]).toMatchObject({ source: "bad", used: false, reason, detail: expect.any(String) });
    expect(sources.filter(({ used }) => used)).toHaveLength(3);
  });

  it.each([
    ["exactly five minutes old", says("edge", "60000", 5 * MINUTE_MS)],
    ["exactly a minute ahead", says("edge", "60000", -MINUTE_MS)],
    ["exactly 3 % above the median", says("edge", "61800")],
    ["exactly 3 % below the median", says("edge", "58200")],
  ])("but not when it is %s", (_, edge) => {
    expect(make([says("a", "60000"), edge, says("b", "60000")]).sources[1]).toMatchObject({ used: true });
  });

  it("looking again after the median has moved", () => {
    const { rate, sources } = make(prices("90", "100", "103.2", "103.4"));
    expect(sources.map(({ used }) => used)).toEqual([false, false, true, true]);
    expect(rate).toBe("103.3");
  });
});

describe("nothing is quoted", () => {
  it.each([
    ["no source answers", [], "0 of 0 sources agree, 2 are needed"],
    ["only one does", prices("60000"), "1 of 1 sources agree, 2 are needed"],
    ["two contradict each other", prices("60000", "66000"), "0 of 2 sources agree, 2 are needed"],
    ["two and two do", prices("60000", "60000", "66000", "66000"), "0 of 4 sources agree"],
    [
      "more are outliers than agree",
      prices("100", "100", "50", "150", "100", "10", "20", "1000"),
      "3 sources agree, but 5 do not",
    ],
    [
      "all are stale",
      [
        says("a", "60000", 6 * MINUTE_MS),
        says("b", "60000", 7 * MINUTE_MS),
        says("c", "60000", 8 * MINUTE_MS),
      ],
      "0 of 3 sources agree",
    ],
  ])("when %s", (_, readings, why) => {
    expect(refusal(readings).message).toContain(why);
  });

  it("when fewer agree than the operator wants", () => {
    expect(make(prices("1", "1", "1"), { minimum_sources: 3 }).rate).toBe("1");
    expect(refusal(prices("1", "1"), { minimum_sources: 3 }).message).toContain(
      "2 of 2 sources agree, 3 are needed",
    );
    expect(make(prices("1"), { minimum_sources: 1 }).rate).toBe("1");
  });

  it("without saying what each source said and why it was dropped", () => {
    const failed = new RateSourceError("refused", "Kraken said EQuery:Unknown asset pair");
    const error = refusal([
      says("bitstamp", "60000"),
      says("coinbase", "59000", 6 * MINUTE_MS),
      { source: "kraken", failed },
      says("coingecko", "0"),
    ]);
    expect(error.message).toBe(
      "No rate of BTC in EUR: 1 of 4 sources agree, 2 are needed. " +
        'bitstamp said "60000" at 2026-03-14T09:26:53.000Z. ' +
        'coinbase said "59000" at 2026-03-14T09:20:53.000Z, dropped as stale: is 360 s old, more than 300 s. ' +
        "kraken, dropped as refused: Kraken said EQuery:Unknown asset pair. " +
        'coingecko said "0" at 2026-03-14T09:26:53.000Z, dropped as not_a_price: is zero.',
    );
    expect(error).toMatchObject({ coin: "BTC", currency: "EUR" });
    expect(error.verdicts.map((verdict) => (verdict.used ? "used" : verdict.reason))).toEqual([
      ...["used", "stale", "refused", "not_a_price"],
    ]);
  });
});
