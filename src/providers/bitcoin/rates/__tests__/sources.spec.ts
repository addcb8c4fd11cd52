import { ANSWER_LIMIT_BYTES } from "../http-json";
import type { Coin } from "../coins";
import { RateBook } from "../rate-book";
import { RateSourceError, type RateSource } from "../rate-source";
import { HTTP_SOURCES, type HttpSourceName } from "../sources";
import { errorOf, ExchangeStub, type Answer } from "./support";

const PATIENCE_MS = 5_000;

let stub: ExchangeStub;
beforeAll(async () => {
  stub = await ExchangeStub.open();
});
afterAll(() => stub.stop());

const source = (name: HttpSourceName): RateSource => HTTP_SOURCES[name]({ base_url: stub.url });

function ask(name: HttpSourceName, coin: Coin = "BTC", currency = "EUR", patience_ms = PATIENCE_MS) {
  return source(name).fetch(coin, currency, AbortSignal.timeout(patience_ms));
}

/** What each exchange answers about bitcoin in euros, by its documentation. */
const GOOD: Readonly<Record<HttpSourceName, Extract<Answer, { body: string }>>> = {
  kraken: {
    body:
      '{"error":[],"result":{"XXBTZEUR":[[1773480401,"60101.0","60101.1"],[1773480411,"60100.0","60100.1"]],' +
      '"last":1773480411}}',
  },
  coinbase: {
    body: '{"data":{"amount":"60123.455","base":"BTC","currency":"EUR"}}',
    headers: { date: "Sat, 14 Mar 2026 09:26:53 GMT" },
  },
  bitstamp: {
    body:
      '{"timestamp":"1773480411","open":"59000","high":"61000","low":"58500","last":"55000","volume":"1563.5",' +
      '"vwap":"60000","bid":"60122","ask":"60123","side":"0","open_24":"59500","percent_change_24":"1.05"}',
  },
  bitfinex: { body: "[[1812345678,1773480411123,-0.00123456,60110.100000000000000001]]" },
  coingecko: { body: '{"bitcoin":{"eur":60117.336589365634,"last_updated_at":1773480360}}' },
};

