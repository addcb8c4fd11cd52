import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { Account, MethodRecord } from "../account";
import { askIssuer } from "../cards/issuer";
import { DECLINES, type Decline } from "../cards/declines";
import { cardByNumber, cardByTestId, type TestCard } from "../cards/test-cards";
import { cardError, invalidRequest } from "../errors";
import { newId } from "../ids";
import { emptied, mergedMetadata } from "../metadata";
import { FAILING_IBANS, METHOD_RULES } from "../methods";

type BillingDetails = NonNullable<Stripe.PaymentMethodCreateParams["billing_details"]>;
/** What of a new payment method this simulator keeps. */
export type MethodData = Readonly<{
  type?: string;
  card?: Readonly<{ number?: string; token?: string; exp_month?: number; exp_year?: number; cvc?: string }>;
  sepa_debit?: Readonly<{ iban: string }>;
  billing_details?: BillingDetails;
  metadata?: Stripe.MetadataParam;
  allow_redisplay?: string;
}>;

const WALLETS = ["apple_pay", "google_pay", "link"] as const;
export type Wallet = (typeof WALLETS)[number];

/** Makes a payment method. @throws StripeRefusal for a mistyped card or a type the simulator does not play */
export function newPaymentMethod(account: Account, data: MethodData): MethodRecord {
  const { type } = data;
  if (type === undefined) {
    throw invalidRequest("Missing required param: type.", { code: "parameter_missing", param: "type" });
  }
  if (METHOD_RULES[type] === undefined) {
    throw invalidRequest(`The simulator does not play the payment method type ${type}.`, { param: "type" });
  }
  if (type === "card") {
    return newCard(account, data);
  }
  const common = commonFields(account, data);
  const iban = data.sepa_debit?.iban.replaceAll(" ", "");
  if (type === "sepa_debit") {
    if (iban === undefined) {
      throw invalidRequest("Missing required param: sepa_debit[iban].", {
        code: "parameter_missing",
        param: "sepa_debit[iban]",
      });
    }
    const sepa_debit: Stripe.PaymentMethod["sepa_debit"] = {
      bank_code: iban.slice(4, 12),
      branch_code: null,
      country: iban.slice(0, 2),
      fingerprint: fingerprint(account, iban),
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    };
    const debit = FAILING_IBANS.has(iban) ? "fails" : "succeeds";
    return keep(account, { object: { ...common, type, sepa_debit }, debit, ...fresh });
  }
  return keep(account, {
    object: { ...common, type, [type]: type === "link" ? { email: common.billing_details.email } : {} },
    ...fresh,
  });
}

/**
 * The payment method a request names: one of the account's, or a new one for a `pm_card_…` of Stripe's documentation.
 * @throws StripeRefusal 404
 */
export function methodNamed(account: Account, id: string, param = "payment_method"): MethodRecord {
  const { name, wallet } = splitWallet(id);
  const card = id.startsWith("pm_card_") ? cardByTestId(name) : undefined;
  return card ? keep(account, cardRecord(account, card, { wallet })) : account.paymentMethod(id, param);
}

/** @throws StripeRefusal when the issuer refuses, or the method cannot be saved any more */
export function attach(account: Account, record: MethodRecord, customer: string): void {
  account.customer(customer);
  const { object, card } = record;
  if (object.customer !== null && object.customer !== customer) {
    throw invalidRequest("The payment method you provided has already been attached to a customer.");
  }
  if (record.spent) {
    throw spentError();
  }
  const answer = card && !card.attaches && card.authentication === undefined ? card.decline : undefined;
  if (answer !== undefined) {
    throw declineError(DECLINES[answer], { payment_method: object });
  }
  record.object.customer = customer;
  account.emit("payment_method.attached", object);
}

export function detach(account: Account, record: MethodRecord): void {
  if (record.object.customer === null) {
    throw invalidRequest(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
    );
  }
  const previous = { customer: record.object.customer };
  record.object.customer = null;
  record.spent = true;
  account.emit("payment_method.detached", record.object, previous);
}

/**
 * What forbids charging this method for this customer.
 * @throws StripeRefusal 400
 */
export function checkUsable(record: MethodRecord, customer: string | null): void {
  const owner = record.object.customer;
  if (record.spent) {
    throw spentError();
  }
  if (owner !== null && customer === null) {
    throw invalidRequest(
      "The PaymentMethod supplied belongs to a Customer. Please include the Customer in the `customer` parameter.",
      { code: "payment_intent_invalid_parameter", param: "payment_method" },
    );
  }
  if (owner !== null && owner !== customer) {
    throw invalidRequest("The payment method supplied belongs to a different Customer.", {
      code: "payment_intent_invalid_parameter",
      param: "payment_method",
    });
  }
}

export function declineError(
  decline: Decline,
  more: Parameters<typeof cardError>[1] = {},
): ReturnType<typeof cardError> {
  const { message, ...codes } = decline;
  return cardError(message, { ...codes, ...more });
}

export function updateMethod(
  account: Account,
  { object }: MethodRecord,
  { billing_details, metadata, allow_redisplay, card }: Stripe.PaymentMethodUpdateParams,
): void {
  object.metadata = mergedMetadata(object.metadata, metadata);
  object.billing_details = billingDetails(billing_details, object.billing_details);
  object.allow_redisplay = allow_redisplay ?? object.allow_redisplay;
  if (object.card && card) {
    object.card.exp_month = card.exp_month ?? object.card.exp_month;
    object.card.exp_year = card.exp_year ?? object.card.exp_year;
  }
  account.emit("payment_method.updated", object);
}

