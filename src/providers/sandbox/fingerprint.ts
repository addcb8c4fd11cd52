import { createHmac } from "node:crypto";

/**
 * A keyed hash that is equal for the same card of one merchant and useless for anything else. A plain hash would
 * not do: there are few enough card numbers to try them all.
 *
 * @param api_key the merchant's key at the bank
 * @param card_number digits, spaces and dashes allowed
 * @returns 32 hex digits
 */
export function fingerprintOfCard(api_key: string, card_number: string): string {
  const key = createHmac("sha256", api_key).update("instrument-fingerprint").digest();
  return createHmac("sha256", key).update(digitsOf(card_number)).digest("hex").slice(0, 32);
}

/** The number without the spaces and dashes people type. */
export function digitsOf(card_number: string): string {
  return card_number.replace(/[\s-]/g, "");
}
