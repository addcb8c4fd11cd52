import { TenderApiError, TenderConnectionError, type ConfirmOutcome, type TenderClient } from "../../client";
import type { AttemptMemory } from "../attempt-memory";
import { createCheckoutFlow, type CheckoutFlow } from "../checkout-flow";
import { FIRST_GAP_MS, gapBefore_ms, WIDEST_GAP_MS } from "../poll";
import { createCheckoutStore, type CheckoutStore } from "../store";
import { attempt, BANK, CARD, CART, CHALLENGED, DECLINE, OFFER } from "./support";

const DATA = { card: { number: "4242424242424242" } };
const ORDERED: ConfirmOutcome = {
  type: "order",
  order: { id: "order_1", display_id: 7, email: null, currency_code: "eur", total: 24 },
};

type Scene = {
  flow: CheckoutFlow;
  store: CheckoutStore;
  client: jest.Mocked<TenderClient>;
  memory: jest.Mocked<AttemptMemory>;
  visited: string[];
};

function scene(
  remembered: { attemptId: string | null; returned: boolean } = { attemptId: null, returned: false },
): Scene {
  const store = createCheckoutStore();
  const visited: string[] = [];
  const client: jest.Mocked<TenderClient> = {
    setLocale: jest.fn(),
    getCart: jest.fn().mockResolvedValue(CART),
    listOptions: jest.fn().mockResolvedValue({ payment_options: OFFER.options, declined_options: [] }),
    startAttempt: jest.fn().mockResolvedValue({ type: "started", payment_attempt: attempt("ready") }),
    getAttempt: jest.fn().mockResolvedValue(attempt("ready")),
    confirmAttempt: jest.fn().mockResolvedValue(ORDERED),
  };
  const memory: jest.Mocked<AttemptMemory> = {
    read: jest.fn().mockReturnValue(remembered),
    write: jest.fn(),
    makeLinkable: jest.fn(),
    settleReturn: jest.fn(),
  };
  const navigate = (url: string): void => void visited.push(url);
  return {
    flow: createCheckoutFlow({ client, cartId: "cart_1", store, memory, navigate }),
    store,
    client,
    memory,
    visited,
  };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("paying", () => {
  it("starts an attempt, confirms it with what was typed, and ends with the order", async () => {
    const { flow, store, client, memory } = scene();
    await flow.open();
    await flow.pay(DATA);
    expect(client.startAttempt).toHaveBeenCalledWith("cart_1", { option_id: CARD.id }, expect.anything());
    expect(client.confirmAttempt).toHaveBeenCalledWith("cart_1", "att_1", { data: DATA });
    expect(memory.write).toHaveBeenCalledWith("att_1");
    expect(store.getState()).toMatchObject({ phase: "done", order: { display_id: 7 } });
  });

  it("sends one confirmation however often the button is pressed", async () => {
    const { flow, client } = scene();
    await flow.open();
    await Promise.all([flow.pay(DATA), flow.pay(DATA), flow.pay(DATA)]);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(client.confirmAttempt).toHaveBeenCalledTimes(1);
  });

  it("repeats a start whose answer was lost under the same idempotency key", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    client.startAttempt.mockRejectedValueOnce(new TenderConnectionError());
    await flow.pay(DATA);
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "unreachable_nothing_charged" });
    await flow.pay(DATA);
    const [first, second] = client.startAttempt.mock.calls;
    expect(first?.[2]).toEqual(second?.[2]);
    expect(store.getState().phase).toBe("done");
  });

  it("keeps card data out of everything but the confirmation", async () => {
    const { flow, store, client, memory } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "pending", payment_attempt: attempt("unknown") });
    await flow.pay(DATA);
    const elsewhere = [store.getState(), memory.write.mock.calls, client.startAttempt.mock.calls];
    expect(JSON.stringify(elsewhere)).not.toContain("4242");
    flow.stop();
  });

  it("shows the new total after it changed and pays with the fresh attempt", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    const fresh = attempt("ready", { id: "att_2", amount: 29 });
    client.confirmAttempt.mockResolvedValueOnce({ type: "changed", payment_attempt: fresh });
    client.getCart.mockResolvedValue({ ...CART, total: 29 });
    await flow.pay(DATA);
    expect(store.getState()).toMatchObject({
      phase: "choosing",
      notice: "total_changed",
      cart: { total: 29 },
    });
    await flow.pay(DATA);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(client.confirmAttempt).toHaveBeenLastCalledWith("cart_1", "att_2", { data: DATA });
  });

  it.each(["cart_incomplete", "item_unavailable"] as const)(
    "says that nothing was charged when the cart cannot become an order: %s",
    async (reason) => {
      const { flow, store, client } = scene();
      await flow.open();
      client.confirmAttempt.mockResolvedValueOnce({ type: "cart_unfit", reason });
      await flow.pay(DATA);
      expect(store.getState()).toMatchObject({ phase: "choosing", notice: reason });
    },
  );

  it("offers the other options when the chosen one is gone", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    client.startAttempt.mockResolvedValueOnce({ type: "option_gone" });
    client.listOptions.mockResolvedValue({ payment_options: [BANK], declined_options: [] });
    await flow.pay(DATA);
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "option_gone", selectedId: BANK.id });
  });

  it.each([
    ["for a while", 90, { blocked: "wait" }],
    ["for good", null, { blocked: "limited", retryAt: null }],
  ])("stops %s where a limit holds", async (_, retry_after_s, state) => {
    const { flow, store, client } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "limited", retry_after_s });
    await flow.pay(DATA);
    expect(store.getState()).toMatchObject({ phase: "blocked", ...state });
    if (retry_after_s !== null) expect(store.getState().retryAt).toBe(Date.now() + 90_000);
  });

  it("goes on with the same attempt after a limit is over", async () => {
    const { flow, store, client } = scene({ attemptId: "att_1", returned: false });
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "limited", retry_after_s: 5 });
    await flow.pay(DATA);
    store.dispatch({ type: "reopened" });
    await flow.open();
    await flow.pay(DATA);
    expect(store.getState().phase).toBe("done");
    expect(client.startAttempt).not.toHaveBeenCalled();
  });

  it("does not say that nothing was charged when an approved payment is returned", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "returned" });
    await flow.pay(DATA);
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "payment_returned" });
  });

  it("starts a new attempt after a decline", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({
      type: "declined",
      payment_attempt: attempt("declined"),
      decline: DECLINE,
      payment_options: [BANK],
      declined_options: [],
    });
    await flow.pay(DATA);
    expect(store.getState().phase).toBe("declined");
    store.dispatch({ type: "selected", optionId: BANK.id });
    await flow.pay();
    expect(client.startAttempt).toHaveBeenLastCalledWith("cart_1", { option_id: BANK.id }, expect.anything());
  });
});

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
    await flow.payAnotherWay();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "first_payment_returned" });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.getState().phase).toBe("choosing");
  });
});