describe.each<[HttpSourceName, string, string, string]>([
  ["kraken", "/0/public/Spread?pair=XBTEUR", "60100.05", "2026-03-14T09:26:51.000Z"],
  ["coinbase", "/v2/prices/BTC-EUR/spot", "60123.455", "2026-03-14T09:26:53.000Z"],
  ["bitstamp", "/api/v2/ticker/btceur/", "60122.5", "2026-03-14T09:26:51.000Z"],
  [
    "bitfinex",
    "/v2/trades/tBTCEUR/hist?limit=1&sort=-1",
    "60110.100000000000000001",
    "2026-03-14T09:26:51.123Z",
  ],
  [
    "coingecko",
    "/api/v3/simple/price?ids=bitcoin&vs_currencies=eur&include_last_updated_at=true&precision=full",
    "60117.336589365634",
    "2026-03-14T09:26:00.000Z",
  ],
])("%s", (name, path, price, priced_at) => {
  it("is asked as documented, and its price is read to the last digit, with its time", async () => {
    stub.answers(GOOD[name]);
    expect(await ask(name)).toEqual({ price, priced_at: new Date(priced_at) });
    expect(stub.asked).toEqual([path]);
    expect(stub.headers[0]).toMatchObject({ accept: "application/json", "user-agent": "medusa-tender" });
  });

  it.each<[string, Answer, string, string]>([
    [
      "a page in place of JSON",
      { body: "<!DOCTYPE html><title>Hello</title>" },
      "unreadable",
      "is not JSON: <!DOCTYPE",
    ],
    [
      "a page with an error",
      { status: 503, body: "<html>\n<h1>Down</h1>" },
      "refused",
      "503: <html> <h1>Down</h1>",
    ],
    ["nothing", { body: "" }, "unreadable", "(empty)"],
    ["something else", { body: '{"hello":"world"}' }, "unreadable", "not as documented"],
    ["null", { body: "null" }, "unreadable", "not as documented"],
    ["a redirect", { status: 302, body: "", headers: { location: "http://127.0.0.1:1/" } }, "refused", "302"],
    ["too many requests", { status: 429, body: "{}" }, "rate_limited", "429"],
    ["a cut connection", "reset", "unreachable", "ECONNRESET"],
    [
      "an answer that is too long",
      { body: `"${"x".repeat(ANSWER_LIMIT_BYTES)}"` },
      "unreadable",
      "longer than",
    ],
  ])("answers %s", async (_, answer, failure, words) => {
    stub.answers(answer);
    const error = await errorOf(ask(name));
    expect(error).toBeInstanceOf(RateSourceError);
    expect(error).toMatchObject({ failure, message: expect.stringContaining(words) });
    expect(stub.asked).toHaveLength(1);
  });

  it("sends half of its answer", async () => {
    const half = GOOD[name].body.slice(0, -5);
    stub.answers({ body: half });
    expect(await errorOf(ask(name))).toMatchObject({ failure: "unreadable" });
    stub.answers({ cut: half });
    expect(await errorOf(ask(name))).toMatchObject({ failure: "unreachable" });
  });

  it("does not answer in time, or not to the end", async () => {
    for (const answer of ["silence", { stalls: GOOD[name].body.slice(0, 10) }] as const) {
      stub.answers(answer);
      expect(await errorOf(ask(name, "BTC", "EUR", 100))).toMatchObject({ failure: "timed_out" });
    }
  });

  it("is not there", async () => {
    const gone = await ExchangeStub.open();
    const lost = HTTP_SOURCES[name]({ base_url: gone.url });
    await gone.stop();
    expect(await errorOf(lost.fetch("BTC", "EUR", AbortSignal.timeout(PATIENCE_MS)))).toMatchObject({
      failure: "unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("is asked over https, or on this machine only, and never for a currency it does not price", async () => {
    expect(() => HTTP_SOURCES[name]({ base_url: "http://rates.example" })).toThrow(
      "must be an https address",
    );
    stub.answers(GOOD[name]);
    expect(await errorOf(ask(name, "BTC", "XAU"))).toMatchObject({ failure: "refused" });
    expect(stub.asked).toEqual([]);
  });
});

describe("an unknown pair is refused", () => {
  it.each<[HttpSourceName, Answer, string]>([
    ["kraken", { body: '{"error":["EQuery:Unknown asset pair"]}' }, "EQuery:Unknown asset pair"],
    ["kraken", { body: '{"error":[],"result":{"XXBTZEUR":[],"last":1773480411}}' }, "no spread"],
    [
      "coinbase",
      { status: 404, body: '{"errors":[{"id":"not_found","message":"Invalid base currency"}]}' },
      "Invalid base currency",
    ],
    ["bitstamp", { status: 404, body: "<html>Page not found</html>" }, "404"],
    ["bitfinex", { status: 500, body: '["error",10020,"symbol: invalid"]' }, "symbol: invalid"],
    ["bitfinex", { body: "[]" }, "no trade"],
    ["coingecko", { body: '{"bitcoin":{}}' }, "no price of BTC in EUR"],
    ["coingecko", { body: "{}" }, "no price of BTC in EUR"],
    ["coingecko", { body: '{"bitcoin":{"eur":null,"last_updated_at":null}}' }, "no price of BTC in EUR"],
  ])("by %s: %j", async (name, answer, words) => {
    stub.answers(answer);
    expect(await errorOf(ask(name))).toMatchObject({
      failure: "refused",
      message: expect.stringContaining(words),
    });
  });
});

describe("asked too often", () => {
  it.each<[HttpSourceName, Answer, number | undefined]>([
    ["kraken", { body: '{"error":["EGeneral:Too many requests"]}' }, undefined],
    ["kraken", { body: '{"error":["EAPI:Rate limit exceeded"]}' }, undefined],
    [
      "coinbase",
      { status: 429, body: '{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}' },
      undefined,
    ],
    ["bitfinex", { status: 429, body: '{"error":"ERR_RATE_LIMIT"}' }, undefined],
    [
      "coingecko",
      {
        ...{ status: 429, headers: { "retry-after": "37" } },
        body: '{"status":{"error_code":429,"error_message":"You\'ve exceeded the Rate Limit."}}',
      },
      37_000,
    ],
  ])("%s says so, and how long to wait if it does: %j", async (name, answer, retry_after_ms) => {
    stub.answers(answer);
    expect(await errorOf(ask(name))).toMatchObject({ failure: "rate_limited", retry_after_ms });
  });
});

describe("what is no price", () => {
  it.each<[HttpSourceName, string, string]>([
    ["kraken", '{"error":[],"result":{"XXBTZEUR":[[1773480411,"0.0","0.0"]],"last":1}}', "is zero"],
    ["kraken", '{"error":[],"result":{"XXBTZEUR":[[1773480411,"1.0","90000.0"]],"last":1}}', "bid of 1.0"],
    ["bitstamp", '{"timestamp":"1773480411","bid":"-1","ask":"60123"}', "is negative"],
    ["bitstamp", '{"timestamp":"1773480411","bid":"NaN","ask":"60123"}', "not a decimal"],
  ])("is known at %s already: %s", async (name, body, words) => {
    stub.answers({ body });
    expect(await errorOf(ask(name))).toMatchObject({
      failure: "not_a_price",
      message: expect.stringContaining(words),
    });
  });

  it.each<[HttpSourceName, string]>([
    ["coinbase", '{"data":{"amount":"0.00","currency":"EUR"}}'],
    ["bitfinex", "[[1,1773480411123,1,-60000]]"],
    ["coingecko", '{"bitcoin":{"eur":6e400,"last_updated_at":1773480411}}'],
  ])("is handed on by %s as it is, to be judged beside the others: %s", async (name, body) => {
    stub.answers({ body, headers: { date: new Date().toUTCString() } });
    const { price } = await ask(name);
    expect(["0.00", "-60000", "6e400"]).toContain(price);
  });

  it.each<[HttpSourceName, string]>([
    ["kraken", '{"error":[],"result":{"XXBTZEUR":[["soon","60000","60001"]],"last":1}}'],
    ["bitstamp", '{"timestamp":"yesterday","bid":"60000","ask":"60001"}'],
    ["bitfinex", "[[1,17,1,60000]]"],
    ["coingecko", '{"bitcoin":{"eur":60000,"last_updated_at":-1}}'],
    ["coinbase", '{"data":{"amount":"60000","currency":"USD"}}'],
  ])("is a price of no time, or in another currency, at %s: %s", async (name, body) => {
    stub.answers({ body });
    expect(await errorOf(ask(name))).toMatchObject({ failure: "unreadable" });
  });
});

describe("Coinbase's price", () => {
  it("is as old as a cache on the way says that the answer is", async () => {
    const { body, headers } = GOOD.coinbase;
    stub.answers({ body, headers: { ...headers, age: "240" } });
    expect((await ask("coinbase")).priced_at).toEqual(new Date("2026-03-14T09:22:53.000Z"));
  });
});

describe("Kraken's price", () => {
  it("is the newest, in whatever order they come", async () => {
    stub.answers({
      body: '{"error":[],"result":{"XLTCZUSD":[[1773480411.75,"80.1","80.3"],[1773480401,"70","70"]],"last":1}}',
    });
    expect(await ask("kraken", "LTC", "USD")).toEqual({
      price: "80.2",
      priced_at: new Date("2026-03-14T09:26:51.750Z"),
    });
    expect(stub.asked).toEqual(["/0/public/Spread?pair=LTCUSD"]);
  });
});

describe("litecoin", () => {
  it.each<[HttpSourceName, string]>([
    ["coinbase", "/v2/prices/LTC-USD/spot"],
    ["bitstamp", "/api/v2/ticker/ltcusd/"],
    ["bitfinex", "/v2/trades/tLTCUSD/hist?limit=1&sort=-1"],
    [
      "coingecko",
      "/api/v3/simple/price?ids=litecoin&vs_currencies=usd&include_last_updated_at=true&precision=full",
    ],
  ])("is asked for by its name at %s", async (name, path) => {
    stub.answers({ status: 404, body: "" });
    await errorOf(ask(name, "LTC", "USD"));
    expect(stub.asked).toEqual([path]);
  });
});

describe("all five together", () => {
  it("are quoted from over HTTP, each asked once", async () => {
    const stubs = await Promise.all(Object.keys(GOOD).map(() => ExchangeStub.open()));
    const names = Object.keys(GOOD) as HttpSourceName[];
    const sources = names.map((name, at) => {
      stubs[at]?.answers(GOOD[name]);
      return HTTP_SOURCES[name]({ base_url: stubs[at]?.url });
    });
    const rates = new RateBook({ sources, now: () => Date.parse("2026-03-14T09:27:00.000Z") });
    const [quote] = await Promise.all([rates.quote("BTC", "EUR"), rates.quote("BTC", "EUR")]);
    expect(quote).toMatchObject({ rate: "60117.336589365634", sources: names.map(() => ({ used: true })) });
    expect(stubs.map(({ asked }) => asked.length)).toEqual([1, 1, 1, 1, 1]);
    await Promise.all(stubs.map((one) => one.stop()));
  });

  it("price bitcoin and litecoin in currencies of 0, 2 and 3 decimals", () => {
    const sources = Object.values(HTTP_SOURCES).map((make) => make());
    const rates = new RateBook({ sources });
    for (const coin of ["BTC", "LTC"] as const) {
      expect(rates.currencies(coin)).toEqual(expect.arrayContaining(["EUR", "GBP", "JPY", "KWD", "USD"]));
    }
    for (const { currencies } of sources) {
      for (const listed of [currencies.BTC, currencies.LTC]) {
        expect(listed).toEqual([...new Set(listed)].toSorted());
        listed.forEach((currency) => expect(currency).toMatch(/^[A-Z]{3}$/));
      }
    }
  });
});
