import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { Account, MethodRecord } from "../account";
import { askIssuer } from "../cards/issuer";
import { cardByNumber, cardByTestId, type TestCard } from "../cards/test-cards";
import { digitsOf, mistakeIn, type TypedCard } from "../cards/typed-card";
import { cardError, declineError, invalidRequest } from "../errors";
import { newId } from "../ids";
import { emptied, mergedMetadata } from "../metadata";
import { FAILING_IBANS, METHOD_RULES } from "../methods";
import { postalAddress } from "./postal-address";

type BillingDetails = NonNullable<Stripe.PaymentMethodCreateParams["billing_details"]>;

/** What of a new payment method this simulator keeps. */
export type MethodData = Readonly<{
  type?: string;
  card?: TypedCard & Readonly<{ token?: string }>;
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
  const number = digitsOf(card?.number ?? "");
  const mistake = mistakeIn(card ?? {}, account.clock.now());
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

/** Billing details after an update; what is not given stays. */
export function billingDetails(
  given: BillingDetails | undefined,
  before?: Stripe.PaymentMethod["billing_details"],
): Stripe.PaymentMethod["billing_details"] {
  const address = given?.address === "" ? undefined : given?.address;
  return {
    address: postalAddress({ ...before?.address, ...address }),
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

function fingerprint(account: Account, number: string): string {
  return createHash("sha256").update(`${account.id}:${number}`).digest("base64url").slice(0, 16);
}

function keep(account: Account, record: MethodRecord): MethodRecord {
  account.payment_methods.set(record.object.id, record);
  return record;
}
