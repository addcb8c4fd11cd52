import type { CartView, DeclineView, PaymentAttemptView, PaymentOptionView } from "../../client";

export const CART: CartView = {
  id: "cart_1",
  currency_code: "eur",
  email: "sam@example.com",
  completed_at: null,
  total: 24,
  item_subtotal: 20,
  shipping_subtotal: 4,
  discount_subtotal: 0,
  tax_total: 0,
  credit_line_total: 0,
  items: [{ id: "item_1", title: "Mug", variant_title: null, quantity: 1, subtotal: 20 }],
  shipping_address: null,
  billing_address: null,
};

export function option(method: string, form: string, express = false): PaymentOptionView {
  return {
    id: `pp_a:${method}`,
    provider_id: "pp_a",
    method,
    title: method,
    description: null,
    icon: method,
    express,
    position: 0,
    can_save: false,
    client: { form },
  };
}

export const WALLET = option("apple_pay", "wallet_sheet", true);
export const CARD = option("card", "card_fields");
export const BANK = option("bank_redirect", "redirect");
export const OFFER = { options: [WALLET, CARD, BANK], declinedOptions: [] };

export const DECLINE: DeclineView = {
  category: "funds_limit",
  code: "insufficient_funds",
  message: "There is not enough money available on this card.",
  recovery: "choose_another_method",
};

export function attempt(
  status: PaymentAttemptView["status"],
  change: Partial<PaymentAttemptView> = {},
): PaymentAttemptView {
  return {
    id: "att_1",
    option_id: CARD.id,
    provider_id: "pp_a",
    method: "card",
    status,
    amount: 24,
    currency_code: "eur",
    next_action: null,
    fallback_of: null,
    decline: null,
    client: {},
    read_at: "2026-01-01T00:00:00.000Z",
    ...change,
  };
}

/** Its outcome takes days. */
export const BANK_DEBIT = attempt("pending", { next_action: { type: "wait", settles_later: true } });

export const CHALLENGED = attempt("action_required", {
  next_action: { type: "redirect", url: "https://bank.example/challenge", reason: "three_d_secure" },
});
