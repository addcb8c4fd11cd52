import { model } from "@medusajs/framework/utils";

/** The promotion that the choice of a payment option brought into a cart; at most one. */
export const TenderPaymentBroughtPromotion = model.define("tender_payment_brought_promotion", {
  cart_id: model.text().primaryKey(),
  /** As it stands in the cart's adjustments. */
  code: model.text(),
});
