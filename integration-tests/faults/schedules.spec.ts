import { runSuite, type Summary } from "./run-suite";

const SCHEDULES = 204;

/** Far longer than it takes on two cores (about eight minutes). */
const WITHIN_MS = 25 * 60_000;

describe("schedules of shoppers, operators and faults, from fixed seeds", () => {
  let summary: Summary;
  let output = "";

  beforeAll(async () => {
    ({ summary, output } = await runSuite({ schedules: SCHEDULES, seed: 1, kills: 0.4 }));
  }, WITHIN_MS);

  it("lose no money and take none twice", () => {
    // What broke, with the command to replay it, stands in the output.
    expect({ violations: summary.violations, output: summary.violations > 0 ? output : "" }).toEqual({
      violations: 0,
      output: "",
    });
    expect(summary.schedules).toBe(SCHEDULES);
  });

  it("are hit by kill -9 in at least twenty of them", () => {
    expect(summary.events["schedules hit by kill"]).toBeGreaterThanOrEqual(20);
  });

  it("pay, refuse, capture and refund often enough to prove something", () => {
    const { events } = summary;
    expect(events.orders).toBeGreaterThan(SCHEDULES / 4);
    expect(events["bank: decline"]).toBeGreaterThan(20);
    expect(events["bank: capture"]).toBeGreaterThan(20);
    expect(events["bank: refund"]).toBeGreaterThan(10);
    expect(Object.keys(summary.faults).length).toBeGreaterThan(12);
  });
});
