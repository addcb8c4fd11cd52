import { periodOf, splitDays } from "../period";

const NOW = new Date("2026-03-10T10:20:00Z");
const at = (iso: string) => new Date(iso);

describe("a period", () => {
  it("ends with the hour that has begun, and is as long as its name says", () => {
    expect(periodOf({ preset: "24h" }, NOW)).toEqual({
      from: at("2026-03-09T11:00:00Z"),
      to: at("2026-03-10T11:00:00Z"),
      unit: "hour",
    });
    expect(periodOf({ preset: "7d" }, NOW)).toMatchObject({ from: at("2026-03-03T11:00:00Z"), unit: "day" });
  });

  it("of an operator's own is widened to whole hours, and ends now where they say no end", () => {
    const own = { preset: "30d", from: at("2026-03-08T21:30:00Z"), to: at("2026-03-09T21:00:00Z") } as const;
    expect(periodOf(own, NOW)).toMatchObject({
      from: at("2026-03-08T21:00:00Z"),
      to: at("2026-03-09T21:00:00Z"),
    });
    expect(periodOf({ preset: "30d", from: at("2026-03-10T09:00:00Z") }, NOW).to).toEqual(
      at("2026-03-10T11:00:00Z"),
    );
  });
});

describe("the days of a period", () => {
  it.each([
    ["2026-03-08T21:00:00Z", "2026-03-12T05:00:00Z"],
    ["2026-03-08T00:00:00Z", "2026-03-10T00:00:00Z"],
    ["2026-03-08T03:00:00Z", "2026-03-08T20:00:00Z"],
    ["2026-03-08T21:00:00Z", "2026-03-09T05:00:00Z"],
  ])("and the hours beside them are the whole of it, once (%s to %s)", (from, to) => {
    const { days, hours } = splitDays({ from: at(from), to: at(to) });
    const covered = [days, ...hours].reduce(
      (sum, [start, end]) => sum + (end.getTime() - start.getTime()),
      0,
    );
    expect(covered).toBe(at(to).getTime() - at(from).getTime());
    [days, ...hours].forEach(([start, end]) => expect(start <= end).toBe(true));
    if (days[0] < days[1]) {
      days.forEach((day) => expect(day.getTime() % 86_400_000).toBe(0));
    }
  });
});