const fresh = { set_up: false, spent: false };

function newCard(account: Account, data: MethodData): MethodRecord {
  const { card } = data;
  const token = card?.token === undefined ? undefined : splitWallet(card.token);
  if (token) {
    const row = cardByTestId(token.name);
    if (!row) {
      throw invalidRequest(`No such token: '${card?.token}'`, {
        code: "resource_missing",
        param: "card[token]",
      });
    }
    return keep(account, cardRecord(account, row, { ...data, wallet: token.wallet }));
  }
  const number = card?.number?.replaceAll(/[ -]/g, "") ?? "";
  const mistake = mistakeIn(account, number, card ?? {});
  if (mistake) {
    throw declineError(mistake);
  }
  const row = cardByNumber(number);
  if (!row) {
    throw cardError("Your card was declined. Your request was in test mode, but used a non test card.", {
      code: "card_declined",
      decline_code: "test_mode_live_card",
    });
  }
  return keep(account, cardRecord(account, row, data));
}

function cardRecord(
  account: Account,
  row: TestCard,
  { wallet, ...data }: Omit<MethodData, "type"> & Readonly<{ wallet?: Wallet }>,
): MethodRecord {
  const next_year = new Date(account.clock.now()).getUTCFullYear() + 1;
  const object: Stripe.PaymentMethod = {
    ...commonFields(account, data),
    type: "card",
    card: {
      brand: row.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "unchecked" },
      country: row.country,
      display_brand: row.brand,
      exp_month: data.card?.exp_month ?? 12,
      exp_year: data.card?.exp_year ?? next_year,
      fingerprint: fingerprint(account, row.number),
      funding: row.funding,
      generated_from: null,
      last4: row.number.slice(-4),
      networks: { available: [row.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: wallet ? { type: wallet, dynamic_last4: null, [wallet]: {} } : null,
    },
  };
  const set_up = askIssuer(row, { off_session: true, set_up: false, authenticated: false, requested: false });
  return {
    object,
    card: row,
    set_up: set_up.type === "approved" && row.authentication !== undefined,
    spent: false,
  };
}

function commonFields(account: Account, data: MethodData): Omit<Stripe.PaymentMethod, "type"> {
  return {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: data.allow_redisplay ?? "unspecified",
    billing_details: billingDetails(data.billing_details),
    created: account.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergedMetadata(null, data.metadata),
  };
}

function billingDetails(
  given: BillingDetails | undefined,
  before?: Stripe.PaymentMethod["billing_details"],
): Stripe.PaymentMethod["billing_details"] {
  const address = given?.address === "" ? undefined : given?.address;
  const { city, country, line1, line2, postal_code, state } = { ...before?.address, ...address };
  return {
    address: {
      city: city ?? null,
      country: country ?? null,
      line1: line1 ?? null,
      line2: line2 ?? null,
      postal_code: postal_code ?? null,
      state: state ?? null,
    },
    email: emptied(given?.email, before?.email ?? null),
    name: emptied(given?.name, before?.name ?? null),
    phone: emptied(given?.phone, before?.phone ?? null),
    tax_id: null,
  };
}

/**
 * Test ids may end in `__apple_pay`, `__google_pay` or `__link`: the card as it comes out of that wallet. Stripe has
 * no such ids; its own wallets cannot be driven without a browser.
 */
function splitWallet(id: string): { name: string; wallet?: Wallet } {
  const [name = id, suffix] = id.split("__");
  const wallet = WALLETS.find((known) => known === suffix);
  return wallet ? { name, wallet } : { name: id };
}

function mistakeIn(
  account: Account,
  number: string,
  { exp_month = 0, exp_year = 0, cvc }: NonNullable<MethodData["card"]>,
): Decline | undefined {
  const now = account.clock.now();
  if (!passesLuhn(number)) {
    return DECLINES.incorrect_number;
  }
  if (exp_month < 1 || exp_month > 12) {
    return {
      code: "invalid_expiry_month",
      message: "Your card's expiration month is invalid.",
      param: "exp_month",
    };
  }
  if (Date.UTC(exp_year < 100 ? 2000 + exp_year : exp_year, exp_month, 1) <= now) {
    return {
      code: "invalid_expiry_year",
      message: "Your card's expiration year is invalid.",
      param: "exp_year",
    };
  }
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) {
    return { code: "invalid_cvc", message: "Your card's security code is invalid.", param: "cvc" };
  }
  return undefined;
}

/** ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return /^\d{12,19}$/.test(digits) && sum % 10 === 0;
}

function fingerprint(account: Account, number: string): string {
  return createHash("sha256").update(`${account.id}:${number}`).digest("base64url").slice(0, 16);
}

function spentError(): ReturnType<typeof invalidRequest> {
  return invalidRequest(
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was " +
      "detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it " +
      "to a Customer first.",
    { param: "payment_method" },
  );
}

function keep(account: Account, record: MethodRecord): MethodRecord {
  account.payment_methods.set(record.object.id, record);
  return record;
}
