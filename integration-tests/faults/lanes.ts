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
  /** Provider ids of its two accounts at the bank. */
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

export const LANES: readonly LaneSpec[] = PLACES.map((place, index) => {
  const name = `l${index + 1}`;
  return { ...place, index, name, providers: [`pp_sandbox_${name}a`, `pp_sandbox_${name}b`] };
});

const accountsOf = ({ name }: LaneSpec): string[] => [`${name}a`, `${name}b`];

/** Every account at the bank, by the end of its provider's id. */
export const ACCOUNT_IDS: readonly string[] = LANES.flatMap(accountsOf);

/** Accounts that capture when they authorize: those of every third lane. */
export const CAPTURE_AT_ONCE: ReadonlySet<string> = new Set(
  LANES.filter(({ index }) => index % 3 === 2).flatMap(accountsOf),
);

/** Both ends of the suite know the secrets of its throwaway bank. */
export const apiKeyOf = (account: string): string => `api-key-of-${account}`;
export const webhookSecretOf = (account: string): string => `webhook-secret-of-${account}`;
