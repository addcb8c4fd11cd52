import { providerIdOf, type Gateway } from "./gateways/gateway";

/**
 * Lanes: schedules that run side by side on one server. Each has a region, a country and two accounts at the bank of
 * its own, so that a fault aimed at an account strikes exactly one schedule.
 */
export type LaneSpec = Readonly<{
  index: number;
  name: string;
  country: string;
  /** ISO 4217, lower case as in Medusa. */
  currency: string;
  /** Its two accounts at the bank. */
  accounts: readonly [a: string, b: string];
  /** Provider ids of the two. */
  providers: readonly [a: string, b: string];
}>;

/** A country belongs to one region only. The demo's currencies have two decimals or none. */
const PLACES = [
  { country: "de", currency: "eur" },
  { country: "us", currency: "usd" },
  { country: "fr", currency: "eur" },
  { country: "jp", currency: "jpy" },
  { country: "nl", currency: "eur" },
  { country: "ca", currency: "usd" },
  { country: "it", currency: "eur" },
  { country: "es", currency: "eur" },
  { country: "at", currency: "eur" },
  { country: "pr", currency: "usd" },
  { country: "be", currency: "eur" },
  { country: "pt", currency: "eur" },
] as const;

export const MAX_LANES = PLACES.length;

const accountsOf = (index: number): [a: string, b: string] => [`l${index + 1}a`, `l${index + 1}b`];

/** All lanes, with their accounts at this gateway. */
export function lanesOf(gateway: Gateway): readonly LaneSpec[] {
  return PLACES.map((place, index) => {
    const [a, b] = accountsOf(index);
    const providers = [providerIdOf(gateway, a), providerIdOf(gateway, b)] as const;
    return { ...place, index, name: `l${index + 1}`, accounts: [a, b], providers };
  });
}

/** Every account at the bank, by the end of its provider's id. */
export const ACCOUNT_IDS: readonly string[] = PLACES.flatMap((_place, index) => accountsOf(index));

/** When an account captures: at once in every third lane. */
export function captureAt(account: string): "automatic" | "manual" {
  return laneOf(account) % 3 === 2 ? "automatic" : "manual";
}

/** Where the shop that has the account is: two letters, lower case. */
export function countryOf(account: string): string {
  return PLACES[laneOf(account)]?.country ?? "";
}

const laneOf = (account: string): number =>
  PLACES.findIndex((_place, index) => accountsOf(index).includes(account));
