/** Where under `/.well-known/` Apple looks for what vouches for a domain that shows Apple Pay. */
export const APPLE_PAY_ASSOCIATION_FILE = "apple-developer-merchantid-domain-association";
