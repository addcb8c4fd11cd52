import type { Account } from "../account";
import { authenticationOf, brandOf } from "../cards/test-cards";
import type { CardRequest, PaymentSourceRequest } from "../contract/types";
import { refuse } from "../errors";
import type { Card, CardKind, Instrument, VaultWish, Verification, WalletKind } from "../records";
import { BUYER, person } from "./persons";

/** Sources that PayPal's payer approves on a page of PayPal's. */
const WALLETS = ["paypal", "venmo"] as const satisfies readonly WalletKind[];
const CARDS = ["card", "apple_pay", "google_pay"] as const satisfies readonly CardKind[];

const EXPIRY_YEARS_AHEAD = 20;

export type SourceKind = WalletKind | CardKind;

/** Which source a request names. @throws PaypalRefusal for more than one, or one that is not played */
export function sourceKind(source: PaymentSourceRequest | undefined): SourceKind | null {
  const named = Object.entries(source ?? {}).filter(([, value]) => value !== undefined);
  if (named.length > 1) {
    throw refuse("ONLY_ONE_PAYMENT_SOURCE_ALLOWED", { field: "/payment_source" });
  }
  const [name] = named[0] ?? [];
  if (name === undefined) {
    return null;
  }
  if (name === "token") {
    return "paypal";
  }
  const kind = [...WALLETS, ...CARDS].find((known) => known === name);
  if (!kind) {
    throw refuse("PAYMENT_SOURCE_CANNOT_BE_USED", { field: `/payment_source/${name}` });
  }
  return kind;
}

export function isWallet(kind: SourceKind): kind is WalletKind {
  return WALLETS.some((wallet) => wallet === kind);
}

/**
 * What a request can be paid with at once; null when the payer must act first, or more must be known.
 * @throws PaypalRefusal for a card that cannot be one, a saved source that is unknown or of another kind
 */
export function instrumentOf(
  account: Account,
  source: PaymentSourceRequest,
  kind: SourceKind,
  asked: Verification | null = verificationOf(source),
): Instrument | null {
  if (source.token) {
    return savedWallet(account, source.token.id, kind);
  }
  if (isWallet(kind)) {
    const wallet = source[kind];
    return wallet?.vault_id === undefined ? null : savedWallet(account, wallet.vault_id, kind);
  }
  if (account.options.card_processing === false) {
    throw refuse(NOT_ENABLED[kind]);
  }
  return kind === "card"
    ? cardInstrument(account, source.card ?? {}, asked)
    : deviceInstrument(source, kind, asked);
}

const NOT_ENABLED: Readonly<Record<CardKind, string>> = {
  card: "NOT_ENABLED_FOR_CARD_PROCESSING",
  apple_pay: "NOT_ENABLED_FOR_APPLE_PAY",
  google_pay: "NOT_ENABLED_FOR_GOOGLE_PAY",
};

/** What the attributes of a source ask to be saved. */
export function vaultWish(source: PaymentSourceRequest, kind: SourceKind): VaultWish | null {
  // Google Pay's cards are not saved.
  const attributes = kind === "google_pay" ? undefined : source[kind]?.attributes;
  if (!attributes?.vault?.store_in_vault) {
    return null;
  }
  return { customer_id: attributes.customer?.id ?? null };
}

function savedWallet(account: Account, id: string, kind: SourceKind): Instrument {
  const saved = account.paymentToken(id);
  if (saved.instrument.kind !== kind || !("person" in saved.instrument)) {
    throw refuse("MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE", {
      field: `/payment_source/${kind}/vault_id`,
      value: id,
    });
  }
  return { ...saved.instrument, payment_token_id: id, vault: null };
}

function cardInstrument(
  account: Account,
  request: CardRequest,
  verification: Verification | null,
): Instrument | null {
  const merchant_initiated = request.stored_credential?.payment_initiator === "MERCHANT";
  if (merchant_initiated && request.security_code !== undefined) {
    throw refuse("MERCHANT_INITIATED_WITH_SECURITY_CODE", { field: "/payment_source/card/security_code" });
  }
  const paid = { verification: verification ?? DEFAULT_OF_CARDS, merchant_initiated };
  if (request.vault_id !== undefined) {
    const saved = account.paymentToken(request.vault_id).instrument;
    if (saved.kind !== "card") {
      throw refuse("MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE", {
        field: "/payment_source/card/vault_id",
        value: request.vault_id,
      });
    }
    return { ...saved, ...paid, payment_token_id: request.vault_id, vault: null };
  }
  if (request.number === undefined) {
    return null;
  }
  return {
    kind: "card",
    card: cardOf(request, account.clock.now()),
    payment_token_id: null,
    vault: vaultWish({ card: request }, "card"),
    ...paid,
  };
}

