import { percentile, stepOf } from "../time-steps";

const counted = (...durations_ms: number[]) => durations_ms.map((ms) => ({ step: stepOf(ms), count: 1 }));

describe("a percentile", () => {
  it("of nothing is nothing", () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile([{ step: 3, count: 0 }], 0.5)).toBeNull();
  });

  it.each([1, 17, 950, 4_321, 60_000, 86_400_000, 3 * 86_400_000])(
    "of one duration of %d ms is it to within 5 %",
    (duration_ms) => {
      const told = percentile(counted(duration_ms), 0.5) ?? NaN;
      expect(Math.abs(told - duration_ms)).toBeLessThanOrEqual(0.05 * duration_ms + 1);
    },
  );

  it("is the duration that this share does not exceed, whatever their order", () => {
    const times = counted(9_000, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 100_000);
    expect(percentile(times, 0.5)).toBeCloseTo(5_000, -3);
    expect(percentile(times, 0.9)! / 9_000).toBeCloseTo(1, 1);
    expect(percentile(times, 1)! / 100_000).toBeCloseTo(1, 1);
  });

  it("takes what is not longer than a millisecond for one", () => {
    expect(stepOf(-5)).toBe(0);
    expect(stepOf(0)).toBe(0);
  });
});
