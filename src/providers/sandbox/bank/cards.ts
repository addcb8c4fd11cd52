import { digitsOf, fingerprintOfCard } from "../fingerprint";
import type { BankInstrument } from "./records";
import { cardByNumber, type BankDeclineCode, type TestCard } from "./test-cards";

/** A card as the shopper typed it. It lives as long as the request and is never written down. */
export type TypedCard = Readonly<{
  number: string;
  exp_month: number;
  exp_year: number;
  cvc: string;
  save?: boolean;
}>;

const AMEX = /^3[47]/;

/**
 * What is wrong with a card that can be told without its issuer, in the order a shopper fills the form.
 * Codes are Stripe's (docs: Decline codes). `undefined` when nothing is.
 */
export function mistakeIn(card: TypedCard, now: number): BankDeclineCode | undefined {
  const number = digitsOf(card.number);
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    return "incorrect_number";
  }
  if (card.exp_month < 1 || card.exp_month > 12) {
    return "invalid_expiry_month";
  }
  if (isExpired(card, now)) {
    return "invalid_expiry_year";
  }
  const cvc_length = AMEX.test(number) ? 4 : 3;
  return /^\d+$/.test(card.cvc) && card.cvc.length === cvc_length ? undefined : "invalid_cvc";
}

/** True from the first day after the card's last month (UTC). Two-digit years are of this century. */
export function isExpired(card: Readonly<{ exp_month: number; exp_year: number }>, now: number): boolean {
  return Date.UTC(fullYear(card.exp_year), card.exp_month, 1) <= now;
}

export function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/** The row of the test table for a typed card; a number the table does not hold is not a test card. */
export function testCardFor(card: TypedCard): TestCard | undefined {
  return cardByNumber(digitsOf(card.number));
}

/** What may be kept of a typed card. */
export function instrumentOfCard(card: TypedCard, row: TestCard, api_key: string): BankInstrument {
  return {
    test_token: row.token,
    fingerprint: fingerprintOfCard(api_key, card.number),
    brand: row.brand,
    last4: digitsOf(card.number).slice(-4),
  };
}

/** What a test token stands for; equal to the card of the same row where that has a number. */
export function instrumentOfToken(row: TestCard, api_key: string): BankInstrument {
  return {
    test_token: row.token,
    fingerprint: fingerprintOfCard(api_key, row.number ?? row.token),
    brand: row.brand,
    last4: row.number?.slice(-4) ?? "0000",
  };
}

/** ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let position = 0; position < digits.length; position += 1) {
    const digit = Number(digits[digits.length - 1 - position]);
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
