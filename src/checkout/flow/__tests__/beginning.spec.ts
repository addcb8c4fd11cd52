import { TenderApiError, TenderConnectionError } from "../../client";
import type { Collected, GatewayForm } from "../../gateway-form";
import { INITIAL_STATE } from "../reducer";
import { createCheckoutStore } from "../store";
import { ORDERED, scene, type Scene } from "./scene";
import { attempt, BANK, CART, DECLINE, option } from "./support";

const OWN = option("own", "acme_button");
const BEGUN = attempt("ready", { option_id: OWN.id, method: OWN.method, client: { order_id: "o_1" } });
const COLLECTED: Collected = { type: "data", data: {} };

/** A checkout with a gateway's form, whose service needs a payment before the shopper approves it. */
async function choosing(): Promise<Scene> {
  const form: GatewayForm = {
    draws: ({ client }) => client["form"] === "acme_button",
    actsOn: () => false,
    load: async () => ({ Fields: (() => null) as never, act: async () => undefined }),
  };
  const on = scene(undefined, createCheckoutStore({ ...INITIAL_STATE, forms: [form] }));
  on.client.listOptions.mockResolvedValue({ payment_options: [OWN, BANK], declined_options: [] });
  on.client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: BEGUN });
  await on.flow.open();
  return on;
}

