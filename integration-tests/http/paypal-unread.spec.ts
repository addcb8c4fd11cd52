import { PAYPAL, PaypalAccount } from "../support/paypal-store";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

const account = new PaypalAccount();

/** PayPal cannot be read just as a shopper confirms, in a running Medusa. */
withRunningStore(
  (running) => {
    beforeEach(() =>
      enableProviders(running.container(), running.store().region_id, [PAYPAL, "pp_sandbox_a"]),
    );
    afterEach(() => account.simulator.api.clearFaults());
    afterAll(() => account.stop());

    const hand = () => account.simulator.api;

    /** A shopper who approved in PayPal's window, whose order nobody asked for yet. */
    async function approved() {
      const shopper = await running.shopper();
      const { payment_attempt } = (await shopper.start(`${PAYPAL}:paypal`)).body;
      const paypal_id: string = payment_attempt.client.order_id;
      hand().approve(paypal_id);
      return { shopper, attempt_id: payment_attempt.id as string, paypal_id };
    }

    describe("a shopper", () => {
      it("whose authorization's answer was lost is offered no other way", async () => {
        const { shopper, attempt_id, paypal_id } = await approved();
        await hand().fault({ fault: "reset_after", operation: "orders.authorize", times: 1 });
        expect((await shopper.confirm(attempt_id)).body.type).toBe("pending");
        await hand().fault({ fault: "http_503", operation: "orders.get" });
        const again = await shopper.confirm(attempt_id);
        expect(again.body).toMatchObject({ type: "pending" });
        expect(again.body.payment_options).toBeUndefined();
        await hand().clearFaults();
        expect((await shopper.confirm(attempt_id)).body.type).toBe("order");
        expect(account.booked(paypal_id)).toMatchObject({ authorizations: 1 });
      });

      it("of whom nothing was asked yet is offered another way at once, and pays that way", async () => {
        const { shopper, attempt_id, paypal_id } = await approved();
        await hand().fault({ fault: "http_503", operation: "orders.get" });
        const { status, body } = await shopper.confirm(attempt_id);
        expect({ status, type: body.type }).toEqual({ status: 402, type: "declined" });
        expect(body.payment_options).not.toEqual([]);
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
        expect(confirmed.body.type).toBe("order");
        expect(account.booked(paypal_id)).toMatchObject({ authorizations: 0 });
      });
    });
  },
  () => account.start(),
);
