import { TenderApiError, TenderConnectionError } from "../../client";
import { FIRST_GAP_MS, gapBefore_ms, WIDEST_GAP_MS } from "../poll";
import { DATA, scene, SINCE, type Scene } from "./scene";
import { attempt, BANK_DEBIT } from "./support";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a confirmation whose answer was lost", () => {
  async function loseConfirmation(): Promise<Scene> {
    const running = scene();
    await running.flow.open();
    running.client.confirmAttempt.mockRejectedValueOnce(new TenderConnectionError());
    await running.flow.pay(DATA);
    return running;
  }

  it("is looked up, not repeated", async () => {
    const { store, client, flow } = await loseConfirmation();
    expect(store.getState().phase).toBe("checking");
    expect(client.confirmAttempt).toHaveBeenCalledTimes(1);
    flow.stop();
  });

  it("becomes the order when the payment turns out approved", async () => {
    const { store, client } = await loseConfirmation();
    client.getAttempt.mockResolvedValue(attempt("authorized"));
    await jest.advanceTimersByTimeAsync(FIRST_GAP_MS);
    expect(store.getState().phase).toBe("done");
    expect(client.confirmAttempt).toHaveBeenLastCalledWith("cart_1", "att_1");
  });

  it("becomes the order at once when the outcome takes days", async () => {
    const { store, client } = await loseConfirmation();
    client.getAttempt.mockResolvedValue(BANK_DEBIT);
    await jest.advanceTimersByTimeAsync(FIRST_GAP_MS);
    expect(store.getState().phase).toBe("done");
    expect(client.confirmAttempt).toHaveBeenLastCalledWith("cart_1", "att_1");
  });

  it("gives the options back when it never arrived, and the next one uses the same attempt", async () => {
    const { flow, store, client } = await loseConfirmation();
    await jest.advanceTimersByTimeAsync(3 * FIRST_GAP_MS);
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "lost_nothing_charged" });
    await flow.pay(DATA);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["too many requests", new TenderApiError(429, "too_many_requests", "")],
    ["an attempt it cannot find", new TenderApiError(404, "not_found", "")],
  ])("is never called uncharged because a look was refused with %s", async (_, error) => {
    const { store, client, flow } = await loseConfirmation();
    client.getAttempt.mockRejectedValue(error);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.getState()).toMatchObject({ phase: "checking", notice: null });
    flow.stop();
  });

  it("goes on looking while the store cannot be reached", async () => {
    const { store, client, flow } = await loseConfirmation();
    client.getAttempt.mockRejectedValue(new TenderConnectionError());
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.getState().phase).toBe("checking");
    flow.stop();
  });
});

describe("a confirmation that is refused", () => {
  it.each([
    [400, "choosing"],
    [401, "blocked"],
    [404, "choosing"],
    [409, "checking"],
    [422, "checking"],
  ])("with status %i and no known reason leads to %s", async (status, phase) => {
    const { flow, store, client } = scene();
    await flow.open();
    client.confirmAttempt.mockRejectedValueOnce(new TenderApiError(status, "unknown_error", ""));
    await flow.pay(DATA);
    expect(store.getState().phase).toBe(phase);
    flow.stop();
  });
});

describe("an outcome that stays unknown", () => {
  it("is looked at every two seconds, then less and less often", () => {
    const gaps = Array.from({ length: 12 }, (_, look) => gapBefore_ms(look));
    expect(gaps.slice(0, 5)).toEqual(Array(5).fill(FIRST_GAP_MS));
    expect(Math.max(...gaps)).toBe(WIDEST_GAP_MS);
  });

  it("can be paid another way, and the shopper is told that the first payment is returned", async () => {
    const { flow, store, client, memory } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "pending", payment_attempt: attempt("unknown") });
    client.getAttempt.mockResolvedValue(attempt("unknown"));
    await flow.pay(DATA);
    expect(memory.makeLinkable).toHaveBeenCalledWith("att_1");
    expect(store.getState().waitingSince).toBe(SINCE);
    await flow.payAnotherWay();
    expect(memory.forget).toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "first_payment_returned" });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.getState().phase).toBe("choosing");
  });

  it("goes on being looked at when the browser brings the page back and the store cannot be reached", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "pending", payment_attempt: attempt("unknown") });
    await flow.pay(DATA);
    client.getCart.mockRejectedValue(new TenderConnectionError());
    await flow.reopen();
    expect(store.getState().phase).toBe("checking");
    client.getAttempt.mockResolvedValue(attempt("authorized"));
    await jest.advanceTimersByTimeAsync(FIRST_GAP_MS);
    expect(store.getState().phase).toBe("done");
  });
});
