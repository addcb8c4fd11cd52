import type { Decline } from "../../gateway/declines";
import type { CardAnswer } from "./answers";

/** What came of 3-D Secure, as PayPal's docs tell rows of it apart: enrollment, authentication, liability shift. */
type Outcome = `${string}/${string}/${string}`;

/**
 * What PayPal recommends to go on with although 3-D Secure was not passed in full: the card has none, the bank only
 * attempted it, or PayPal left it out. Everything else with a result is "Do not continue with authorization". Source:
 * PayPal docs, "3D Secure response parameters", Recommended action.
 */
const GOES_ON: readonly Outcome[] = ["Y/Y/POSSIBLE", "Y/Y/YES", "Y/A/POSSIBLE", "N/-/NO", "U/-/NO", "B/-/NO"];

/** The shopper left the bank's page, or it could not be reached: the same card may be tried once more. */
const FAILED: Decline = { category: "authenticate", code: "three_d_secure_failed" };

/** The refusal that a card's 3-D Secure result is; undefined where the payment may go on, or none was made. */
export function failedAuthentication({ authenticationResult }: CardAnswer): Decline | undefined {
  if (!authenticationResult) {
    return undefined;
  }
  const { liabilityShift = "-", threeDSecure } = authenticationResult;
  const { enrollmentStatus = "-", authenticationStatus = "-" } = threeDSecure ?? {};
  // Without details, the shift of liability is what PayPal's script goes by as well.
  const goes_on = threeDSecure
    ? GOES_ON.includes(`${enrollmentStatus}/${authenticationStatus}/${liabilityShift}`)
    : liabilityShift === "POSSIBLE" || liabilityShift === "YES";
  return goes_on ? undefined : FAILED;
}
