import { DECLINES, type Decline } from "./declines";

/** A card as a form has it. */
export type TypedCard = Readonly<{
  number?: string;
  exp_month?: number;
  exp_year?: number;
  cvc?: string;
}>;

/** What is wrong with a card that can be told without its issuer; `undefined` when nothing is. @param now Unix ms */
export function mistakeIn(
  { number = "", exp_month = 0, exp_year = 0, cvc }: TypedCard,
  now: number,
): Decline | undefined {
  if (!passesLuhn(digitsOf(number))) {
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

/** A card number without its spaces and dashes. */
export function digitsOf(number: string): string {
  return number.replaceAll(/[ -]/g, "");
}
