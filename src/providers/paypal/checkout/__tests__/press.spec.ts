import type { Collected } from "../../../../checkout/gateway-form";
import { createPress, type WindowSession } from "../press";

type Order = Promise<{ orderId: string }>;

/** A page around the button, and what it was told. */
function page(begun: { client: Record<string, unknown> } | null = { client: { order_id: "order_1" } }) {
  const told: Collected[] = [];
  const props = {
    disabled: false,
    begin: jest.fn().mockResolvedValue(begun),
    onApproved: jest.fn((collect: () => Promise<Collected>) => {
      void collect().then((collected) => told.push(collected));
      return true;
    }),
  };
  return { props, told, press: createPress(() => props) };
}

/** A window of PayPal's that does this with its order. */
const session = (play: (order: Order) => Promise<unknown>): WindowSession => ({
  start: (_, order) => play(order),
});

describe("a press of PayPal's button", () => {
  it("opens the window at once, and gives it the order when there is one", async () => {
    const { press, props } = page();
    const start = jest.fn(async (_: unknown, order: Order) =>
      expect(await order).toEqual({ orderId: "order_1" }),
    );
    const pressed = press.start({ start });
    expect(start).toHaveBeenCalledTimes(1);
    await pressed;
    expect(props.begin).toHaveBeenCalledTimes(1);
  });

  it("pays when the shopper approved", async () => {
    const { press, told } = page();
    await press.start(session(async (order) => void (await order, press.approved())));
    expect(told).toEqual([{ type: "data", data: {} }]);
  });

  it("tells nothing when the window was closed", async () => {
    const { press, props } = page();
    await press.start(session((order) => order));
    expect(props.onApproved).not.toHaveBeenCalled();
  });

  it("tells of a failure once, however often PayPal does", async () => {
    const { press, told } = page();
    await press.start(
      session(async (order) => {
        await order;
        press.failed();
        throw new Error("once more");
      }),
    );
    expect(told).toEqual([{ type: "failed" }]);
  });

  it("leaves it to the page to say where beginning the payment led", async () => {
    const { press, props } = page(null);
    await press.start(
      session((order) =>
        order.catch((error: unknown) => {
          press.failed();
          throw error;
        }),
      ),
    );
    expect(props.onApproved).not.toHaveBeenCalled();
  });

  it("says that it failed where the attempt has no order", async () => {
    const { press, told } = page({ client: {} });
    await press.start(session((order) => order));
    expect(told).toEqual([{ type: "failed" }]);
  });

  it("does nothing while a window is open or a payment is under way", async () => {
    const { press, props } = page();
    const start = jest.fn((_: unknown, order: Order) => order);
    await Promise.all([press.start({ start }), press.start({ start })]);
    expect(start).toHaveBeenCalledTimes(1);
    props.disabled = true;
    await press.start({ start });
    expect(start).toHaveBeenCalledTimes(1);
  });

  it("may be followed by another after the window failed", async () => {
    const { press, told } = page();
    await press.start(session(() => Promise.reject(new Error("blocked"))));
    await press.start(session(async (order) => void (await order, press.approved())));
    expect(told).toEqual([{ type: "failed" }, { type: "data", data: {} }]);
  });
});
