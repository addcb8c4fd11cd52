import { money } from "../../src/gateway";
import { call } from "../../src/providers/paypal/__tests__/support";
import { startPaypalSimulator, type PaypalSimulator } from "../simulators/paypal";
import { setClock } from "../support/clock";
import { CLIENT_ID, CLIENT_SECRET, orderIn, PaypalShop } from "../support/paypal-shop";

const EUR = (minor: bigint) => money(minor, "EUR");

/** Money of which PayPal has made only a part, or of which it has not said yet what becomes of it. */
describe("PayPal, asked again", () => {
  let simulator: PaypalSimulator;
  beforeAll(async () => {
    simulator = await startPaypalSimulator({
      accounts: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, country: "DE" }],
    });
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => simulator.stop());

  it("gives back no more than it did of a refund made in part, until that is on record and the rest is asked for", async () => {
    const store = new PaypalShop(simulator);
    const payment = await store.pay(EUR(17_000n));
    for (const part of [5_000n, 6_000n, 6_000n]) {
      await store.medusa.capturePayment(payment.id, EUR(part));
    }
    const refund = (amount_minor: bigint) => store.medusa.refundPayment(payment.id, EUR(amount_minor));
    const given = () => ({
      at_paypal: store.booked(payment).refunded,
      on_record: Number(store.medusa.recorded("refunds", payment)),
    });
    await simulator.api.fault({ fault: "reset_after", operation: "captures.refund", times: 1 });
    await expect(refund(8_000n)).rejects.toThrow();
    expect(given()).toEqual({ at_paypal: 5_000, on_record: 0 });
    for (const _ of [1, 2]) {
      setClock(Date.now() + 31_000);
      await expect(refund(8_000n)).rejects.toThrow(/a refund of 50.00 EUR that is not on record here yet/);
      expect(given()).toEqual({ at_paypal: 5_000, on_record: 0 });
    }
    await refund(5_000n);
    expect(given()).toEqual({ at_paypal: 5_000, on_record: 5_000 });
    await refund(3_000n);
    expect(given()).toEqual({ at_paypal: 8_000, on_record: 8_000 });
  });

  it("does not pass off as canceled what PayPal still holds back", async () => {
    const store = new PaypalShop(simulator, { capture: "automatic" });
    const session = await store.open();
    await store.approve(session, { approval: { funding: { kind: "pending", reason: "ECHECK" } } });
    const { gateway } = store.provider;
    const reference = orderIn(session);
    const input = { method: "paypal", amount: EUR(1_000n), data: undefined };
    expect(await gateway.confirmPayment(reference, input, call())).toMatchObject({ type: "pending" });
    await expect(gateway.cancelPayment(reference, call())).rejects.toMatchObject({ kind: "unknown" });
  });
});
