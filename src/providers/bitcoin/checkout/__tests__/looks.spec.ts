import { nextLook_ms } from "../looks";

const CALM = { standing: "awaiting", failures: 0, isHidden: false } as const;

describe("the next look at a payment", () => {
  it("comes soon while a payment is waited for, and later while it is confirmed", () => {
    expect(nextLook_ms(CALM)).toBe(2_500);
    expect(nextLook_ms({ ...CALM, standing: "partial" })).toBe(2_500);
    expect(nextLook_ms({ ...CALM, standing: "confirming" })).toBe(6_000);
  });

  it("still comes when the time is over, for coins that were on their way", () => {
    expect(nextLook_ms({ ...CALM, standing: "expired" })).toBe(15_000);
  });

  it("never comes when all is paid", () => {
    expect(nextLook_ms({ ...CALM, standing: "settled" })).toBeNull();
  });

  it("is put off by each failure, but not for ever", () => {
    const gaps = [0, 1, 2, 3, 30].map((failures) => nextLook_ms({ ...CALM, failures }));
    expect(gaps).toEqual([2_500, 5_000, 10_000, 20_000, 20_000]);
  });

  it("takes its time while nobody sees the page", () => {
    expect(nextLook_ms({ ...CALM, isHidden: true })).toBe(20_000);
  });
});
