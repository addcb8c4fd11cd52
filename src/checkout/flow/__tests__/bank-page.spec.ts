import { TenderConnectionError } from "../../client";
import { FIRST_GAP_MS } from "../poll";
import { DATA, scene, type Scene } from "./scene";
import { attempt, CARD, CHALLENGED, DECLINE } from "./support";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

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

describe("a bank's page that does not open", () => {
  async function leave(): Promise<Scene> {
    const running = scene();
    await running.flow.open();
    running.client.confirmAttempt.mockResolvedValueOnce({
      type: "action_required",
      payment_attempt: CHALLENGED,
    });
    await running.flow.pay(DATA);
    running.flow.goToBank();
    running.client.getAttempt.mockResolvedValue(CHALLENGED);
    return running;
  }

  it("gives the options back on request", async () => {
    const { store } = await leave();
    expect(store.getState().phase).toBe("leaving");
    store.dispatch({ type: "went_back" });
    expect(store.getState()).toMatchObject({ phase: "choosing", selectedId: CARD.id });
  });

  it.each([
    ["still waits for the shopper", CHALLENGED, { phase: "leaving" }],
    ["is being worked on", attempt("pending"), { phase: "checking" }],
    ["was refused", attempt("declined", { decline: DECLINE }), { phase: "declined" }],
    ["came to nothing", attempt("failed"), { phase: "choosing", notice: "payment_failed" }],
    ["was given up", attempt("ready"), { phase: "choosing", notice: "step_up_unfinished" }],
  ])("is looked at when the page is in sight again: the payment %s", async (_, seen, state) => {
    const { flow, store, client, visited } = await leave();
    client.getAttempt.mockResolvedValue(seen);
    await flow.lookAgain();
    expect(store.getState()).toMatchObject(state);
    expect(visited).toHaveLength(1);
    flow.stop();
  });

  it("becomes the order when the payment turns out approved, in the bank's app for one", async () => {
    const { flow, store, client } = await leave();
    client.getAttempt.mockResolvedValue(attempt("authorized"));
    await flow.lookAgain();
    await jest.advanceTimersByTimeAsync(FIRST_GAP_MS);
    expect(store.getState().phase).toBe("done");
  });

  it("keeps its ways on while the store cannot be reached", async () => {
    const { flow, store, client } = await leave();
    client.getAttempt.mockRejectedValue(new TenderConnectionError());
    await flow.lookAgain();
    expect(store.getState().phase).toBe("leaving");
  });

  it("is not asked for while the shopper is somewhere else", async () => {
    const { flow, store, client } = await leave();
    store.dispatch({ type: "went_back" });
    client.getAttempt.mockClear();
    await flow.lookAgain();
    expect(client.getAttempt).not.toHaveBeenCalled();
  });
});