describe("a payment begun by a gateway's form", () => {
  it("is there before the shopper approves, who stays among the options", async () => {
    const { flow, store, memory } = await choosing();
    expect(await flow.begin(OWN.id)).toEqual(BEGUN);
    expect(store.getState()).toMatchObject({ phase: "choosing", attempt: BEGUN });
    expect(memory.write).toHaveBeenCalledWith(BEGUN.id);
  });

  it("is the one that paying confirms", async () => {
    const { flow, client, store } = await choosing();
    await flow.begin(OWN.id);
    await flow.pay(async () => COLLECTED, OWN.id);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(client.confirmAttempt).toHaveBeenCalledWith("cart_1", BEGUN.id, { data: {} });
    expect(store.getState().phase).toBe("done");
  });

  it("may begin while its details are collected", async () => {
    const { flow, client, store } = await choosing();
    await flow.pay(async () => {
      expect(await flow.begin(OWN.id)).toEqual(BEGUN);
      expect(store.getState().phase).toBe("paying");
      return COLLECTED;
    });
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(store.getState()).toMatchObject({ phase: "done", order: ORDERED.order });
  });

  it("waits for another try after the shopper closed the service's window", async () => {
    const { flow, client } = await choosing();
    await flow.begin(OWN.id);
    expect(await flow.begin(OWN.id)).toEqual(BEGUN);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
  });

  it("is not kept for another option", async () => {
    const { flow, client } = await choosing();
    await flow.begin(OWN.id);
    await flow.pay(undefined, BANK.id);
    expect(client.startAttempt).toHaveBeenLastCalledWith("cart_1", { option_id: BANK.id }, expect.anything());
  });

  it.each([
    [
      "a refusal",
      { type: "started", payment_attempt: { ...BEGUN, status: "declined", decline: DECLINE } },
      { phase: "declined", decline: DECLINE },
    ],
    ["a cart that changed", { type: "changed", payment_attempt: null }, { notice: "total_changed" }],
    ["an option that is gone", { type: "option_gone" }, { notice: "option_gone" }],
    ["a cart that was paid elsewhere", { type: "completed" }, { phase: "done" }],
    ["a limit", { type: "limited", retry_after_s: 5 }, { phase: "blocked", blocked: "wait" }],
    [
      "another payment that may still succeed",
      { type: "pending", payment_attempt: attempt("unknown") },
      { phase: "checking" },
    ],
  ] as const)("leads where the page says so with %s", async (_, outcome, state) => {
    for (const isCollecting of [false, true]) {
      const { flow, client, store } = await choosing();
      client.startAttempt.mockResolvedValue(outcome);
      const begin = async (): Promise<Collected> => {
        expect(await flow.begin(OWN.id)).toBeNull();
        return { type: "canceled" };
      };
      await (isCollecting ? flow.pay(begin) : begin());
      expect(store.getState()).toMatchObject({ phase: "choosing", ...state });
      expect(client.confirmAttempt).not.toHaveBeenCalled();
      flow.stop();
    }
  });

  it("has its details asked for again when another provider took over", async () => {
    const { flow, client, store } = await choosing();
    const elsewhere = attempt("ready", { option_id: "pp_b:own", provider_id: "pp_b", method: "own" });
    client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: elsewhere });
    expect(await flow.begin(OWN.id)).toBeNull();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "details_again" });
  });

  it.each([
    ["the store cannot be reached", new TenderConnectionError(), { notice: "unreachable_nothing_charged" }],
    ["the store refuses it", new TenderApiError(400, "invalid", ""), { notice: "payment_failed" }],
    ["the key is wrong", new TenderApiError(401, "unauthorized", ""), { phase: "blocked" }],
  ])("says so when %s", async (_, error, state) => {
    const { flow, client, store } = await choosing();
    client.startAttempt.mockRejectedValue(error);
    expect(await flow.begin(OWN.id)).toBeNull();
    expect(store.getState()).toMatchObject({ phase: "choosing", ...state });
  });

  it("matters no more once the shopper pays another way", async () => {
    const { flow, client, store, memory } = await choosing();
    let answer = (_: Awaited<ReturnType<typeof client.startAttempt>>): void => undefined;
    client.startAttempt.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const begun = flow.begin(OWN.id);
    store.dispatch({ type: "pay_pressed", optionId: BANK.id });
    answer({ type: "started", payment_attempt: { ...BEGUN, status: "declined", decline: DECLINE } });
    expect(await begun).toBeNull();
    expect(store.getState().phase).toBe("paying");
    expect(memory.write).not.toHaveBeenCalled();
  });

  it("is not handed out for an amount the page does not show: the total is read again first", async () => {
    const { flow, client, store } = await choosing();
    client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: { ...BEGUN, amount: 96 } });
    client.getCart.mockResolvedValue({ ...CART, total: 96 });
    expect(await flow.begin(OWN.id)).toBeNull();
    expect(store.getState()).toMatchObject({
      phase: "choosing",
      notice: "total_changed",
      cart: { total: 96 },
    });
    expect(await flow.begin(OWN.id)).toMatchObject({ amount: 96 });
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
  });

  describe("of which the form knows only that something went wrong", () => {
    const fail = async ({ flow }: Scene): Promise<void> =>
      flow.pay(async () => {
        await flow.begin(OWN.id);
        throw new Error("the answer was lost");
      }, OWN.id);

    it("is asked for at the store, which places the order when it was approved", async () => {
      const on = await choosing();
      await fail(on);
      expect(on.client.confirmAttempt).toHaveBeenCalledWith("cart_1", BEGUN.id, { data: {} });
      expect(on.store.getState()).toMatchObject({ phase: "done", order: ORDERED.order });
    });

    it("is told as failed, uncharged, when it was not, and can be tried again", async () => {
      const on = await choosing();
      const open = { ...BEGUN, status: "action_required" as const };
      on.client.confirmAttempt.mockResolvedValue({ type: "action_required", payment_attempt: open });
      await fail(on);
      expect(on.store.getState()).toMatchObject({ phase: "choosing", notice: "form_failed" });
      expect(await on.flow.begin(OWN.id)).toEqual(open);
    });

    it("is looked at until the store says what became of it", async () => {
      const on = await choosing();
      on.client.confirmAttempt.mockRejectedValue(new TenderConnectionError());
      await fail(on);
      expect(on.store.getState()).toMatchObject({ phase: "checking", notice: null });
      on.flow.stop();
    });
  });

  it("whose confirmation was lost is confirmed again before it is called uncharged: the service may have it approved", async () => {
    jest.useFakeTimers();
    const { flow, client, store } = await choosing();
    await flow.begin(OWN.id);
    client.getAttempt.mockResolvedValue(BEGUN);
    client.confirmAttempt.mockRejectedValueOnce(new TenderConnectionError());
    await flow.pay(async () => COLLECTED, OWN.id);
    expect(store.getState().phase).toBe("checking");
    await jest.advanceTimersByTimeAsync(60_000);
    jest.useRealTimers();
    expect(client.confirmAttempt).toHaveBeenCalledTimes(2);
    expect(store.getState()).toMatchObject({ phase: "done", order: ORDERED.order });
  });

  it("cannot begin where nothing is chosen", async () => {
    const { flow, client, store } = await choosing();
    store.dispatch({ type: "pay_pressed" });
    store.dispatch({ type: "ordered", order: null });
    expect(await flow.begin(OWN.id)).toBeNull();
    expect(client.startAttempt).not.toHaveBeenCalled();
  });
});
