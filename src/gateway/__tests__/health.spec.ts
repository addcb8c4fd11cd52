import { GatewayUnavailable, InvalidPaymentData, OutcomeUndecided, OutcomeUnknown } from "../errors";
import { GatewayHealth } from "../health";

const OPTIONS = { faults: 5, window_ms: 60_000, open_ms: 40 };

async function fail(health: GatewayHealth, error: Error, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await expect(health.run(() => Promise.reject(error))).rejects.toThrow();
  }
}

/** So that a slow machine does not let time pass. */
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("the circuit breaker", () => {
  it("opens after five faults of the provider and then asks nobody", async () => {
    const health = new GatewayHealth("pp_test", OPTIONS);
    await fail(health, new OutcomeUnknown("lost"), 4);
    expect(health.state).toBe("closed");
    await fail(health, new GatewayUnavailable("down"), 1);
    expect(health.state).toBe("open");
    const call = jest.fn(() => Promise.resolve("answer"));
    await expect(health.run(call)).rejects.toThrow(GatewayUnavailable);
    expect(call).not.toHaveBeenCalled();
  });

  it("does not count what is not the provider's fault", async () => {
    const health = new GatewayHealth("pp_test", OPTIONS);
    await fail(health, new InvalidPaymentData("card.number is missing"), 20);
    await fail(health, new GatewayUnavailable("not in whole cents", { refused_by_us: true }), 20);
    expect(health.state).toBe("closed");
  });

  it("does not count an answer that was understood, though it leaves the outcome open", async () => {
    const health = new GatewayHealth("pp_test", OPTIONS);
    await fail(health, new OutcomeUndecided("held back for review"), 20);
    expect(health.state).toBe("closed");
  });

  it("counts faults within its window even when calls succeed in between", async () => {
    const health = new GatewayHealth("pp_test", OPTIONS);
    for (let round = 0; round < 5; round += 1) {
      await fail(health, new OutcomeUnknown("lost"), 1);
      if (health.state === "closed") await health.run(() => Promise.resolve());
    }
    expect(health.state).toBe("open");
  });

  it("lets one probe through after its time and closes when it succeeds", async () => {
    const health = new GatewayHealth("pp_test", OPTIONS);
    await fail(health, new GatewayUnavailable("down"), 5);
    jest.advanceTimersByTime(OPTIONS.open_ms + 10);
    expect(health.state).toBe("half_open");
    await health.run(() => Promise.resolve());
    expect(health.state).toBe("closed");
  });

  it("opens again when the probe fails", async () => {
    const health = new GatewayHealth("pp_test", OPTIONS);
    await fail(health, new GatewayUnavailable("down"), 5);
    jest.advanceTimersByTime(OPTIONS.open_ms + 10);
    await fail(health, new GatewayUnavailable("down"), 1);
    expect(health.state).toBe("open");
  });
});
