import { AFTERCARE_MS, RECHECK_MS, isExhausted, nextCheck, type ScheduleOptions } from "../schedule";

const NOW = new Date("2026-11-23T12:00:00Z");
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const OPTIONS: ScheduleOptions = {
  release_after_ms: 5 * MINUTE_MS,
  abandoned_after_ms: DAY_MS,
  expiry_warning_ms: 2 * DAY_MS,
};

type Followed = Parameters<typeof nextCheck>[0];

const attempt = (change: Partial<Followed>): Followed => ({
  status: "unknown",
  order_id: null,
  authorization_expires_at: null,
  ...change,
});

/** Milliseconds until each look, as long as nothing changes. */
function looks(followed: Followed): number[] {
  const pauses: number[] = [];
  for (let checks = 0; checks < 40; checks += 1) {
    const next = nextCheck(followed, checks, NOW, OPTIONS);
    if (!next) break;
    pauses.push(next.getTime() - NOW.getTime());
  }
  return pauses;
}

describe("when the reconciler looks at an attempt", () => {
  it("is for a refusal that says the payment may have been made, until somebody has read it", () => {
    const decline = { category: "reconcile", code: "duplicate_transaction" } as const;
    for (const recovery of [null, "reconcile"]) {
      expect(looks(attempt({ status: "declined", decline, recovery }))).toEqual(RECHECK_MS);
    }
    const answered = attempt({ status: "declined", decline, recovery: "choose_another_method" });
    expect(looks(answered)).toEqual([OPTIONS.abandoned_after_ms, ...RECHECK_MS]);
  });

  it("widens from a minute to days for what is unfinished, and ends", () => {
    expect(RECHECK_MS).toEqual([MINUTE_MS, 5 * MINUTE_MS, 60 * MINUTE_MS, ...Array(5).fill(DAY_MS)]);
    for (const status of ["created", "unknown", "authorized", "captured"] as const) {
      expect(looks(attempt({ status }))).toEqual(RECHECK_MS);
    }
  });

  it("goes on daily for what is pending, for as long as a bank may take for a debit", () => {
    expect(looks(attempt({ status: "pending" }))).toEqual([...RECHECK_MS, ...Array(16).fill(DAY_MS)]);
  });

  it("is never for what failed or is canceled", () => {
    for (const status of ["failed", "canceled"] as const) {
      expect(looks(attempt({ status }))).toEqual([]);
    }
  });

  it("is for what was refused once its shopper has left, who may have paid with another card", () => {
    expect(looks(attempt({ status: "declined" }))).toEqual([OPTIONS.abandoned_after_ms, ...RECHECK_MS]);
    expect(looks(attempt({ status: "declined", order_id: "order_1" }))).toEqual([]);
  });

  it("is once for a canceled payment of an order, which may stand unpaid", () => {
    expect(looks(attempt({ status: "canceled", order_id: "order_1" }))).toEqual([MINUTE_MS]);
  });

  it("is after the operator's time limit for a checkout nobody paid, and goes on while it cannot be canceled", () => {
    for (const status of ["ready", "action_required"] as const) {
      const pauses = looks(attempt({ status }));
      expect(pauses.slice(0, 4).reduce((sum, pause) => sum + pause)).toBe(OPTIONS.abandoned_after_ms);
      expect(pauses.slice(4)).toEqual(RECHECK_MS);
    }
  });

  it("comes soon for a payer who may have agreed on the service's page and not come back", () => {
    for (const status of ["ready", "action_required"] as const) {
      expect(looks(attempt({ status })).slice(0, 3)).toEqual(RECHECK_MS.slice(0, 3));
    }
  });

  it("begins with the time a released payment may be taken over", () => {
    expect(looks(attempt({ status: "released" }))).toEqual([OPTIONS.release_after_ms, ...RECHECK_MS]);
  });

  it("goes on for a month after an order, so that a lost webhook hides nothing", () => {
    expect(looks(attempt({ status: "captured", order_id: "order_1" }))).toEqual(AFTERCARE_MS);
  });

  it("is before an order's authorization lapses, and right after", () => {
    const lapsing = (ms: number) =>
      attempt({
        status: "authorized",
        order_id: "order_1",
        authorization_expires_at: new Date(NOW.getTime() + ms),
      });
    expect(nextCheck(lapsing(7 * DAY_MS), 1, NOW, OPTIONS)).toEqual(new Date(NOW.getTime() + 5 * DAY_MS));
    expect(nextCheck(lapsing(DAY_MS), 1, NOW, OPTIONS)).toEqual(new Date(NOW.getTime() + DAY_MS + MINUTE_MS));
  });

  it("is over when the schedule is used up", () => {
    expect(isExhausted(attempt({}), RECHECK_MS.length - 1, OPTIONS)).toBe(false);
    expect(isExhausted(attempt({}), RECHECK_MS.length, OPTIONS)).toBe(true);
  });
});
