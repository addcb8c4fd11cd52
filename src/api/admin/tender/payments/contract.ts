/**
 * A payment of an order and what may be done about it now. Amounts are decimal numbers in the currency's main unit; what may
 * not be done has 0.
 */
export type AdminPaymentActions = Readonly<{
  /** Medusa's, for its own routes. */
  payment_id: string;
  payment_attempt_id: string;
  provider_id: string;
  method: string;
  currency_code: string;
  /** Digits that the currency has after the point, by ISO 4217. */
  currency_digits: number;
  captured: number;
  refunded: number;
  is_canceled: boolean;
  /** What may be captured at the most. */
  capturable: number;
  /** Whether less may be captured. */
  partial_capture: boolean;
  /** Whether the rest may be captured later; otherwise the gateway lets it go. */
  multiple_capture: boolean;
  refundable: number;
  partial_refund: boolean;
  /** What a void lets go. */
  voidable: number;
  /** A refund is noted first, and carried out by payee and operator. */
  refunds_by_hand: boolean;
}>;

/** `GET /admin/orders/:id/payment-actions`: first payment first. */
export type AdminOrderPaymentActionsResult = Readonly<{ payment_actions: readonly AdminPaymentActions[] }>;

/** `POST /admin/tender/payments/:id/void`. */
export type AdminPaymentActionsResult = Readonly<{ payment_actions: AdminPaymentActions }>;
