import { TenderConnectionError } from "../../client";
import { DATA, scene } from "./scene";
import { attempt, BANK, CARD, CART, DECLINE } from "./support";

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

  it("pays nothing that the page does not show: a cart that grew in another tab is read again first", async () => {
    const { flow, store, client } = scene();
    await flow.open();
    client.startAttempt.mockResolvedValue({
      type: "started",
      payment_attempt: attempt("ready", { amount: 96 }),
    });
    client.getCart.mockResolvedValue({ ...CART, total: 96 });
    await flow.pay(DATA);
    expect(client.confirmAttempt).not.toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "total_changed" });
    await flow.pay(DATA);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(store.getState().phase).toBe("done");
  });

  it("does not mind fractions of a minor unit, which a payment is rounded from", async () => {
    const { flow, store, client } = scene();
    client.getCart.mockResolvedValue({ ...CART, total: 24.005 });
    await flow.open();
    client.startAttempt.mockResolvedValue({
      type: "started",
      payment_attempt: attempt("ready", { amount: 24.01 }),
    });
    await flow.pay(DATA);
    expect(store.getState().phase).toBe("done");
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
