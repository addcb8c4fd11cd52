/** A method that a customer has saved at a gateway. */
export type AdminSavedPaymentMethod = Readonly<{
  id: string;
  provider_id: string;
  method: string;
  brand: string | null;
  last4: string | null;
  exp_month: number | null;
  exp_year: number | null;
}>;

/** `GET /admin/customers/:id/payment-methods`. */
export type AdminSavedPaymentMethodsResult = Readonly<{
  payment_methods: readonly AdminSavedPaymentMethod[];
  /** Providers that could not be asked just now. */
  unreachable: readonly string[];
}>;

/** `DELETE /admin/customers/:id/payment-methods/:provider_id/:saved_method_id`. */
export type AdminRemovedPaymentMethodResult = Readonly<{
  id: string;
  object: "saved_payment_method";
  deleted: true;
}>;
