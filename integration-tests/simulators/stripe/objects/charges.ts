import type Stripe from "stripe";
import type { Account, IntentRecord, MethodRecord } from "../account";
import type { Decline } from "../cards/declines";
import { idOf, newId } from "../ids";
import { bookCharge } from "./balance";

const DAY_SECONDS = 86_400;
/** Docs: Place a hold on a payment method. */
const AUTHORIZATION_DAYS = 7;
const EXTENDED_AUTHORIZATION_DAYS = 30;

type Ending = Readonly<{
  status: "succeeded" | "pending" | "failed";
  captured: boolean;
  decline?: Decline;
  authenticated?: boolean;
}>;

/** Makes the charge of one attempt and makes it the intent's latest. */
export function newCharge(
  account: Account,
  { object: intent }: IntentRecord,
  method: MethodRecord,
  ending: Ending,
): Stripe.Charge {
  const { status, captured, decline } = ending;
  const charge: Stripe.Charge = {
    id: newId(method.card ? "ch" : "py"),
    object: "charge",
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.object.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor,
    captured,
    created: account.clock.seconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(status, decline),
    paid: status !== "failed",
    payment_intent: intent.id,
    payment_method: method.object.id,
    payment_method_details: detailsOf(account, intent, method, ending),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status,
    transfer_data: null,
    transfer_group: null,
  };
  account.charges.set(charge.id, charge);
  intent.latest_charge = charge.id;
  if (captured && status === "succeeded") {
    bookCharge(account, charge, charge.amount);
  }
  return charge;
}

/** The charge of the intent's latest attempt. */
export function latestCharge(account: Account, intent: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return account.charges.get(idOf(intent.latest_charge) ?? "");
}

/** Unix seconds until which what is reserved can be captured; only cards tell it. */
export function captureBefore({ created, payment_method_details }: Stripe.Charge): number {
  return payment_method_details?.card?.capture_before ?? created + AUTHORIZATION_DAYS * DAY_SECONDS;
}

function outcomeOf(status: Ending["status"], decline: Decline | undefined): Stripe.Charge["outcome"] {
  if (status !== "failed") {
    return {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      seller_message: "Payment complete.",
      type: "authorized",
    };
  }
  return {
    advice_code: decline?.advice_code ?? null,
    network_advice_code: decline?.network_advice_code ?? null,
    network_decline_code: decline?.network_decline_code ?? null,
    network_status: "declined_by_network",
    reason: decline?.decline_code ?? decline?.code ?? null,
    risk_level: "normal",
    seller_message: "The bank did not return any further details with this decline.",
    // Stripe itself blocks what Radar holds for fraud.
    type: decline?.decline_code === "fraudulent" ? "blocked" : "issuer_declined",
  };
}

function detailsOf(
  account: Account,
  intent: Stripe.PaymentIntent,
  { object: method, card: row }: MethodRecord,
  { status, captured, authenticated }: Ending,
): Stripe.Charge.PaymentMethodDetails {
  const { card, sepa_debit, type } = method;
  if (sepa_debit) {
    const { bank_code, branch_code, country, fingerprint, last4 } = sepa_debit;
    return { type, sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null } };
  }
  if (!card) {
    return { type, [type]: {} };
  }
  const options = intent.payment_method_options?.card;
  const extended = options?.request_extended_authorization === "if_available";
  const multicapture = options?.request_multicapture === "if_available" && !captured && !row?.single_capture;
  const reserved = !captured && status === "succeeded";
  const days = extended ? EXTENDED_AUTHORIZATION_DAYS : AUTHORIZATION_DAYS;
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  return {
    type,
    card: {
      amount_authorized: intent.amount,
      authorization_code: status === "failed" ? null : "123456",
      brand,
      ...(reserved ? { capture_before: account.clock.seconds() + days * DAY_SECONDS } : {}),
      checks,
      country,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      extended_authorization: { status: extended ? "enabled" : "disabled" },
      fingerprint,
      funding,
      incremental_authorization: { status: "unavailable" },
      installments: null,
      last4,
      mandate: null,
      multicapture: { status: multicapture ? "available" : "unavailable" },
      network: brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: intent.amount, status: "unavailable" },
      regulated_status: "unregulated",
      three_d_secure: authenticated
        ? {
            authentication_flow: "challenge",
            electronic_commerce_indicator: "05",
            exemption_indicator: null,
            result: "authenticated",
            result_reason: null,
            transaction_id: newId("3ds", 16),
            version: "2.2.0",
          }
        : null,
      transaction_link_id: null,
      wallet: walletOf(card.wallet),
    },
  };
}

/** The same wallet as a charge tells it: of Link it says more there. */
function walletOf(
  wallet: Stripe.PaymentMethod.Card["wallet"],
): Stripe.Charge.PaymentMethodDetails.Card["wallet"] {
  if (wallet === null) {
    return null;
  }
  const { link, ...rest } = wallet;
  return link ? { ...rest, link: { funding_source_group: "card" } } : rest;
}
