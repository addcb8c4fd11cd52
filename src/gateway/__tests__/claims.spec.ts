import { MemoryJournal } from "../../testing";
import { AttemptClaims } from "../claims";

const SECOND_MS = 1_000;

describe("a claim on an attempt", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** An attempt that somebody works on until `finish` is called. */
  async function workedOn() {
    const journal = new MemoryJournal();
    const claims = new AttemptClaims(() => journal);
    const { id } = await journal.openAttempt({
      payment_collection_id: "pay_col_1",
      payment_session_id: "payses_1",
      provider_id: "pp_a_1",
      method: "card",
      amount: { amount_minor: 1000n, currency: "EUR" },
    });
    let finish = (): void => undefined;
    const work = claims.ifFree(id, () => new Promise<void>((resolve) => (finish = resolve)));
    await jest.advanceTimersByTimeAsync(0);
    return { journal, id, finish: () => finish(), work };
  }

  it("is kept for as long as the work takes", async () => {
    const { journal, id, finish, work } = await workedOn();
    await jest.advanceTimersByTimeAsync(60 * SECOND_MS);
    expect(await journal.isClaimed(id)).toBe(true);
    finish();
    await work;
    expect(await journal.isClaimed(id)).toBe(false);
  });

  it("outlives a renewal that failed", async () => {
    const { journal, id } = await workedOn();
    jest.spyOn(journal, "renewClaim").mockRejectedValueOnce(new Error("The pool is exhausted."));
    await jest.advanceTimersByTimeAsync(60 * SECOND_MS);
    expect(await journal.isClaimed(id)).toBe(true);
  });

  it("is renewed no more once it ran out and another has it", async () => {
    const { journal, id } = await workedOn();
    const renew = jest.spyOn(journal, "renewClaim");
    renew.mockRejectedValue(new Error("The database is away."));
    await jest.advanceTimersByTimeAsync(16 * SECOND_MS);
    renew.mockRestore();
    expect(await journal.claimAttempt(id, "another", 300 * SECOND_MS)).toBe(true);
    const renew_again = jest.spyOn(journal, "renewClaim");
    await jest.advanceTimersByTimeAsync(60 * SECOND_MS);
    expect(renew_again).toHaveBeenCalledTimes(1);
  });
});
