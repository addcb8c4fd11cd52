import type { AuthenticationResult, CardBrand } from "../contract/types";
import type { TestAuthentication } from "../records";

const PASSES = result("POSSIBLE", "Y", "Y");

/** Numbers of PayPal's Visa test cards, by what becomes of 3-D Secure with them (docs: 3D Secure test scenarios). */
export const TEST_CARDS = {
  asks: "4868719460707704",
  signature_fails: "4868719115514992",
  fails: "4868719796782421",
  issuer_takes_no_part: "4868719041085422",
  issuer_does_not_answer: "4868719494697210",
  passes_unasked: "4868719196829038",
  fails_unasked: "4868719158130060",
} as const;

/**
 * Cards by what 3-D Secure says of them (docs: 3D Secure test scenarios). Every other number is enrolled, asks its
 * holder and passes.
 */
const AUTHENTICATIONS: Readonly<Record<string, TestAuthentication>> = {
  // Successful authentication, Visa and Mastercard.
  [TEST_CARDS.asks]: { challenge: true, result: PASSES },
  "5329879786234393": { challenge: true, result: PASSES },
  // Failed signature.
  [TEST_CARDS.signature_fails]: { challenge: true, result: result("UNKNOWN", "Y", "U") },
  "5329879785160250": { challenge: true, result: result("UNKNOWN", "Y", "U") },
  // Failed authentication.
  [TEST_CARDS.fails]: { challenge: true, result: result("NO", "Y", "N") },
  "5329879743856650": { challenge: true, result: result("NO", "Y", "N") },
  // Attempts, issuer does not take part.
  [TEST_CARDS.issuer_takes_no_part]: { challenge: false, result: result("POSSIBLE", "Y", "A") },
  "5329879703852350": { challenge: false, result: result("POSSIBLE", "Y", "A") },
  // Timeout.
  [TEST_CARDS.issuer_does_not_answer]: { challenge: false, result: { liability_shift: "NO" } },
  "5329879747163939": { challenge: false, result: { liability_shift: "NO" } },
  // Frictionless: passed and failed without asking.
  [TEST_CARDS.passes_unasked]: { challenge: false, result: PASSES },
  "5329879707824603": { challenge: false, result: PASSES },
  [TEST_CARDS.fails_unasked]: { challenge: false, result: result("NO", "Y", "N") },
  "5329879769571910": { challenge: false, result: result("NO", "Y", "N") },
};

/** What 3-D Secure says when a holder is asked and does not pass. */
export const NOT_PASSED: AuthenticationResult = result("NO", "Y", "N");

/** First digits of a brand's numbers; the first that fits counts. */
const BRANDS: readonly (readonly [RegExp, CardBrand])[] = [
  [/^4/, "VISA"],
  [/^(5[1-5]|2[2-7])/, "MASTERCARD"],
  [/^3[47]/, "AMEX"],
  [/^3(0|6|8)/, "DINERS"],
  [/^35/, "JCB"],
  [/^62/, "CHINA_UNION_PAY"],
  [/^6(011|5)/, "DISCOVER"],
  [/^(50|5[6-9]|6)/, "MAESTRO"],
];

export function authenticationOf(number: string): TestAuthentication {
  return AUTHENTICATIONS[number] ?? { challenge: true, result: PASSES };
}

export function brandOf(number: string): CardBrand {
  return BRANDS.find(([digits]) => digits.test(number))?.[1] ?? "UNKNOWN";
}

function result(
  liability_shift: "POSSIBLE" | "NO" | "UNKNOWN",
  enrollment_status: "Y",
  authentication_status: "Y" | "N" | "U" | "A",
): AuthenticationResult {
  return { liability_shift, three_d_secure: { enrollment_status, authentication_status } };
}
