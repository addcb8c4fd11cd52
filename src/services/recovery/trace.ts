import type { RefusalScope, RuleLayer } from "./types";

/** Why the same provider is not asked again. */
export type AgainstSameProvider = "rule" | "budget_spent" | "already_authenticated";

/** Why no other provider is asked. */
export type AgainstSwitch =
  | "rule"
  | "not_opted_in"
  | "authenticated"
  | "nothing_in_hand"
  | "not_portable"
  | "budget_spent"
  | "none_left";

/**
 * One thing that was weighed on the way to a decision, in order. `because` says how it ended. They are told by the code
 * that decides, where it decides.
 */
export type RecoveryStep =
  /** Nobody of the layer had anything to say. */
  | Readonly<{ step: "layer"; because: "silent"; layer: RuleLayer }>
  /** The rule that speaks; `read_first` when it goes before all advice since money may have moved. */
  | Readonly<{
      step: "rule";
      because: "speaks" | "read_first";
      rule_id: string;
      layer: RuleLayer;
    }>
  | Readonly<{
      step: "operator";
      because: "changed";
      field: string;
      from: string | boolean;
      to: string | boolean;
    }>
  | Readonly<{ step: "read"; because: "not_read_yet" | "unpaid" }>
  | Readonly<{ step: "attempts"; because: "left" | "spent"; used: number; allowed: number }>
  | Readonly<{
      step: "same_provider";
      because: "once" | "new_session" | "with_authentication" | "after_edit" | AgainstSameProvider;
      used: number;
      allowed: number;
    }>
  | Readonly<{
      step: "another_provider";
      because: "possible" | AgainstSwitch;
      used: number;
      allowed: number;
    }>
  | Readonly<{ step: "what_is_left"; because: "another_way" | "nothing" | "rule_stops" }>
  | Readonly<{ step: "option"; because: "kept" | "still_at_it" | RefusalScope }>
  | Readonly<{ step: "reason"; because: "secret" }>;

/** Told each step as it is taken. Left out where nobody asks, which costs nothing. */
export type RecoveryTrace = (step: RecoveryStep) => void;
