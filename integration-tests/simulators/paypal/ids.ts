import { createHash, randomBytes } from "node:crypto";

const UPPER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCOUNT = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";

/** The id of an order, an authorization, a capture or a refund, e.g. `5O190127TN364715T`. */
export function newId(length = 17): string {
  return drawn(UPPER, length);
}

/** The id of a PayPal account, a merchant's or a payer's: 13 letters and digits that are not mistaken for each other. */
export function newAccountId(): string {
  return drawn(ACCOUNT, 13);
}

/** The account id that belongs to a text, always the same. */
export function accountIdFor(text: string): string {
  const digest = createHash("sha256").update(text).digest();
  return [...digest.subarray(0, 13)].map((byte) => ACCOUNT[byte % ACCOUNT.length]).join("");
}

/** The id of a payment token, e.g. `8kk8451t`. */
export function newTokenId(): string {
  return drawn(LOWER, 8);
}

/** What PayPal calls a failure by in its logs, e.g. `b1d1f06c7246c`. */
export function newDebugId(): string {
  return randomBytes(7).toString("hex").slice(0, 13);
}

function drawn(alphabet: string, length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
