import { TenderApiError, TenderConnectionError } from "../../client";
import { scene } from "./scene";
import { attempt, BANK_DEBIT, CART, CHALLENGED, DECLINE, OFFER } from "./support";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("opening the page", () => {
  it.each([
    ["an attempt that waits for the bank's page", CHALLENGED, "stepping_up"],
    ["an attempt whose outcome is unknown", attempt("unknown"), "checking"],
    ["an approved attempt", attempt("authorized"), "done"],
    ["a bank debit", BANK_DEBIT, "done"],
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

  it.each(["paying", "checking", "done"] as const)(
    "again is left alone while the page is %s",
    async (phase) => {
      const { flow, store, client } = scene();
      store.dispatch({ type: "cart_loaded", cart: CART, offer: OFFER });
      store.dispatch({ type: "loaded", attempt: null });
      store.dispatch({ type: "pay_pressed" });
      if (phase === "checking") store.dispatch({ type: "pending", attempt: attempt("unknown"), since: 0 });
      if (phase === "done") store.dispatch({ type: "ordered", order: null });
      await flow.reopen();
      expect(store.getState().phase).toBe(phase);
      expect(client.getCart).not.toHaveBeenCalled();
    },
  );
});
