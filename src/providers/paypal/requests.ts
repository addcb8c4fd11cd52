import { createHash } from "node:crypto";
import { CheckoutPaymentIntent, PatchOp, type OrderRequest, type Patch } from "@paypal/paypal-server-sdk";
import type { Money } from "../../gateway/money";
import type { CallContext, CreatePaymentInput } from "../../gateway/payment-gateway";
import { toApiMoney } from "./amounts";
import type { PurchaseUnitAnswer } from "./answers";
import type { ToldOrder } from "./order-details";
import type { PayPalOptions } from "./options";
import { sourceOf, type NewSource } from "./sources";
import { wireOf } from "./wire-names";

/** What PayPal answers with in full; it would leave the payments out otherwise. */
export const REPRESENTATION = "return=representation";

/** Of all that PayPal publishes about `PayPal-Request-Id`, the shortest length that is named. */
const REQUEST_ID_LIMIT = 38;
const MARK_LENGTH = 32;

/** Marks the purchase unit with the customer it was made for: only their saved methods may pay it. */
const CUSTOMER_MARK = "customer:";

/** Stands before the `custom_id` of an order that was given up: PayPal has no call that ends one nobody paid. */
const CANCELED_MARK = "canceled_";
const CUSTOM_ID_LIMIT = 127;

/** The same for the same key, and short enough for PayPal. */
export function requestIdOf(idempotency_key: string): string {
  return idempotency_key.length <= REQUEST_ID_LIMIT
    ? idempotency_key
    : createHash("sha256").update(idempotency_key).digest("base64url").slice(0, REQUEST_ID_LIMIT);
}

/** Stands with every refund a call made; of letters that PayPal takes for a `custom_id`. */
export function markOf({ idempotency_key }: Pick<CallContext, "idempotency_key">): string {
  return createHash("sha256").update(idempotency_key).digest("hex").slice(0, MARK_LENGTH);
}

export type NewOrder = OrderRequest & Readonly<{ paymentSource?: NewSource }>;

/**
 * A new order. `custom_id` stands in PayPal's reports of every capture, so that money can be traced back; the
 * invoice number is left alone, since several captures of one order would share it.
 *
 * @param told what is said of the order beside its amount
 */
export function orderRequest(
  input: CreatePaymentInput,
  options: PayPalOptions,
  { breakdown, items, shipping }: ToldOrder,
): NewOrder {
  const { amount, attempt_id, customer } = input;
  const paymentSource = sourceOf(input, options, shipping !== undefined);
  const customer_id = customer?.gateway_customer_id;
  return {
    intent: options.capture === "manual" ? CheckoutPaymentIntent.Authorize : CheckoutPaymentIntent.Capture,
    purchaseUnits: [
      {
        ...(customer_id !== undefined && { referenceId: `${CUSTOMER_MARK}${customer_id}` }),
        amount: { ...toApiMoney(amount), ...(breakdown && { breakdown }) },
        ...(items && { items: [...items] }),
        ...(shipping && { shipping }),
        customId: attempt_id,
        ...(options.payment_description !== undefined && { description: options.payment_description }),
        ...(options.soft_descriptor !== undefined && { softDescriptor: options.soft_descriptor }),
      },
    ],
    ...(paymentSource && { paymentSource }),
  };
}

/** PayPal's customer that an order was made for. */
export function customerOf({ referenceId }: PurchaseUnitAnswer): string | undefined {
  return referenceId.startsWith(CUSTOMER_MARK) ? referenceId.slice(CUSTOMER_MARK.length) : undefined;
}

/**
 * Changes what an order nobody approved yet asks for, and what it says of it: PayPal refuses items and parts that do not
 * make up the amount, those it was told before included. Source: Orders v2, "Update order", patchable attributes.
 */
export function repricePatch(
  unit: PurchaseUnitAnswer,
  amount: Money,
  { breakdown, items, shipping }: ToldOrder,
): Patch[] {
  const step = (op: PatchOp, attribute: string, value?: unknown): Patch => ({
    op,
    path: `/purchase_units/@reference_id=='${unit.referenceId}'/${attribute}`,
    ...(value !== undefined && { value: wireOf(value) }),
  });
  const put = (attribute: string, value: unknown, before: unknown): Patch =>
    step(before ? PatchOp.Replace : PatchOp.Add, attribute, value);
  const has_items = (unit.items ?? []).length > 0;
  return [
    step(PatchOp.Replace, "amount", { ...toApiMoney(amount), ...(breakdown && { breakdown }) }),
    ...(items ? [put("items", items, has_items)] : []),
    ...(!items && has_items ? [step(PatchOp.Remove, "items")] : []),
    ...(shipping?.address ? [put("shipping/address", shipping.address, unit.shipping?.address)] : []),
    ...(shipping?.name ? [put("shipping/name", shipping.name, unit.shipping?.name)] : []),
  ];
}

/** True for an order that was given up before anybody paid it: nobody but this server could take its money. */
export function isGivenUp({ customId }: PurchaseUnitAnswer): boolean {
  return customId?.startsWith(CANCELED_MARK) === true;
}

/** Notes in an order nobody paid that it is given up. */
export function giveUpPatch({ referenceId, customId }: PurchaseUnitAnswer): Patch[] {
  return [
    {
      op: customId === undefined ? PatchOp.Add : PatchOp.Replace,
      path: `/purchase_units/@reference_id=='${referenceId}'/custom_id`,
      value: `${CANCELED_MARK}${customId ?? ""}`.slice(0, CUSTOM_ID_LIMIT),
    },
  ];
}
