import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import type { AttemptRecord, AttemptStatus } from "../../gateway";
import { LOCALES, methodTitle, optionId, type Locale } from "../../services";
import { loadOptionsInput } from "./list-payment-options";
import { listAttempts, loadCartHead, tenderModule } from "../medusa/load-cart";
import { findProvider } from "../medusa/payment-providers";

const Cart = z.object({
  id: z.string(),
  completed_at: z.unknown(),
  sales_channel_id: z.string().nullish(),
  region_id: z.string().nullish(),
  order: z
    .object({
      id: z.string(),
      display_id: z.number(),
      email: z.string().nullish(),
      currency_code: z.string(),
      total: z.coerce.number(),
    })
    .nullish(),
});

const Channel = z.object({
  publishable_api_keys: z
    .array(z.object({ token: z.string(), type: z.string(), revoked_at: z.unknown() }).nullish())
    .nullish(),
});

const Store = z.object({ name: z.string().nullish() });

export type CheckoutCart = Readonly<{
  id: string;
  publishable_key: string | null;
  region_id: string | null;
  order: PlacedOrder | null;
}>;

/** The order a cart has become, as far as a page needs it. The total is in the currency's main unit. */
export type PlacedOrder = Readonly<{
  id: string;
  display_id: number;
  email: string | null;
  currency_code: string;
  total: number;
}> &
  PaymentOfOrder;

/** How an order was paid. */
export type PaymentOfOrder = Readonly<{
  /** The title of the way to pay in every language; null when no attempt tells. */
  paid_with: Readonly<Record<Locale, string>> | null;
  /** False while the money is yet to come, e.g. on delivery. */
  is_paid: boolean;
  /** The attempt it was placed with, unless its money has come; null where no attempt tells. */
  open_attempt_id: string | null;
}>;

/** What the page needs of a cart: the key its browser uses, and the order it may have become. Null when unknown. */
export async function findCheckoutCart(scope: MedusaContainer, cartId: string): Promise<CheckoutCart | null> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart",
    fields: [
      "id",
      "completed_at",
      "sales_channel_id",
      "region_id",
      "order.id",
      "order.display_id",
      "order.email",
      "order.currency_code",
      "order.total",
    ],
    filters: { id: cartId },
  });
  const [cart] = z.array(Cart).parse(data);
  if (!cart) return null;
  const order = cart.completed_at ? cart.order : null;
  return {
    id: cart.id,
    publishable_key: cart.sales_channel_id ? await publishableKey(scope, cart.sales_channel_id) : null,
    region_id: cart.region_id ?? null,
    order: order
      ? { ...order, email: order.email ?? null, ...(await paymentOfOrder(scope, cart.id, order.total)) }
      : null,
  };
}

/** What an attempt that became the order may be. Medusa also places orders whose payment is still pending. */
const BECAME_ORDER: readonly AttemptStatus[] = ["captured", "authorized", "pending"];

async function paymentOfOrder(
  scope: MedusaContainer,
  cart_id: string,
  total: number,
): Promise<PaymentOfOrder> {
  const cart = await loadCartHead(scope, cart_id);
  const attempts = await listAttempts(scope, cart);
  const became = attempts.filter(({ status }) => BECAME_ORDER.includes(status)).at(-1);
  // Without such an attempt the order was placed with the last one, which came to nothing since; or it was free.
  const attempt = became ?? (total > 0 ? attempts.at(-1) : undefined);
  if (!attempt) return { paid_with: null, is_paid: false, open_attempt_id: null };
  // Without the attempts, whose refusals would hide options.
  const facts = { ...(await loadOptionsInput(scope, cart, LOCALES[0], attempts)), attempts: [] };
  const titleIn = (locale: Locale): string => {
    const { options } = tenderModule(scope).payment_options.listOptions({ ...facts, locale });
    const own = options.find(({ id }) => id === optionId(attempt.provider_id, attempt.method));
    const option = own ?? options.find(({ method }) => method === attempt.method);
    // What is no longer offered goes by the method's common name.
    return option?.title ?? methodTitle(attempt.method, locale).title;
  };
  return {
    paid_with: { en: titleIn("en"), ar: titleIn("ar") },
    is_paid: isPaid(scope, attempt),
    open_attempt_id: attempt.status === "captured" ? null : attempt.id,
  };
}

/** Medusa's own provider "authorizes" what is paid on delivery, so of a foreign one only a capture says that it is paid. */
function isPaid(scope: MedusaContainer, { status, provider_id }: AttemptRecord): boolean {
  return status === "captured" || (status === "authorized" && findProvider(scope, provider_id) !== "foreign");
}

/** The store's name as the page's heading, or "". */
export async function storeName(scope: MedusaContainer): Promise<string> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "store", fields: ["name"] });
  return z.array(Store).parse(data)[0]?.name ?? "";
}

async function publishableKey(scope: MedusaContainer, salesChannelId: string): Promise<string | null> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "sales_channel",
    fields: ["publishable_api_keys.token", "publishable_api_keys.type", "publishable_api_keys.revoked_at"],
    filters: { id: salesChannelId },
  });
  const keys = z.array(Channel).parse(data)[0]?.publishable_api_keys ?? [];
  return keys.find((key) => key?.type === "publishable" && isCurrent(key.revoked_at))?.token ?? null;
}

/** A key may be revoked from a moment in the future on. */
function isCurrent(revokedAt: unknown): boolean {
  if (revokedAt === null || revokedAt === undefined) return true;
  return new Date(String(revokedAt)).getTime() > Date.now();
}
