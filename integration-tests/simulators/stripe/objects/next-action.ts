import type Stripe from "stripe";
import type { Account, IntentRecord, SetupRecord } from "../account";
import type { MethodRule } from "../methods";

/** Sends the shopper to authenticate or to a bank: to the simulator's page, or into Stripe.js. */
export function askShopper(account: Account, record: IntentRecord | SetupRecord, in_browser: boolean): void {
  const url = pageFor(account, record);
  demand(
    account,
    record,
    in_browser || record.return_url === null
      ? { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } }
      : { type: "redirect_to_url", redirect_to_url: { return_url: record.return_url, url } },
  );
}

/** Sends the shopper where a method that is no card is paid: to a bank, with a voucher or code, or to transfer. */
export function sendElsewhere(account: Account, record: IntentRecord, rule: MethodRule): void {
  const { action, page_field } = rule;
  const page = pageFor(account, record);
  if (rule.flow === "transfer") {
    demand(account, record, transferInstructions(record.object, page));
  } else if (action === undefined) {
    askShopper(account, record, false);
  } else {
    const details = page_field === undefined ? {} : { [page_field]: page };
    demand(account, record, { type: action, [action]: details });
  }
}

function transferInstructions(
  { id, amount, currency }: Stripe.PaymentIntent,
  hosted_instructions_url: string,
): Pick<Stripe.PaymentIntent.NextAction, "type" | "display_bank_transfer_instructions"> {
  return {
    type: "display_bank_transfer_instructions",
    display_bank_transfer_instructions: {
      amount_remaining: amount,
      currency,
      hosted_instructions_url,
      reference: id.slice(-10).toUpperCase(),
      type: "eu_bank_transfer",
    },
  };
}

function pageFor(account: Account, { object: intent }: IntentRecord | SetupRecord): string {
  return `${account.base_url()}/simulator/authenticate/${intent.id}`;
}

function demand(
  account: Account,
  record: IntentRecord | SetupRecord,
  next_action: NonNullable<Stripe.PaymentIntent["next_action"] & Stripe.SetupIntent["next_action"]>,
): void {
  const { object: intent } = record;
  record.asked = true;
  intent.status = "requires_action";
  intent.next_action = next_action;
  if (intent.object === "payment_intent") {
    account.note(intent.id, "challenge", intent.amount);
  }
  account.emit(
    intent.object === "payment_intent" ? "payment_intent.requires_action" : "setup_intent.requires_action",
    intent,
  );
}

export function stopAsking(record: IntentRecord | SetupRecord): void {
  record.asked = false;
  record.object.next_action = null;
}

/** Where the shopper goes after the simulator's page, with Stripe's own query. */
export function returnAddress(record: IntentRecord | SetupRecord, approved: boolean): string | undefined {
  if (record.return_url === null) {
    return undefined;
  }
  const { object: intent } = record;
  const url = new URL(record.return_url);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", approved ? "succeeded" : "failed");
  return url.href;
}

export const AUTHENTICATION_FAILED: Readonly<
  Record<
    "payment_intent" | "setup_intent",
    Pick<Stripe.PaymentIntent.LastPaymentError, "message" | "type"> & { code: string }
  >
> = {
  payment_intent: failed("payment_intent_authentication_failure", "PaymentIntent"),
  setup_intent: failed("setup_intent_authentication_failure", "SetupIntent"),
};

function failed(
  code: string,
  intent: string,
): Pick<Stripe.PaymentIntent.LastPaymentError, "message" | "type"> & { code: string } {
  return {
    code,
    type: "invalid_request_error",
    message:
      "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new " +
      `PaymentMethod to attempt to fulfill this ${intent} again.`,
  };
}
