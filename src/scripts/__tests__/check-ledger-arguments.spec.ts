import { parseCheckLedgerArguments } from "../check-ledger-arguments";

describe("the arguments of the ledger check", () => {
  it("are all optional", () => {
    expect(parseCheckLedgerArguments([])).toEqual({ type: "check", input: {} });
  });

  it("name providers, a day and how many at a time", () => {
    expect(
      parseCheckLedgerArguments(["provider=pp_sandbox_a,pp_sandbox_b", "since=2026-11-01", "concurrency=8"]),
    ).toEqual({
      type: "check",
      input: {
        provider_ids: ["pp_sandbox_a", "pp_sandbox_b"],
        since: new Date("2026-11-01T00:00:00Z"),
        concurrency: 8,
      },
    });
  });

  it("may ask how it is used", () => {
    expect(parseCheckLedgerArguments(["provider=pp_a", "usage"])).toEqual({ type: "usage" });
  });

  it.each([
    ["since=yesterday", /since/],
    ["since=2026-02-30", /since/],
    ["provider=sandbox", /provider/],
    ["concurrency=0", /concurrency/],
    ["concurrency=many", /concurrency/],
    ["providers=pp_a", /providers/],
    ["pp_a", /pp_a/],
  ])("are refused with a word about %s", (word, message) => {
    expect(parseCheckLedgerArguments([word])).toEqual({
      type: "invalid",
      message: expect.stringMatching(message),
    });
  });
});
