import { paymentOf, type CoinPayment } from "../client";
import { clockText, deadline_ms, markAt } from "../time-left";
import { attempt } from "./support";

const HOUR_MS = 3_600_000;

function payment(): CoinPayment {
  const read = paymentOf(attempt());
  if (!read) throw new Error("The support's payment cannot be read.");
  return read;
}

describe("the time left to pay", () => {
  afterEach(() => jest.useRealTimers());

  it.each(["1999-12-31", "2026-01-01", "2042-06-01"])("is the store's on a browser that has %s", (now) => {
    jest.useFakeTimers({ now: new Date(now) });
    expect(deadline_ms({ attempt: attempt(), at_ms: 500 }, payment())).toBe(500 + HOUR_MS);
  });

  it("is the browser's where the store does not tell its time", () => {
    jest.useFakeTimers({ now: new Date("2026-01-01T00:30:00.000Z") });
    const silent = attempt({}, { read_at: "" });
    expect(deadline_ms({ attempt: silent, at_ms: 500 }, payment())).toBe(500 + HOUR_MS / 2);
  });

  it.each([
    [900, "15:00"],
    [61, "1:01"],
    [9, "0:09"],
    [0, "0:00"],
    [5_400, "90:00"],
  ])("of %s seconds reads %s", (left_s, text) => {
    expect(clockText(left_s)).toBe(text);
  });

  it.each([
    [900, null],
    [301, null],
    [300, 300],
    [61, 300],
    [60, 60],
    [1, 60],
    [0, 0],
  ])("of %s seconds is at the mark %s", (left_s, mark) => {
    expect(markAt(left_s)).toBe(mark);
  });
});
