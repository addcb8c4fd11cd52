import type { AuthenticationResult, CardBrand } from "../contract/types";
import type { TestAuthentication } from "../records";

const PASSES = result("POSSIBLE", "Y", "Y");

/**
 * Cards by what 3-D Secure says of them (docs: 3D Secure test scenarios). Every other number is enrolled, asks its
 * holder and passes.
 */
const AUTHENTICATIONS: Readonly<Record<string, TestAuthentication>> = {
  // Successful authentication, Visa and Mastercard.
  "4868719460707704": { challenge: true, result: PASSES },
  "5329879786234393": { challenge: true, result: PASSES },
  // Failed signature.
  "4868719115514992": { challenge: true, result: result("UNKNOWN", "Y", "U") },
  "5329879785160250": { challenge: true, result: result("UNKNOWN", "Y", "U") },
  // Failed authentication.
  "4868719796782421": { challenge: true, result: result("NO", "Y", "N") },
  "5329879743856650": { challenge: true, result: result("NO", "Y", "N") },
  // Attempts, issuer does not take part.
  "4868719041085422": { challenge: false, result: result("POSSIBLE", "Y", "A") },
  "5329879703852350": { challenge: false, result: result("POSSIBLE", "Y", "A") },
  // Timeout.
  "4868719494697210": { challenge: false, result: { liability_shift: "NO" } },
  "5329879747163939": { challenge: false, result: { liability_shift: "NO" } },
  // Frictionless: passed and failed without asking.
  "4868719196829038": { challenge: false, result: PASSES },
  "5329879707824603": { challenge: false, result: PASSES },
  "4868719158130060": { challenge: false, result: result("NO", "Y", "N") },
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
