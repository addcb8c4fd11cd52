import type { Account } from "../../account";
import type { PaymentTokenList, PaymentTokenRequest, SetupTokenRequest } from "../../contract/types";
import { refuse } from "../../errors";
import { link } from "../../objects/links";
import { createPaymentToken, createSetupToken, setupTokenView } from "../../objects/setup-tokens";
import { tokenView } from "../../objects/token-view";
import { HOUR_MS } from "../../time";
import { found } from "../../account";
import { route, type Route } from "../route";

/** Spec: "The server stores keys for 3 hours", and a repeated request is answered with 200. */
const KEYS = { keys_kept_ms: 3 * HOUR_MS, repeat_status: 200 } as const;

const DEFAULT_PAGE_SIZE = 5;

export const VAULT_ROUTES = {
  "setup_tokens.create": route<SetupTokenRequest>(
    "POST",
    "/v3/vault/setup-tokens",
    ({ account, body }) => {
      const token = createSetupToken(account, body);
      return { status: 201, view: () => setupTokenView(account, token) };
    },
    KEYS,
  ),
  "setup_tokens.get": route("GET", "/v3/vault/setup-tokens/:id", ({ account, id }) => {
    const token = found(account.setup_tokens, id);
    return { status: 200, view: () => setupTokenView(account, token) };
  }),
  "payment_tokens.create": route<PaymentTokenRequest>(
    "POST",
    "/v3/vault/payment-tokens",
    ({ account, body }) => {
      const token = createPaymentToken(account, body);
      return { status: 201, view: () => tokenView(account, token) };
    },
    KEYS,
  ),
  "payment_tokens.list": route("GET", "/v3/vault/payment-tokens", ({ account, query }) => {
    const list = listTokens(account, query);
    return { status: 200, view: () => list };
  }),
  "payment_tokens.get": route("GET", "/v3/vault/payment-tokens/:id", ({ account, id }) => {
    const token = account.paymentToken(id);
    return { status: 200, view: () => tokenView(account, token) };
  }),
  "payment_tokens.delete": route("DELETE", "/v3/vault/payment-tokens/:id", ({ account, id }) => {
    const token = account.payment_tokens.get(id);
    if (token) {
      account.payment_tokens.delete(id);
      account.emit("VAULT.PAYMENT-TOKEN.DELETED", tokenView(account, token));
    }
    return { status: 204 };
  }),
} satisfies Record<string, Route>;

/** @throws PaypalRefusal MISSING_REQUIRED_PARAMETER without a customer */
function listTokens(account: Account, query: URLSearchParams): PaymentTokenList {
  const id = query.get("customer_id");
  if (!id) {
    throw refuse("MISSING_REQUIRED_PARAMETER", { field: "customer_id", location: "query" });
  }
  const page_size = Number(query.get("page_size") ?? DEFAULT_PAGE_SIZE);
  const start = (Number(query.get("page") ?? 1) - 1) * page_size;
  const tokens = [...account.payment_tokens.values()].filter(({ customer_id }) => customer_id === id);
  const counted = query.get("total_required") === "true" && tokens.length > 0;
  return {
    customer: { id },
    payment_tokens: tokens.slice(start, start + page_size).map((token) => tokenView(account, token)),
    ...(counted ? { total_items: tokens.length, total_pages: Math.ceil(tokens.length / page_size) } : {}),
    links: [link(account, `/v3/vault/payment-tokens?customer_id=${id}`, "self", "GET")],
  };
}
