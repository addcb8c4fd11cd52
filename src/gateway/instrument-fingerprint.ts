import { createHmac } from "node:crypto";

/**
 * Keyed fingerprint of what identifies an instrument: equal for one card at every gateway of a store, useless for
 * anything else (card numbers are few enough to try all against a plain hash).
 */
export function instrumentFingerprint(store_secret: string, identity: string): string {
  const key = createHmac("sha256", store_secret).update("tender-instrument-fingerprint").digest();
  return createHmac("sha256", key).update(identity).digest("hex").slice(0, 32);
}
