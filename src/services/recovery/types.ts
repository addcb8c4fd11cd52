import type { Decline, DeclineCategory } from "../../gateway/declines";
import type { GatewayErrorKind } from "../../gateway/errors";
import type { RecoveryTrace } from "./trace";

/** What to do about a refusal. */
export const RECOVERY_ACTIONS = [
  "retry",
  "authenticate",
  "fix_details",
  "switch_provider",
  "choose_another_method",
  "reconcile",
  "stop",
] as const;

export type RecoveryAction = (typeof RECOVERY_ACTIONS)[number];

/** Who speaks in a rule. Earlier ones are heard first. */
export type RuleLayer = "network_advice" | "gateway_advice" | "decline_code" | "category" | "transport";

/** When the same provider may be asked once more. */
export type SameProvider =
  | "never"
  /** At once, with what was sent before. */
  | "once"
  /** Once, in a new payment that the shopper starts. */
  | "new_session"
  /** After the shopper corrected what was entered. */
  | "after_edit"
  /** With 3-D Secure, unless that was done already. */
  | "with_authentication"
  /** Never before the payment was read again: money may have moved. */
  | "read_first";

/** When another provider of the same method may be asked. */
export type SwitchProvider = "never" | "always" | "if_portable" | "if_capable" | "opt_in";

/** What is refused: the shopper's instrument, wherever it is charged, or this provider's way to charge it. */
export type RefusalScope = "method" | "provider";

/** What a rule applies to. Of each list one entry must fit; all lists that are given must. */
export type RuleMatch = Readonly<{
  network_codes?: readonly string[];
  advice_codes?: readonly string[];
  codes?: readonly string[];
  categories?: readonly DeclineCategory[];
}>;

/** Everything a rule says, whatever it applies to. */
export type RuleVerdict = Readonly<{
  same_provider: SameProvider;
  switch_provider: SwitchProvider;
  /** Whether the option stays on offer once nothing more is tried with it. */
  option_after: "keep" | "rule_out";
  scope: RefusalScope;
  /** True when a different card or account may be tried with the same method. */
  another_instrument: boolean;
  /** True when this card or account must not be sent again in this cart, by anyone. */
  never_again_same_instrument: boolean;
  /** Whether the shopper may learn the reason. */
  show: "as_is" | "generic";
  alert_operator: boolean;
  /** What is left when neither the same nor another provider may be asked. */
  then: "choose_another_method" | "stop";
  /** Where the rule comes from. */
  source: string;
}>;

export type RecoveryRule = Readonly<{ id: string; layer: RuleLayer; match: RuleMatch }> &
  RuleVerdict &
  Readonly<{
    /** Of a rule that switches on `opt_in`: what the operator said about this rule. Theirs for all such rules when left out. */
    opted_in?: boolean;
    /** What the operator changed about the rule, for those who ask why. */
    changed?: readonly ChangedField[];
  }>;

/** A word of a rule that is the operator's, and what it was. */
export type ChangedField = Readonly<{ field: string; from: string | boolean; to: string | boolean }>;

/** What is known of the cart's tries, the refused one included. */
export type RecoveryContext = Readonly<{
  /** 1, and one more for each time the cart was given another try at the same provider. */
  tries_on_provider: number;
  /** Changes of provider the cart has behind it. */
  switches: number;
  /** All tries to pay this cart, the refused one included; those that reached no decision left out. */
  attempts_in_cart: number;
  /** Tries the store allows a cart, at most and by default {@link MAX_ATTEMPTS_PER_CART}. */
  attempts_allowed?: number;
  /** Other providers left for the same method. */
  provider_alternatives: number;
  /** Other methods left. */
  other_methods: number;
  /** True while the request still holds what the shopper entered. It is never stored. */
  credential_in_hand: boolean;
  /** True when another provider of the method can charge that credential. */
  portable_credential: boolean;
  /** True when 3-D Secure (or the like) was done for the refused try. */
  authenticated: boolean;
  /** True when the payment was read after the refusal, and is unpaid for certain. */
  payment_read?: boolean;
  /** What the operator allowed beyond the defaults. */
  opt_in?: Readonly<{ risk_switch?: boolean }>;
}>;

export type RecoveryDecision = Readonly<{
  action: RecoveryAction;
  /**
   * True when the action may be taken at once, without asking the shopper. `switch_provider` is always silent;
   * a `retry` or `authenticate` that is not means: the shopper may enter the same again.
   */
  silent: boolean;
  rule_id: string;
  /** True when the option is no longer offered as it is. `scope` says how far that reaches. */
  rules_out_option: boolean;
  scope: RefusalScope;
  another_instrument: boolean;
  never_again_same_instrument: boolean;
  show_generic: boolean;
  alert_operator: boolean;
}>;

/** A decision as an attempt remembers it: enough to tell afterwards what it ruled out. */
export type RecordedRecovery = Readonly<{ rule_id: string; action: RecoveryAction }>;

export type RecoveryService = Readonly<{
  /** What to do about a refusal. @param trace is told every step that led there */
  recover(decline: Decline, context: RecoveryContext, trace?: RecoveryTrace): RecoveryDecision;
  /** What to do when a call to the gateway gave no outcome. @param trace as in `recover` */
  recoverFromError(kind: GatewayErrorKind, context: RecoveryContext, trace?: RecoveryTrace): RecoveryDecision;
  /** The rule that speaks for a refusal. */
  ruleFor(decline: Decline): RecoveryRule;
  /** The rule a recorded decision came from; undefined when a later version has dropped it. */
  ruleById(id: string): RecoveryRule | undefined;
  /** What a past decision says now; undefined for an attempt that was neither refused nor failed. */
  recall(
    attempt: Readonly<{ decline: Decline | null; recovery: RecordedRecovery | null }>,
  ): RecoveryDecision | undefined;
}>;
