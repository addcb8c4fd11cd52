import type { GatewayName } from "./gateways/gateway";
import { runSuite, type Summary } from "./run-suite";

/** What a run must have done, so that it proves something. */
type Proof = Readonly<{
  /** How many schedules `kill -9` hit at the least. */
  killed: number;
  /** More than so many of each, as the summary counts them. */
  events: Readonly<Record<string, number>>;
}>;

const MINUTE_MS = 60_000;
const KINDS_OF_FAULTS = 12;

/**
 * Describes a run of the fault suite from seed 1 in which two batches of five are killed.
 * @param within_minutes far longer than it takes on two cores
 */
export function describeSchedules(
  gateway: GatewayName,
  schedules: number,
  within_minutes: number,
  { killed, events }: Proof,
): void {
  describe(`schedules of shoppers, operators and faults with ${gateway}, from fixed seeds`, () => {
    let summary: Summary;
    let output = "";

    beforeAll(async () => {
      ({ summary, output } = await runSuite({ gateway, schedules, seed: 1, kills: 0.4 }));
    }, within_minutes * MINUTE_MS);

    it("lose no money and take none twice", () => {
      // What broke, with the command to replay it, stands in the output.
      expect({ violations: summary.violations, output: summary.violations > 0 ? output : "" }).toEqual({
        violations: 0,
        output: "",
      });
      expect(summary.schedules).toBe(schedules);
    });

    it(`are hit by kill -9 in at least ${killed} of them`, () => {
      expect(summary.events["schedules hit by kill"]).toBeGreaterThanOrEqual(killed);
    });

    it("place orders often enough, with enough kinds of faults, to prove something", () => {
      expect(summary.events.orders).toBeGreaterThan(schedules / 4);
      expect(Object.keys(summary.faults).length).toBeGreaterThan(KINDS_OF_FAULTS);
    });

    it.each(Object.entries(events))("come to more than the least of: %s", (event, least) => {
      expect(summary.events[event]).toBeGreaterThan(least);
    });
  });
}
