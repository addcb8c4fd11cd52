import { logLine } from "../log-line";

describe("a log line", () => {
  it("is the event and name=value pairs, without what is not known", () => {
    expect(logLine("tender.operation", { provider: "pp_a_1", ms: 12, decline: undefined })).toBe(
      "tender.operation provider=pp_a_1 ms=12",
    );
  });

  it.each([
    ["a line break", "paid\ntender.finding kind=forged"],
    ["a carriage return", "paid\r\ntender.finding kind=forged"],
    ["a Unicode line separator", "paid\u2028tender.finding kind=forged"],
    ["a Unicode next line", "paid\u0085tender.finding kind=forged"],
    ["a terminal's escape", "paid\u001b[2Ktender.finding kind=forged"],
    ["text running backwards", "paid\u202etender.finding kind=forged"],
  ])("stays one line with one value when that holds %s", (_name, type) => {
    const line = logLine("tender.webhook", { type });
    expect(line).toMatch(/^tender\.webhook type="paid .*tender\.finding kind=forged"$/);
    expect(line).toMatch(/^[\p{L}\p{N}\p{P}\p{S} ]+$/u);
  });

  it("keeps quotes inside their value", () => {
    expect(logLine("e", { type: 'a" outcome="done' })).toBe('e type="a\\" outcome=\\"done"');
  });

  it("holds no placeholder of the logger", () => {
    expect(logLine("e", { type: "100%s %j %d" })).not.toContain("%");
  });

  it.each(["4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "card:6759649826438453"])(
    "does not hold the card number %p",
    (number) => {
      const line = logLine("e", { detail: `refused ${number} at once` });
      expect(line.replaceAll(/\D/g, "")).toBe("");
      expect(line).toContain("[digits]");
    },
  );

  it("cuts a value that is too long", () => {
    expect(logLine("e", { type: "x".repeat(10_000) }).length).toBeLessThan(400);
  });
});
