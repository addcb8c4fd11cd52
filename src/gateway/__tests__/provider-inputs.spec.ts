import { timeoutsIn } from "../provider-inputs";

describe("the timeouts of a provider", () => {
  it("are the operator's", () => {
    expect(timeoutsIn({ timeout_ms: 29_999, connect_timeout_ms: 500 })).toEqual({
      timeout_ms: 29_999,
      connect_timeout_ms: 500,
    });
    expect(timeoutsIn({ timeout_ms: "5" })).toEqual({});
  });

  it.each([
    { timeout_ms: 30_000 },
    { connect_timeout_ms: 60_000 },
    { timeout_ms: 0 },
    { timeout_ms: Number.NaN },
  ])("must end before a call is taken for lost: %j", (options) => {
    expect(() => timeoutsIn(options)).toThrow(/must be more than 0 and less than 30000 ms/);
  });
});
