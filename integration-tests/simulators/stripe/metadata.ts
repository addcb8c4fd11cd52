import type Stripe from "stripe";
import { invalidRequest } from "./errors";

const KEYS_LIMIT = 50;
const KEY_LENGTH_LIMIT = 40;
const VALUE_LENGTH_LIMIT = 500;

/**
 * Metadata after an update: keys are added, an empty value takes its key away, an empty string takes all (docs: Metadata).
 * @throws StripeRefusal above Stripe's limits
 */
export function mergedMetadata(
  before: Stripe.Metadata | null,
  given: Stripe.MetadataParam | "" | null | undefined,
): Stripe.Metadata {
  if (given === undefined) {
    return before ?? {};
  }
  if (given === "" || given === null) {
    return {};
  }
  const merged: Stripe.Metadata = { ...before };
  for (const [key, value] of Object.entries(given)) {
    if (key.length > KEY_LENGTH_LIMIT || String(value).length > VALUE_LENGTH_LIMIT) {
      throw invalidRequest(
        `Metadata keys can be up to ${KEY_LENGTH_LIMIT} characters long, values up to ${VALUE_LENGTH_LIMIT}.`,
        { param: `metadata[${key.slice(0, KEY_LENGTH_LIMIT)}]` },
      );
    }
    if (value === "" || value === null) {
      delete merged[key];
    } else {
      merged[key] = String(value);
    }
  }
  if (Object.keys(merged).length > KEYS_LIMIT) {
    throw invalidRequest(`You can have up to ${KEYS_LIMIT} metadata keys.`, { param: "metadata" });
  }
  return merged;
}

/** A field that an empty string unsets. */
export function emptied<T, K>(given: T | "" | null | undefined, before: K): T | K | null {
  return given === undefined ? before : given === "" || given === null ? null : given;
}