/**
 * Apple Pay and Google Pay: whatever the device hands over is a Visa card of this simulator. Its bank can only ask about
 * one that Google keeps by its number: what a device signed has its holder's proof with it.
 */
function deviceInstrument(
  source: PaymentSourceRequest,
  kind: "apple_pay" | "google_pay",
  verification: Verification | null,
): Instrument | null {
  const request: Readonly<Record<string, unknown>> = { ...source[kind] };
  const token = Object.keys(request).some((key) => /token|payment_data|^card$|^vault_id$/.test(key));
  if (!token) {
    return null;
  }
  return {
    kind,
    card: {
      name: typeof request.name === "string" ? request.name : null,
      last_digits: "1881",
      brand: "VISA",
      type: "CREDIT",
      expiry: null,
      billing_address: null,
      authentication: authenticationOf("4012888888881881"),
    },
    payment_token_id: null,
    vault: vaultWish(source, kind),
    verification: (isByNumber(source) && verification) || "NONE",
    merchant_initiated: false,
  };
}

function isByNumber({ google_pay }: PaymentSourceRequest): boolean {
  return google_pay?.decrypted_token?.authentication_method === "PAN_ONLY";
}

/** How `attributes.verification.method` of a card or of Google Pay is to be authenticated. */
const VERIFICATIONS: Readonly<Record<string, Verification>> = {
  SCA_ALWAYS: "SCA_ALWAYS",
  SCA_WHEN_REQUIRED: "SCA_WHEN_REQUIRED",
  "3D_SECURE": "SCA_WHEN_REQUIRED",
  AVS_CVV: "NONE",
};

/** Docs, "3D Secure": "This attribute is the default when you don't pass any parameter." */
const DEFAULT_OF_CARDS: Verification = "SCA_WHEN_REQUIRED";

/** Which authentication a source asks for; null when it says nothing of it. @throws PaypalRefusal for a method that there is not */
export function verificationOf({ card, google_pay }: PaymentSourceRequest): Verification | null {
  const method = (card ?? google_pay)?.attributes?.verification?.method;
  if (method === undefined) {
    return null;
  }
  const verification = VERIFICATIONS[method];
  if (verification === undefined) {
    throw refuse("INVALID_PARAMETER_VALUE", {
      field: `/payment_source/${card ? "card" : "google_pay"}/attributes/verification/method`,
      value: method,
    });
  }
  return verification;
}

/** @throws PaypalRefusal for a number that fails its check digit, or a card that is out of date */
export function cardOf(
  request: Pick<CardRequest, "number" | "expiry" | "name" | "billing_address" | "security_code">,
  now_ms: number,
  field = "/payment_source/card",
): Card {
  const { number = "", expiry, security_code } = request;
  if (!passesLuhn(number)) {
    throw refuse("INVALID_PARAMETER_VALUE", { field: `${field}/number` });
  }
  const brand = brandOf(number);
  if (security_code !== undefined && security_code.length !== (brand === "AMEX" ? 4 : 3)) {
    throw refuse("INVALID_SECURITY_CODE_LENGTH", { field: `${field}/security_code` });
  }
  if (expiry !== undefined) {
    checkExpiry(expiry, now_ms, `${field}/expiry`);
  }
  return {
    name: request.name ?? null,
    last_digits: number.slice(-4),
    brand,
    type: "CREDIT",
    expiry: expiry ?? null,
    billing_address: request.billing_address ?? null,
    authentication: authenticationOf(number),
  };
}

function checkExpiry(expiry: string, now_ms: number, field: string): void {
  const now = new Date(now_ms);
  const month = now.toISOString().slice(0, 7);
  if (expiry < month) {
    throw refuse("CARD_EXPIRED", { field });
  }
  if (Number(expiry.slice(0, 4)) > now.getUTCFullYear() + EXPIRY_YEARS_AHEAD) {
    throw refuse("INVALID_EXPIRY_DATE", { field });
  }
}

/** The check digit of card numbers (ISO/IEC 7812). */
function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((so_far, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return so_far + (value > 9 ? value - 9 : value);
  }, 0);
  return number.length >= 13 && sum % 10 === 0;
}

/** Whose wallet it is when a payer approves. */
export function approvedBy(kind: WalletKind, email: string | undefined, vault: VaultWish | null): Instrument {
  return { kind, person: email === undefined ? BUYER : person(email), payment_token_id: null, vault };
}
