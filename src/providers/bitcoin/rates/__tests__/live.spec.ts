import { COIN_CODES } from "../coins";
import { coinsFor } from "../exchange";
import { RateBook } from "../rate-book";
import { HTTP_SOURCES } from "../sources";
import { money } from "../../../../gateway/money";

/** Asks the real exchanges, whose prices nobody controls: only on demand, with `TENDER_LIVE_RATES=1`. */
const PATIENCE_MS = 10_000;

if (process.env.TENDER_LIVE_RATES === "1") {
  describe("the real exchanges", askThem);
} else {
  it.skip("the real exchanges quote bitcoin and litecoin (skipped: TENDER_LIVE_RATES is not 1)", () =>
    undefined);
}

function askThem(): void {
  const sources = Object.values(HTTP_SOURCES).map((make) => make());

  it.each(sources.flatMap((source) => COIN_CODES.map((coin) => ({ source, coin, name: source.name }))))(
    "$name prices $coin in US dollars, as of the last five minutes",
    async ({ source, coin }) => {
      const { price, priced_at } = await source.fetch(coin, "USD", AbortSignal.timeout(PATIENCE_MS));
      expect(price).toMatch(/^\d+(\.\d+)?$/);
      expect(Math.abs(Date.now() - priced_at.getTime())).toBeLessThan(5 * 60_000);
    },
  );

  it.each(COIN_CODES)("agree on %s in euros", async (coin) => {
    const quote = await new RateBook({ sources, source_timeout_ms: PATIENCE_MS }).quote(coin, "EUR");
    expect(coinsFor(money(1_000n, "EUR"), quote)).toBeGreaterThan(0n);
  });
}
