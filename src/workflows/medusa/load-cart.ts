import type { BigNumberInput, CartDTO, ICartModuleService, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils";
import { moneyFromDecimal, type AttemptRecord, type Money, type OrderDetails } from "../../gateway";
import { TENDER_MODULE, type TenderModuleService } from "../../modules/tender";
import { isIdLike } from "./id-like";
import { orderDetailsOf } from "./order-details";
import { totalWithout } from "./total-without";

/** What offering ways to pay needs to know of a cart. */
export type CartHead = Readonly<{
  id: string;
  region_id: string | null;
  currency_code: string;
  email: string | null;
  country: string | undefined;
  completed: boolean;
  payment_collection_id: string | null;
}>;

/** What paying a cart needs to know of it. */
export type PayableCart = CartHead &
  Readonly<{
    /** Exact decimal total as Medusa keeps it. */
    raw_total: BigNumberInput;
    total: Money;
    /** True with nothing in it, which no order can come of, though shipping may be left to pay. */
    is_empty: boolean;
    /** What would be left to pay without what these promotions take off. */
    total_without: (codes: ReadonlySet<string>) => Money;
    /** What is in it and where it goes, read when asked for. */
    order_details: () => OrderDetails;
  }>;

/** The tender module in a request's or job's container. */
export function tenderModule(container: MedusaContainer): TenderModuleService {
  return container.resolve<TenderModuleService>(TENDER_MODULE);
}

/** Loads the cart with its total and its payment collection. Throws `NOT_FOUND` (404) for an unknown cart. */
export async function loadCart(container: MedusaContainer, cart_id: string): Promise<PayableCart> {
  const { head, cart } = await load(container, cart_id, [...HEAD_FIELDS, "total"]);
  const raw_total = (cart as CartDTO & { raw_total?: BigNumberInput }).raw_total ?? cart.total;
  const total = moneyFromDecimal(raw_total, cart.currency_code);
  const is_empty = (cart.items ?? []).length === 0;
  return {
    ...head,
    raw_total,
    total,
    is_empty,
    total_without: (codes) => totalWithout(cart, codes),
    order_details: () => orderDetailsOf(cart, total),
  };
}

/**
 * {@link loadCart} without the total, for which Medusa reads all lines, taxes and adjustments: a fifth of the time
 * where the total does not matter.
 */
export async function loadCartHead(container: MedusaContainer, cart_id: string): Promise<CartHead> {
  return (await load(container, cart_id, HEAD_FIELDS)).head;
}

const HEAD_FIELDS = ["id", "region_id", "currency_code", "email", "completed_at"];

async function load(
  container: MedusaContainer,
  cart_id: string,
  select: string[],
): Promise<{ head: CartHead; cart: CartDTO }> {
  assertIdLike(cart_id, "Cart");
  const carts = container.resolve<ICartModuleService>(Modules.CART);
  const relations = ["billing_address", "shipping_address"];
  const [[cart], payment_collection_id] = await Promise.all([
    carts.listCarts({ id: cart_id }, { select, relations }),
    findPaymentCollection(container, cart_id),
  ]);
  if (!cart) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Cart ${cart_id} was not found.`);
  }
  return { cart, head: toHead(cart, payment_collection_id) };
}

/** The cart's payment collection, if it has one. */
export async function findPaymentCollection(
  container: MedusaContainer,
  cart_id: string,
): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["payment_collection_id"],
    filters: { cart_id },
  });
  return data[0]?.payment_collection_id ?? null;
}

/** All attempts to pay the cart, first to last. */
export async function listAttempts(container: MedusaContainer, cart: CartHead): Promise<AttemptRecord[]> {
  return cart.payment_collection_id
    ? tenderModule(container).attempts.listOfCollection(cart.payment_collection_id)
    : [];
}

/** Loads an attempt of this cart; another cart's attempt is unknown (404). */
export async function loadAttempt(
  container: MedusaContainer,
  cart: CartHead,
  id: string,
): Promise<AttemptRecord> {
  assertIdLike(id, "Payment attempt");
  const attempt = await tenderModule(container).findAttempt({ id });
  if (!attempt || !belongsTo(cart, attempt)) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `Payment attempt ${id} was not found in cart ${cart.id}.`,
    );
  }
  return attempt;
}

/** Attempts made through Medusa's own routes know their payment collection only. */
function belongsTo(cart: CartHead, attempt: AttemptRecord): boolean {
  return (
    attempt.cart_id === cart.id ||
    (cart.payment_collection_id !== null && attempt.payment_collection_id === cart.payment_collection_id)
  );
}

function assertIdLike(id: string, what: string): void {
  if (!isIdLike(id)) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `${what} ${id.replace(/[^\w-]/g, "?").slice(0, 80)} was not found.`,
    );
  }
}

function toHead(cart: CartDTO, payment_collection_id: string | null): CartHead {
  return {
    id: cart.id,
    region_id: cart.region_id ?? null,
    currency_code: cart.currency_code,
    email: cart.email ?? null,
    country: (cart.billing_address?.country_code ?? cart.shipping_address?.country_code)?.toLowerCase(),
    completed: Boolean(cart.completed_at),
    payment_collection_id,
  };
}
