import {
  TenderApiError,
  TenderConnectionError,
  type CartView,
  type ConfirmOutcome,
  type PaymentAttemptView,
  type TenderClient,
} from "../client";
import type { CheckoutEvent, Offer } from "./states";

/** What the page reads of a cart. Every method may throw what the client throws. */
export interface CheckoutReader {
  offer(): Promise<Offer>;
  /** The attempt, or null when the API does not know it (any more). */
  attempt(attemptId: string | null): Promise<PaymentAttemptView | null>;
  /** What the page shows now, read anew. */
  all(
    attemptId: string | null,
  ): Promise<{ cart: CartView; offer: Offer; attempt: PaymentAttemptView | null }>;
  /** A started attempt that needs no confirmation, as if it had been confirmed. */
  asOutcome(attempt: PaymentAttemptView): Promise<ConfirmOutcome>;
}

export function createCheckoutReader(client: TenderClient, cartId: string): CheckoutReader {
  async function offer(): Promise<Offer> {
    const { payment_options, declined_options } = await client.listOptions(cartId);
    return { options: payment_options, declinedOptions: declined_options };
  }

  async function attemptOrNull(attemptId: string | null): Promise<PaymentAttemptView | null> {
    if (attemptId === null) return null;
    try {
      return await client.getAttempt(cartId, attemptId);
    } catch (error) {
      if (error instanceof TenderApiError) return null;
      throw error;
    }
  }

  return {
    offer,
    attempt: attemptOrNull,
    all: async (attemptId) => {
      // One after the other: a wallet's sheet shows the amount of its option, which must never be older than the total.
      const [cart, attempt] = await Promise.all([client.getCart(cartId), attemptOrNull(attemptId)]);
      return { cart, offer: await offer(), attempt };
    },
    asOutcome: async (attempt) => {
      if (!attempt.decline) return { type: "pending", payment_attempt: attempt };
      const options = await client.listOptions(cartId);
      return { type: "declined", payment_attempt: attempt, decline: attempt.decline, ...options };
    },
  };
}

/** The publishable key is wrong or may not see the cart: nothing the shopper does can help. */
export function isKeyRefused(error: TenderApiError): boolean {
  return error.status === 401 || error.status === 403;
}

/**
 * True when a confirmation's failure says for certain that nothing came of it: it was malformed, not allowed, or
 * for something unknown. Everything else, a refusal this page has no name for included, must be looked up.
 */
export function provesNothingHappened(error: unknown): boolean {
  return error instanceof TenderApiError && [400, 401, 403, 404].includes(error.status);
}

/** Why nothing can be paid after this error. */
export function blockedBy(error: unknown): Extract<CheckoutEvent, { type: "blocked" }> {
  if (error instanceof TenderConnectionError) return { type: "blocked", reason: "unreachable" };
  if (!(error instanceof TenderApiError)) return { type: "blocked", reason: "failed" };
  if (error.status === 429) return limitedFor(error.retry_after_s);
  return { type: "blocked", reason: error.status === 404 ? "not_found" : "failed" };
}

/** A limit that is over after so many seconds, or one that is not. */
export function limitedFor(retry_after_s: number | null): Extract<CheckoutEvent, { type: "blocked" }> {
  return retry_after_s === null
    ? { type: "blocked", reason: "limited" }
    : { type: "blocked", reason: "wait", retryAt: Date.now() + retry_after_s * 1_000 };
}
