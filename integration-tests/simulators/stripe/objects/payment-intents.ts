import type Stripe from "stripe";
import type { Account, IntentRecord } from "../account";
import { checkAmount } from "../currencies";
import { invalidRequest, mayBe, unexpectedState } from "../errors";
import { idOf, newId } from "../ids";
import { emptied, mergedMetadata } from "../metadata";
import { carryOut, prepareConfirmation } from "./confirm";
import { findToken, methodFor } from "./intent-method";
import { allowedTypes, methodOptions } from "./intent-types";
import { stopAsking } from "./next-action";
import { checkUsable } from "./payment-methods";
import { endIntent } from "./release";
import { postalAddress } from "./postal-address";

/** What older API versions let a request say. */
export type LegacyParameters = Readonly<{ payment_method_types?: readonly string[] }>;

/** @throws StripeRefusal; with `confirm` and a refusal by the issuer the intent exists all the same */
export function createIntent(
  account: Account,
  params: Stripe.PaymentIntentCreateParams,
  legacy: LegacyParameters,
): Stripe.PaymentIntent {
  const currency = params.currency.toLowerCase();
  if (!account.charges_enabled) {
    throw invalidRequest("Your account cannot currently make charges.", { code: "account_invalid" });
  }
  checkAmount(params.amount, currency);
  const confirms = params.confirm === true;
  if (!confirms) {
    refuseConfirmParameters(params);
  }
  const customer = params.customer === undefined ? null : account.customer(params.customer).id;
  const capture_method = params.capture_method ?? "automatic";
  const types = allowedTypes(account, { ...params, currency, capture_method }, legacy.payment_method_types);
  const token = findToken(account, params.confirmation_token);
  const method = token?.method ?? methodFor(account, params);
  if (method) {
    checkUsable(method, customer);
  }
  const id = newId("pi");
  const automatic = automaticMethods(params, legacy);
  const intent: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automatic,
    canceled_at: null,
    cancellation_reason: null,
    capture_method,
    client_secret: newId(`${id}_secret`),
    confirmation_method: params.confirmation_method ?? "automatic",
    created: account.clock.seconds(),
    currency,
    customer,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: params.excluded_payment_method_types ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergedMetadata(null, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: method?.object.id ?? null,
    payment_method_configuration_details: automatic && {
      id: params.payment_method_configuration ?? `pmc_of_${account.id}`,
      parent: null,
    },
    payment_method_options: methodOptions(null, params.payment_method_options),
    payment_method_types: types,
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email ?? null,
    review: null,
    setup_future_usage: params.setup_future_usage ?? token?.object.setup_future_usage ?? null,
    shipping: shippingOf(params.shipping, null),
    source: null,
    statement_descriptor: params.statement_descriptor ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: method ? "requires_confirmation" : "requires_payment_method",
    transfer_group: params.transfer_group ?? null,
  };
  const confirmation = confirms
    ? prepareConfirmation(account, intent, method, token, confirmParameters(params))
    : undefined;
  const record: IntentRecord = { object: intent, return_url: null, asked: false };
  account.payment_intents.set(id, record);
  account.note(id, "create", intent.amount);
  account.emit("payment_intent.created", intent);
  return confirmation ? carryOut(account, record, confirmation) : intent;
}

/** @throws StripeRefusal 400 `payment_intent_unexpected_state` for what cannot change any more */
export function updateIntent(
  account: Account,
  { id, ...params }: Stripe.PaymentIntentUpdateParams & { id: string },
): Stripe.PaymentIntent {
  const record = account.paymentIntent(id);
  const { object: intent } = record;
  const { amount = intent.amount, currency = intent.currency } = params;
  const method = methodFor(account, params);
  const reprices = amount !== intent.amount || currency.toLowerCase() !== intent.currency;
  const alters = reprices || method !== undefined || params.capture_method !== undefined;
  if (
    (alters || params.customer !== undefined || params.setup_future_usage !== undefined) &&
    !mayBe(intent, "updated")
  ) {
    throw unexpectedState(intent, "updated");
  }
  checkAmount(amount, currency);
  const customer = params.customer === undefined ? intent.customer : account.customer(params.customer).id;
  if (method) {
    checkUsable(method, idOf(customer));
  }
  Object.assign(intent, {
    amount,
    currency: currency.toLowerCase(),
    customer,
    payment_method_types: typesAfter(account, intent, params),
    capture_method: params.capture_method ?? intent.capture_method,
    allowed_payment_method_types: params.allowed_payment_method_types ?? intent.allowed_payment_method_types,
    description: params.description ?? intent.description,
    metadata: mergedMetadata(intent.metadata, params.metadata),
    payment_method_options: methodOptions(intent.payment_method_options, params.payment_method_options),
    receipt_email: emptied(params.receipt_email, intent.receipt_email),
    setup_future_usage: emptied(params.setup_future_usage, intent.setup_future_usage),
    shipping: shippingOf(params.shipping, intent.shipping),
    statement_descriptor: params.statement_descriptor ?? intent.statement_descriptor,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? intent.statement_descriptor_suffix,
    transfer_group: params.transfer_group ?? intent.transfer_group,
  } satisfies Partial<Stripe.PaymentIntent>);
  if (method) {
    intent.payment_method = method.object.id;
  }
  // What the shopper was asked to approve is not what the intent says any more.
  if (alters && (method !== undefined || intent.status === "requires_action")) {
    stopAsking(record);
    intent.status = "requires_confirmation";
  }
  account.note(id, "update", intent.amount);
  return intent;
}

