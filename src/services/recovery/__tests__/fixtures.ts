import type { DeclineCategory } from "../../../gateway/declines";
import { createRecoveryService } from "../..";
import type { RecoveryContext } from "../types";

/** Tender's own rules. */
export const { recover, recoverFromError, recall } = createRecoveryService();

/** A first card try, with another provider and another method left, whose token only its own processor can charge. */
export const FIRST_TRY: RecoveryContext = {
  tries_on_provider: 1,
  switches: 0,
  attempts_in_cart: 1,
  provider_alternatives: 1,
  other_methods: 1,
  credential_in_hand: true,
  portable_credential: false,
  authenticated: false,
};

export const PORTABLE: RecoveryContext = { ...FIRST_TRY, portable_credential: true };

export const refused = (category: DeclineCategory) => ({ category, code: "some_code" });
