import type { DeclineCategory } from "../../gateway/declines";

/**
 * Which refusals count against a shopper: those that tell something about the card or its holder. A payment service
 * or a store with a problem of its own refuses everybody, and must not look like an attack.
 */
export const COUNTS_AS_REFUSAL: Readonly<Record<DeclineCategory, boolean>> = {
  authenticate: true,
  provider_transient: false,
  issuer_transient: false,
  issuer_generic: true,
  issuer_refused: true,
  funds_limit: true,
  fix_data: true,
  instrument_unusable: true,
  unsupported_here: true,
  never: true,
  risk: true,
  compliance: true,
  reconcile: false,
  merchant_config: false,
  session_expired: false,
  unclassified: true,
};