/** The types are chosen anew when what they depend on changes. */
function typesAfter(
  account: Account,
  intent: Stripe.PaymentIntent,
  { allowed_payment_method_types, capture_method, currency }: Stripe.PaymentIntentUpdateParams,
): string[] {
  const allowed = allowed_payment_method_types ?? intent.allowed_payment_method_types ?? undefined;
  const same =
    allowed_payment_method_types === undefined && capture_method === undefined && currency === undefined;
  // Named by an older version of the API.
  const named = allowed === undefined && intent.automatic_payment_methods === null;
  if (same || named) {
    return intent.payment_method_types;
  }
  return allowedTypes(account, {
    currency: (currency ?? intent.currency).toLowerCase(),
    capture_method: capture_method ?? intent.capture_method,
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: intent.excluded_payment_method_types ?? undefined,
  });
}

/** @throws StripeRefusal 400 `payment_intent_unexpected_state` once the money has moved or is on its way */
export function cancelIntent(
  account: Account,
  { id, cancellation_reason }: Stripe.PaymentIntentCancelParams & { id: string },
): Stripe.PaymentIntent {
  const record = account.paymentIntent(id);
  if (!mayBe(record.object, "canceled")) {
    throw unexpectedState(record.object, "canceled");
  }
  endIntent(account, record, cancellation_reason ?? null);
  return record.object;
}

const CONFIRM_ONLY = [
  "confirmation_token",
  "error_on_requires_action",
  "mandate",
  "mandate_data",
  "off_session",
  "return_url",
] as const satisfies readonly (keyof Stripe.PaymentIntentCreateParams)[];

/** What of a creation concerns its confirmation; the rest is in the intent by then. */
function confirmParameters(params: Stripe.PaymentIntentCreateParams): Stripe.PaymentIntentConfirmParams {
  const { error_on_requires_action, off_session, return_url, use_stripe_sdk } = params;
  return { error_on_requires_action, off_session, return_url, use_stripe_sdk };
}

/** Docs: Create a PaymentIntent; these "can only be used with confirm=true". */
function refuseConfirmParameters(params: Stripe.PaymentIntentCreateParams): void {
  const given = CONFIRM_ONLY.find((name) => params[name] !== undefined);
  if (given !== undefined) {
    throw invalidRequest(
      `You cannot set \`${given}\` when creating a PaymentIntent with \`confirm\` set to false.`,
      { param: given },
    );
  }
}

function automaticMethods(
  { automatic_payment_methods: given, allowed_payment_method_types }: Stripe.PaymentIntentCreateParams,
  legacy: LegacyParameters,
): Stripe.PaymentIntent["automatic_payment_methods"] {
  if (given === undefined && (allowed_payment_method_types ?? legacy.payment_method_types) !== undefined) {
    return null;
  }
  const enabled = given?.enabled ?? true;
  return enabled ? { allow_redirects: given?.allow_redirects ?? "always", enabled } : null;
}

function shippingOf(
  given: Stripe.PaymentIntentCreateParams["shipping"] | "" | null,
  before: Stripe.PaymentIntent["shipping"],
): Stripe.PaymentIntent["shipping"] {
  if (given === undefined) {
    return before;
  }
  if (given === "" || given === null) {
    return null;
  }
  return {
    address: postalAddress(given.address),
    name: given.name,
    phone: given.phone ?? null,
    carrier: given.carrier ?? null,
    tracking_number: given.tracking_number ?? null,
  };
}
