import { money, type GatewayCapabilities, type PaymentSnapshot } from "../../gateway";

export const AMOUNT = money(1000n, "EUR");
const NOTHING = money(0n, "EUR");

/** A service's only payment, of which nothing has come yet but what is given. */
export function onePayment(state: Partial<PaymentSnapshot>): PaymentSnapshot {
  return {
    reference: "pay_1",
    status: "requires_confirmation",
    amount: AMOUNT,
    authorized: NOTHING,
    captured: NOTHING,
    refunded: NOTHING,
    ...state,
  };
}

/** All that can be done with an approved payment, by one way to pay. */
export function capabilitiesWith(method: string): GatewayCapabilities {
  return {
    methods: [{ id: method, express: false, portable_credential: false }],
    currencies: "all",
    capture: "manual",
    partial_capture: true,
    multiple_capture: true,
    partial_refund: true,
    void: true,
    saved_methods: false,
    update_amount: false,
  };
}
