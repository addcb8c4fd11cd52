import {
  ATTEMPT_TRANSITIONS,
  LIVE_STATUSES,
  OPEN_STATUSES,
  canChange,
  sourcesOf,
  type AttemptStatus,
} from "../attempt-states";

const STATUSES = Object.keys(ATTEMPT_TRANSITIONS) as AttemptStatus[];

describe("the transition table", () => {
  it("ends where money can no longer move by itself", () => {
    expect(STATUSES.filter((status) => ATTEMPT_TRANSITIONS[status].length === 0)).toEqual([
      "failed",
      "canceled",
    ]);
  });

  it("never takes money back to a state in which the shopper could pay it again", () => {
    for (const paid of ["authorized", "captured"] as const) {
      for (const open of OPEN_STATUSES) {
        expect([paid, open, canChange(paid, open)]).toEqual([paid, open, false]);
      }
    }
  });

  it("reaches every state from the first one", () => {
    const reached = new Set<AttemptStatus>(["created"]);
    for (const status of reached) {
      ATTEMPT_TRANSITIONS[status].forEach((next) => reached.add(next));
    }
    expect([...reached].sort()).toEqual([...STATUSES].sort());
  });

  it("knows for each state where it can be reached from", () => {
    for (const to of STATUSES) {
      expect(sourcesOf(to)).toEqual(STATUSES.filter((from) => canChange(from, to)));
    }
  });

  it("keeps open and live states apart", () => {
    expect(OPEN_STATUSES.filter((status) => LIVE_STATUSES.includes(status))).toEqual([]);
  });
});
