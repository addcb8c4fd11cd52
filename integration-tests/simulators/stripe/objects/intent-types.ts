import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../errors";
import { DEFAULT_METHODS, METHOD_RULES } from "../methods";

type Wanted = Readonly<{
  currency: string;
  capture_method: string;
  allowed_payment_method_types?: readonly string[];
  automatic_payment_methods?: unknown;
  excluded_payment_method_types?: readonly string[];
}>;

/**
 * Which types an intent takes: those that are named, else the account's that fit currency and capture.
 * @throws StripeRefusal 400 for a type the account has not activated, or when both ways of naming are used
 */
export function allowedTypes(account: Account, wanted: Wanted, legacy?: readonly string[]): string[] {
  if (wanted.allowed_payment_method_types !== undefined && wanted.automatic_payment_methods !== undefined) {
    throw invalidRequest(
      "You may only specify one of these parameters: allowed_payment_method_types, automatic_payment_methods.",
      { code: "parameters_exclusive" },
    );
  }
  const activated = account.options.payment_method_types ?? DEFAULT_METHODS;
  const named = wanted.allowed_payment_method_types ?? legacy;
  if (named === undefined) {
    const excluded = wanted.excluded_payment_method_types ?? [];
    return activated.filter((type) => !excluded.includes(type) && fits(type, wanted));
  }
  const param = legacy ? "payment_method_types" : "allowed_payment_method_types";
  for (const type of named) {
    if (!activated.includes(type)) {
      throw invalidRequest(
        `The payment method type "${type}" is invalid. Please ensure the provided type is activated in your dashboard ` +
          "(https://dashboard.stripe.com/account/payments/settings) and your account is enabled for it.",
        { code: "payment_intent_invalid_parameter", param },
      );
    }
    if (!takesCurrency(type, wanted.currency)) {
      throw invalidRequest(
        `The currency provided (${wanted.currency}) is invalid for one or more payment method types on this PaymentIntent.`,
        { code: "payment_intent_invalid_parameter", param },
      );
    }
  }
  return [...named];
}

/** Options after an update, written as Stripe answers them. */
export function methodOptions(
  before: Stripe.PaymentIntent["payment_method_options"],
  given: Stripe.PaymentIntentCreateParams["payment_method_options"],
): Stripe.PaymentIntent.PaymentMethodOptions {
  const card = given?.card === "" || given?.card === null ? undefined : given?.card;
  const old = before?.card;
  const { capture_method, request_multicapture, request_extended_authorization } = card ?? {};
  return {
    ...before,
    card: {
      ...old,
      installments: null,
      mandate_options: null,
      network: null,
      request_three_d_secure: card?.request_three_d_secure ?? old?.request_three_d_secure ?? "automatic",
      ...(capture_method === "manual" ? { capture_method } : {}),
      ...(request_multicapture === undefined ? {} : { request_multicapture }),
      ...(request_extended_authorization === undefined ? {} : { request_extended_authorization }),
    },
  };
}

function fits(type: string, { currency, capture_method }: Wanted): boolean {
  const rule = METHOD_RULES[type];
  return (
    rule !== undefined &&
    takesCurrency(type, currency) &&
    (capture_method !== "manual" || rule.manual_capture)
  );
}

function takesCurrency(type: string, currency: string): boolean {
  return METHOD_RULES[type]?.currencies?.includes(currency) ?? true;
}