describe("the bank's page", () => {
  it("is announced before it opens", async () => {
    const { flow, store, client, visited } = scene();
    await flow.open();
    client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt: CHALLENGED });
    await flow.pay(DATA);
    expect(store.getState().phase).toBe("stepping_up");
    expect(visited).toEqual([]);
    flow.goToBank();
    expect(visited).toEqual(["https://bank.example/challenge"]);
  });

  it("is never an address that would run in this page", async () => {
    const { flow, store, client, visited } = scene();
    await flow.open();
    const trap = { type: "redirect", url: "javascript:alert(1)", reason: "bank_page" } as const;
    const payment_attempt = attempt("action_required", { next_action: trap });
    client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt });
    await flow.pay(DATA);
    expect(store.getState().phase).toBe("checking");
    expect(visited).toEqual([]);
    flow.stop();
  });

  it("closed without a decision gives the options back", async () => {
    const { flow, store, client } = scene({ attemptId: "att_1", returned: true });
    client.getAttempt.mockResolvedValue(CHALLENGED);
    client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt: CHALLENGED });
    await flow.open();
    expect(store.getState()).toMatchObject({
      phase: "choosing",
      notice: "step_up_unfinished",
      selectedId: CARD.id,
    });
  });

  it("approved becomes the order on the way back, confirmed without any data", async () => {
    const { flow, store, client } = scene({ attemptId: "att_1", returned: true });
    client.getAttempt.mockResolvedValue(CHALLENGED);
    await flow.open();
    expect(client.confirmAttempt).toHaveBeenCalledWith("cart_1", "att_1", {});
    expect(store.getState().phase).toBe("done");
  });
});

describe("opening the page", () => {
  it.each([
    ["an attempt that waits for the bank's page", CHALLENGED, "stepping_up"],
    ["an attempt whose outcome is unknown", attempt("unknown"), "checking"],
    ["an approved attempt", attempt("authorized"), "done"],
    ["a refused attempt", attempt("declined", { decline: DECLINE }), "declined"],
    ["an attempt that came to nothing", attempt("failed"), "choosing"],
  ])("with %s remembered goes where it says", async (_, remembered, phase) => {
    const { flow, store, client } = scene({ attemptId: "att_1", returned: false });
    client.getAttempt.mockResolvedValue(remembered);
    await flow.open();
    expect(store.getState().phase).toBe(phase);
    flow.stop();
  });

  it("forgets an attempt the store does not know", async () => {
    const { flow, store, client } = scene({ attemptId: "att_gone", returned: false });
    client.getAttempt.mockRejectedValue(new TenderApiError(404, "not_found", ""));
    await flow.open();
    expect(store.getState()).toMatchObject({ phase: "choosing", attempt: null });
  });

  it.each([
    ["an unknown cart", new TenderApiError(404, "not_found", ""), "not_found"],
    ["a store that is down", new TenderConnectionError(), "unreachable"],
    ["a wrong key", new TenderApiError(401, "unauthorized", ""), "failed"],
    ["a limit on requests", new TenderApiError(429, "too_many_requests", "", 30), "wait"],
  ])("says what is wrong with %s", async (_, error, reason) => {
    const { flow, store, client } = scene();
    client.getCart.mockRejectedValue(error);
    await flow.open();
    expect(store.getState()).toMatchObject({ phase: "blocked", blocked: reason });
  });

  it("of a paid cart asks for nothing", async () => {
    const { flow, store, client } = scene();
    client.getCart.mockResolvedValue({ ...CART, completed_at: "2030-01-01" });
    await flow.open();
    expect(store.getState().phase).toBe("done");
    expect(client.confirmAttempt).not.toHaveBeenCalled();
  });
});
