/**
 * What a refusal means for the shopper's next step. Each gateway maps every code it knows to one of
 * these; a code without a row is `unclassified`, which never retries by itself.
 */
export const DECLINE_CATEGORIES = [
  "authenticate",
  "provider_transient",
  "issuer_transient",
  "issuer_generic",
  "issuer_refused",
  "funds_limit",
  "fix_data",
  "instrument_unusable",
  "unsupported_here",
  "never",
  "risk",
  "compliance",
  "reconcile",
  "merchant_config",
  "session_expired",
  "unclassified",
] as const;

export type DeclineCategory = (typeof DECLINE_CATEGORIES)[number];

/** A refusal in the gateway's own words plus our category. Holds no card data and nothing to show as is. */
export type Decline = Readonly<{
  category: DeclineCategory;
  /** The gateway's own code, e.g. `insufficient_funds`. */
  code: string;
  /** The card network's response code, e.g. `51`, where the gateway passes it on. */
  network_code?: string;
  /** Advice of the network or gateway, e.g. `do_not_try_again` or Mastercard's `03`. */
  advice_code?: string;
}>;

/** One code that a gateway may refuse with, as its own table has it. */
export type KnownDecline = Readonly<{
  code: string;
  category: DeclineCategory;
  /** What the service's docs call it, in English, where the code alone says little. */
  words?: string;
  /** Where that is written: the title of a page or a specification. */
  source: string;
}>;
