import { runSuite, type Summary } from "./run-suite";

const SCHEDULES = 60;

/** Far longer than it takes on two cores (about two minutes). */
const WITHIN_MS = 15 * 60_000;

describe("schedules with Stripe, from fixed seeds", () => {
  let summary: Summary;
  let output = "";

  beforeAll(async () => {
    const options = { gateway: "stripe", schedules: SCHEDULES, seed: 1, kills: 0.4 };
    ({ summary, output } = await runSuite(options));
  }, WITHIN_MS);

  it("lose no money and take none twice", () => {
    // What broke, with the command to replay it, stands in the output.
    expect({ violations: summary.violations, output: summary.violations > 0 ? output : "" }).toEqual({
      violations: 0,
      output: "",
    });
    expect(summary.schedules).toBe(SCHEDULES);
  });

  it("are hit by kill -9 in at least six of them", () => {
    expect(summary.events["schedules hit by kill"]).toBeGreaterThanOrEqual(6);
  });

  it("pay, refuse, capture and refund often enough to prove something", () => {
    const { events } = summary;
    expect(events.orders).toBeGreaterThan(SCHEDULES / 4);
    expect(events["bank: decline"]).toBeGreaterThan(5);
    expect(events["bank: challenge"]).toBeGreaterThan(5);
    expect(events["bank: capture"]).toBeGreaterThan(10);
    expect(events["bank: refund"]).toBeGreaterThan(5);
    expect(Object.keys(summary.faults).length).toBeGreaterThan(12);
  });
});
