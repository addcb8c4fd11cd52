import type Stripe from "stripe";
import { found, type Account, type MethodRecord, type SetupRecord } from "../account";
import { askIssuer } from "../cards/issuer";
import { declineError, docUrl, invalidRequest, type StripeRefusal } from "../errors";
import { idOf, newId } from "../ids";
import { mergedMetadata } from "../metadata";
import { findToken, methodFor, methodOf } from "./intent-method";
import { allowedTypes } from "./intent-types";
import { askShopper, AUTHENTICATION_FAILED, stopAsking } from "./next-action";
import { attach, checkUsable } from "./payment-methods";
import type { LegacyParameters } from "./payment-intents";

export function createSetupIntent(
  account: Account,
  params: Stripe.SetupIntentCreateParams,
  legacy: LegacyParameters,
): Stripe.SetupIntent {
  const currency = account.options.default_currency ?? "eur";
  const types = allowedTypes(
    account,
    { ...params, currency, capture_method: "automatic" },
    legacy.payment_method_types,
  );
  const customer = params.customer === undefined ? null : account.customer(params.customer).id;
  const method = findToken(account, params.confirmation_token)?.method ?? methodFor(account, params);
  if (method) {
    checkUsable(method, customer);
  }
  const given = params.automatic_payment_methods;
  const named = params.allowed_payment_method_types ?? legacy.payment_method_types;
  const automatic = given?.enabled ?? named === undefined;
  const id = newId("seti");
  const intent: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    application: null,
    automatic_payment_methods: automatic
      ? { allow_redirects: given?.allow_redirects ?? "always", enabled: true }
      : null,
    cancellation_reason: null,
    client_secret: newId(`${id}_secret`),
    created: account.clock.seconds(),
    customer,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: params.excluded_payment_method_types ?? null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: mergedMetadata(null, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: method?.object.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: types,
    single_use_mandate: null,
    status: method ? "requires_confirmation" : "requires_payment_method",
    usage: params.usage ?? "off_session",
  };
  const record: SetupRecord = { object: intent, return_url: null, asked: false };
  account.setup_intents.set(id, record);
  account.emit("setup_intent.created", intent);
  return params.confirm === true
    ? confirmSetupIntent(account, id, {
        return_url: params.return_url,
        use_stripe_sdk: params.use_stripe_sdk,
      })
    : intent;
}

/** @throws StripeRefusal 402 when the issuer refuses to have the card saved */
export function confirmSetupIntent(
  account: Account,
  id: string,
  params: Stripe.SetupIntentConfirmParams,
): Stripe.SetupIntent {
  const record = found(account.setup_intents, "setupintent", id, "intent");
  const { object: intent } = record;
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) {
    throw unexpectedSetupState(intent, "confirm");
  }
  const token = findToken(account, params.confirmation_token);
  const method = token?.method ?? methodFor(account, params) ?? methodOf(account, intent);
  if (!method) {
    throw invalidRequest("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: "setup_intent_unexpected_state",
      setup_intent: intent,
    });
  }
  checkUsable(method, idOf(intent.customer));
  if (token) {
    token.used = true;
    token.object.setup_intent = id;
  }
  record.return_url = params.return_url ?? token?.object.return_url ?? record.return_url;
  intent.payment_method = method.object.id;
  stopAsking(record);
  const { card } = method;
  const answer =
    card &&
    askIssuer(
      { ...card, decline: card.attaches || card.authentication ? undefined : card.decline },
      { off_session: false, set_up: false, authenticated: false, requested: false },
    );
  switch (answer?.type) {
    case "challenge":
      askShopper(account, record, params.use_stripe_sdk === true || account.request?.publishable === true);
      return intent;
    case "declined": {
      const refused = declineError(answer.decline, { setup_intent: intent, payment_method: method.object });
      failSetup(account, record, {
        ...answer.decline,
        type: "card_error",
        doc_url: docUrl(answer.decline.code),
        payment_method: structuredClone(method.object),
      });
      throw refused;
    }
    default:
      return finishSetup(account, record, method);
  }
}

/** @throws StripeRefusal 400 when nobody is asked */
export function decideSetupIntent(
  account: Account,
  record: SetupRecord,
  approves: boolean,
): Stripe.SetupIntent {
  const method = methodOf(account, record.object);
  if (!record.asked || !method) {
    throw invalidRequest(`Nothing is asked of the shopper for ${record.object.id}.`);
  }
  if (approves) {
    return finishSetup(account, record, method);
  }
  failSetup(account, record, {
    ...AUTHENTICATION_FAILED.setup_intent,
    payment_method: structuredClone(method.object),
  });
  return record.object;
}

export function updateSetupIntent(
  account: Account,
  id: string,
  params: Stripe.SetupIntentUpdateParams,
): Stripe.SetupIntent {
  const { object: intent } = found(account.setup_intents, "setupintent", id, "intent");
  const method = methodFor(account, params);
  if (intent.status === "succeeded" || intent.status === "canceled") {
    throw unexpectedSetupState(intent, "update");
  }
  intent.customer = params.customer === undefined ? intent.customer : account.customer(params.customer).id;
  intent.description = params.description ?? intent.description;
  intent.metadata = mergedMetadata(intent.metadata, params.metadata);
  if (method) {
    checkUsable(method, idOf(intent.customer));
    intent.payment_method = method.object.id;
    intent.status = "requires_confirmation";
  }
  return intent;
}

export function cancelSetupIntent(
  account: Account,
  id: string,
  { cancellation_reason }: Stripe.SetupIntentCancelParams,
): Stripe.SetupIntent {
  const record = found(account.setup_intents, "setupintent", id, "intent");
  const { object: intent } = record;
  if (intent.status === "succeeded" || intent.status === "canceled") {
    throw unexpectedSetupState(intent, "cancel");
  }
  stopAsking(record);
  intent.status = "canceled";
  intent.cancellation_reason = cancellation_reason ?? null;
  account.emit("setup_intent.canceled", intent);
  return intent;
}

function finishSetup(account: Account, record: SetupRecord, method: MethodRecord): Stripe.SetupIntent {
  const { object: intent } = record;
  const customer = idOf(intent.customer);
  stopAsking(record);
  if (customer !== null && method.object.customer === null) {
    attach(account, method, customer);
  }
  method.set_up = intent.usage === "off_session";
  intent.status = "succeeded";
  intent.last_setup_error = null;
  account.emit("setup_intent.succeeded", intent);
  return intent;
}

function failSetup(account: Account, record: SetupRecord, error: Stripe.SetupIntent.LastSetupError): void {
  stopAsking(record);
  record.object.status = "requires_payment_method";
  record.object.payment_method = null;
  record.object.last_setup_error = error;
  account.emit("setup_intent.setup_failed", record.object);
}

function unexpectedSetupState(intent: Stripe.SetupIntent, verb: string): StripeRefusal {
  return invalidRequest(`You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`, {
    code: "setup_intent_unexpected_state",
    setup_intent: intent,
  });
}
