import type { MedusaContainer } from "@medusajs/framework/types";
import { isIdLike } from "../medusa/id-like";
import { tenderModule } from "../medusa/load-cart";
import { appliedCodes } from "./applied-codes";

/** Codes on their way into a cart, by one of Medusa's own routes. */
export type SentCodes = Readonly<{
  cart_id: string;
  codes: readonly string[];
  /** True where the cart has these codes and no others afterwards. */
  replaces: boolean;
  /** Codes that take something off the cart before. */
  applied: ReadonlySet<string>;
}>;

/** What is to be known before Medusa's route is at work; undefined where no codes are sent. */
export async function readSentCodes(
  container: MedusaContainer,
  { cart_id, codes, replaces }: Omit<SentCodes, "applied">,
): Promise<SentCodes | undefined> {
  return isIdLike(cart_id) && codes.length > 0
    ? { cart_id, codes, replaces, applied: await appliedCodes(container, cart_id) }
    : undefined;
}

/**
 * Once the route has succeeded: a code that the shopper entered is theirs from then on, also where a payment option
 * brought it before.
 */
export async function ownPromotions(container: MedusaContainer, sent: SentCodes): Promise<void> {
  const { brought_promotions } = tenderModule(container);
  const brought = await brought_promotions.find(sent.cart_id);
  if (brought !== undefined && wasEntered(brought, sent)) {
    await brought_promotions.forget(sent.cart_id);
  }
}

/**
 * Storefronts send the codes that stand in the cart together with a new one, and Medusa's own sends one that is entered
 * again twice. Only then, or where it did not stand there, or is all that is added, has somebody typed it.
 */
function wasEntered(code: string, { codes, replaces, applied }: SentCodes): boolean {
  const times = codes.filter((one) => one === code).length;
  return times > 1 || (times === 1 && (!applied.has(code) || (!replaces && codes.length === 1)));
}
