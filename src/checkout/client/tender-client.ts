import { TenderConnectionError } from "./errors";
import { send, type HttpConfig } from "./http";
import { newIdempotencyKey } from "./idempotency-key";
import {
  readAttempt,
  readConfirm,
  readOptions,
  readPlace,
  readSavedMethods,
  readStart,
  requireSuccess,
} from "./read-answer";
import { CART_FIELDS, readCart } from "./read-cart";
import type {
  CartView,
  ConfirmOutcome,
  PaymentAttemptView,
  PaymentOptionsResult,
  PlaceOutcome,
  SavedMethodView,
  StartOutcome,
} from "./types";

/** A payment can take its gateway a while; after this the answer counts as lost and is looked up. */
const DEFAULT_TIMEOUT_MS = 45_000;

export type TenderClientConfig = Readonly<{
  /** Where the Medusa server is, e.g. `https://api.example.com`; "" for the page's own origin. */
  baseUrl: string;
  publishableKey: string;
  /** The language of titles and messages, e.g. `en`. `setLocale` changes it later. */
  locale: string;
  fetch?: typeof fetch;
  timeout_ms?: number;
}>;

export type StartInput = Readonly<{ option_id: string; data?: Record<string, unknown> }>;
export type ConfirmInput = Readonly<{ data?: Record<string, unknown> }>;

/** Tender's Store API as typed calls. Every method may throw `TenderApiError` or `TenderConnectionError`. */
export interface TenderClient {
  setLocale(locale: string): void;
  getCart(cartId: string): Promise<CartView>;
  listOptions(cartId: string): Promise<PaymentOptionsResult>;
  /** What the logged-in customer has saved at the providers of the cart; nothing for guests. */
  listSavedMethods(cartId: string): Promise<readonly SavedMethodView[]>;
  /** Repeat a start whose answer was lost with the same `idempotencyKey`: it yields the same attempt. */
  startAttempt(
    cartId: string,
    input: StartInput,
    options?: { idempotencyKey?: string },
  ): Promise<StartOutcome>;
  getAttempt(cartId: string, attemptId: string): Promise<PaymentAttemptView>;
  /**
   * Confirms an attempt. Card data given here is sent once and kept nowhere. After a confirmation whose answer
   * was lost, the next call reads the attempt first and sends new data only if nothing came of the lost one.
   */
  confirmAttempt(cartId: string, attemptId: string, input?: ConfirmInput): Promise<ConfirmOutcome>;
  /**
   * Places the order of a cart whose total is zero, by Medusa's own completion. It may be repeated when its answer
   * was lost: a cart becomes one order only.
   */
  placeOrder(cartId: string): Promise<PlaceOutcome>;
}

/** A client of Tender's Store API, for any framework or none. */
export function createTenderClient(config: TenderClientConfig): TenderClient {
  let locale = config.locale;
  const http: HttpConfig = {
    baseUrl: config.baseUrl.replace(/\/+$/, ""),
    publishableKey: config.publishableKey,
    locale: () => locale,
    // Called as a plain function: a browser's fetch refuses to be called as another object's method.
    fetch: config.fetch ?? ((input, init) => fetch(input, init)),
    timeout_ms: config.timeout_ms ?? DEFAULT_TIMEOUT_MS,
  };
  const unanswered = new Set<string>();

  async function getAttempt(cartId: string, attemptId: string): Promise<PaymentAttemptView> {
    return readAttempt(await send(http, { method: "GET", path: attemptPath(cartId, attemptId) }));
  }

  async function confirm(cartId: string, attemptId: string, input: ConfirmInput): Promise<ConfirmOutcome> {
    const path = `${attemptPath(cartId, attemptId)}/confirm`;
    const body = input.data === undefined ? {} : { data: input.data };
    try {
      const outcome = readConfirm(await send(http, { method: "POST", path, body }));
      unanswered.delete(attemptId);
      return outcome;
    } catch (error) {
      if (error instanceof TenderConnectionError) unanswered.add(attemptId);
      throw error;
    }
  }

  return {
    setLocale: (next) => {
      locale = next;
    },
    getCart: async (cartId) => {
      const path = `/store/carts/${encodeURIComponent(cartId)}?fields=${encodeURIComponent(CART_FIELDS)}`;
      return readCart(requireSuccess(await send(http, { method: "GET", path })));
    },
    listOptions: async (cartId) => {
      const path = `/store/carts/${encodeURIComponent(cartId)}/payment-options`;
      return readOptions(await send(http, { method: "GET", path }));
    },
    listSavedMethods: async (cartId) => {
      const path = `/store/carts/${encodeURIComponent(cartId)}/saved-payment-methods`;
      return readSavedMethods(await send(http, { method: "GET", path }));
    },
    startAttempt: async (cartId, input, options) => {
      const headers = { "idempotency-key": options?.idempotencyKey ?? newIdempotencyKey() };
      return readStart(
        await send(http, { method: "POST", path: attemptsPath(cartId), body: input, headers }),
      );
    },
    getAttempt,
    confirmAttempt: async (cartId, attemptId, input = {}) => {
      if (!unanswered.has(attemptId) || input.data === undefined) return confirm(cartId, attemptId, input);
      const attempt = await getAttempt(cartId, attemptId);
      switch (attempt.status) {
        case "pending":
        case "unknown":
          return { type: "pending", payment_attempt: attempt };
        case "authorized":
        case "captured":
          return confirm(cartId, attemptId, {});
        case "created":
        case "ready":
        case "action_required":
        case "declined":
        case "failed":
        case "released":
        case "canceled":
          return confirm(cartId, attemptId, input);
      }
    },
    placeOrder: async (cartId) => {
      const path = `/store/carts/${encodeURIComponent(cartId)}/complete`;
      return readPlace(await send(http, { method: "POST", path, body: {} }));
    },
  };
}

function attemptsPath(cartId: string): string {
  return `/store/carts/${encodeURIComponent(cartId)}/payment-attempts`;
}

function attemptPath(cartId: string, attemptId: string): string {
  return `${attemptsPath(cartId)}/${encodeURIComponent(attemptId)}`;
}
