import { TenderApiError, TenderConnectionError, type PlaceOutcome } from "../../client";
import { owesNothing } from "../reducer";
import { ORDERED, scene, type Scene } from "./scene";
import { attempt, CART, CHALLENGED, DECLINE, OFFER } from "./support";

const FREE = { ...CART, credit_line_total: 24, total: 0 };

/** An open checkout of a cart that gift cards pay in full. */
async function freeScene(remembered = attempt("failed")): Promise<Scene> {
  const running = scene({ attemptId: remembered.id, returned: false });
  running.client.getCart.mockResolvedValue(FREE);
  running.client.getAttempt.mockResolvedValue(remembered);
  await running.flow.open();
  return running;
}

describe("a cart with nothing to pay", () => {
  it("becomes an order without any payment", async () => {
    const { flow, store, client } = await freeScene();
    expect(owesNothing(store.getState())).toBe(true);
    await flow.placeOrder();
    expect(client.placeOrder).toHaveBeenCalledWith("cart_1");
    expect(client.startAttempt).not.toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ phase: "done", order: { display_id: 7 } });
  });

  it("is placed once however often the button is pressed", async () => {
    const { flow, client } = await freeScene();
    await Promise.all([flow.placeOrder(), flow.placeOrder(), flow.placeOrder()]);
    expect(client.placeOrder).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["a refused payment", attempt("declined", { decline: DECLINE })],
    ["a bank's page that was left", CHALLENGED],
  ])("has nothing to do with %s from before", async (_, remembered) => {
    const { store } = await freeScene(remembered);
    expect(store.getState()).toMatchObject({ phase: "choosing", attempt: null });
  });

  it("still waits for a payment from before that may have moved money", async () => {
    const { flow, store } = await freeScene(attempt("unknown"));
    expect(store.getState().phase).toBe("checking");
    flow.stop();
  });

  it("says so when the order is not placed, and offers the ways to pay that are wanted after all", async () => {
    const { flow, store, client } = await freeScene();
    client.placeOrder.mockResolvedValueOnce({ type: "not_placed" });
    client.getCart.mockResolvedValue(CART);
    client.listOptions.mockResolvedValue({ payment_options: OFFER.options, declined_options: [] });
    await flow.placeOrder();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "order_not_placed" });
    expect(owesNothing(store.getState())).toBe(false);
  });

  it("can be placed again after its answer was lost", async () => {
    const { flow, store, client } = await freeScene();
    client.placeOrder.mockRejectedValueOnce(new TenderConnectionError());
    await flow.placeOrder();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "order_not_answered" });
    await flow.placeOrder();
    expect(store.getState()).toMatchObject({ phase: "done", order: ORDERED.order });
  });

  it.each<[string, PlaceOutcome | Error, object]>([
    ["a limit", { type: "limited", retry_after_s: 30 }, { phase: "blocked", blocked: "wait" }],
    ["a paid cart", { type: "completed" }, { phase: "done", order: null }],
    [
      "an item that is sold out",
      { type: "cart_unfit", reason: "item_unavailable" },
      { notice: "item_unavailable" },
    ],
    ["a wrong key", new TenderApiError(401, "unauthorized", ""), { phase: "blocked", blocked: "failed" }],
  ])("goes where %s says", async (_, outcome, state) => {
    const { flow, store, client } = await freeScene();
    if (outcome instanceof Error) client.placeOrder.mockRejectedValueOnce(outcome);
    else client.placeOrder.mockResolvedValueOnce(outcome);
    await flow.placeOrder();
    expect(store.getState()).toMatchObject(state);
  });
});

describe("a cart that is not free", () => {
  it.each([
    ["something is to be paid", CART],
    ["it is empty", { ...FREE, items: [] }],
  ])("is never placed without a payment: %s", async (_, cart) => {
    const { flow, store, client } = scene();
    client.getCart.mockResolvedValue(cart);
    await flow.open();
    await flow.placeOrder();
    expect(store.getState().phase).toBe("choosing");
    expect(client.placeOrder).not.toHaveBeenCalled();
  });
});
