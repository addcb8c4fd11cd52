/** What a card's first digits say about how it is written and checked. Source: ISO/IEC 7812 ranges the brands publish. */
type Brand = Readonly<{
  id: string;
  name: string;
  starts: RegExp;
  groups: readonly number[];
  cvcDigits: number;
}>;

const BRANDS: readonly Brand[] = [
  { id: "amex", name: "American Express", starts: /^3[47]/, groups: [4, 6, 5], cvcDigits: 4 },
  { id: "visa", name: "Visa", starts: /^4/, groups: [4, 4, 4, 4, 3], cvcDigits: 3 },
  {
    id: "mastercard",
    name: "Mastercard",
    starts: /^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/,
    groups: [4, 4, 4, 4],
    cvcDigits: 3,
  },
];
const ANY_BRAND: Brand = { id: "", name: "", starts: /^/, groups: [4, 4, 4, 4, 3], cvcDigits: 3 };

/** ISO/IEC 7812: a card number has at most 19 digits; those in use have at least 12. */
const MOST_DIGITS = 19;
const FEWEST_DIGITS = 12;

/** What was typed with Arabic-Indic and Persian digits as Latin ones. */
export function latinDigits(typed: string): string {
  return typed
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}

/** The digits in what was typed, as Latin ones, and nothing else of it. */
export function digitsOf(typed: string): string {
  return latinDigits(typed).replace(/\D/g, "");
}

/** The brand's id, e.g. `visa`, or "" where it is not known. */
export function brandOf(number: string): string {
  return brand(number).id;
}

/** The name of a brand, or undefined for an id that is none. */
export function brandName(id: string): string | undefined {
  return BRANDS.find((known) => known.id === id)?.name;
}

/** How many digits the security code of this card has. */
export function cvcDigitsOf(number: string): number {
  return brand(number).cvcDigits;
}

/** The number in the groups it has on the card, e.g. `4242 4242`. */
export function formatCardNumber(typed: string): string {
  const digits = digitsOf(typed).slice(0, MOST_DIGITS);
  const groups: string[] = [];
  let from = 0;
  for (const size of brand(digits).groups) {
    if (from >= digits.length) break;
    groups.push(digits.slice(from, from + size));
    from += size;
  }
  return groups.join(" ");
}

/** True when the length is possible and the check digit is right (Luhn, ISO/IEC 7812-1 annex B). */
export function isCardNumber(number: string): boolean {
  const digits = digitsOf(number);
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return false;
  const sum = [...digits].reverse().reduce((total, character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

function brand(number: string): Brand {
  const digits = digitsOf(number);
  return BRANDS.find(({ starts }) => starts.test(digits)) ?? ANY_BRAND;
}
