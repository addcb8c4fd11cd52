import { z } from "@medusajs/framework/zod";
import { DECLINE_CATEGORIES } from "../../../../gateway";
import {
  GATEWAY_ERROR_KINDS,
  type DeclineView,
  type Locale,
  type RecoveryDecision,
  type RecoveryStep,
} from "../../../../services";
import type { AdminDecline } from "../../../admin-contract";
import type { AdminRecoveryRule } from "../recovery-rules/contract";

export type { RecoveryStep };

const count = (least: number, usual: number) => z.number().int().min(least).max(100).default(usual);

/** What went before: by default a first try with a card that only its own gateway can charge. */
const History = z.strictObject({
  /** 1, and one more for each time the cart was given another try at the same provider. */
  tries_on_provider: count(1, 1),
  switches: count(0, 0),
  attempts_in_cart: count(1, 1),
  /** Other providers of the same method that can still be asked. */
  provider_alternatives: count(0, 1),
  other_methods: count(0, 1),
  credential_in_hand: z.boolean().default(true),
  portable_credential: z.boolean().default(false),
  authenticated: z.boolean().default(false),
  /** Whether the payment was read after the refusal, and is unpaid. */
  payment_read: z.boolean().default(false),
});

export const SimulationBody = z
  .strictObject({
    provider_id: z.string().min(1).max(200),
    code: z.string().trim().min(1).max(100).optional(),
    /** The gateway's own table tells it where it is left out. */
    category: z.enum(DECLINE_CATEGORIES).optional(),
    /** Instead of a code: the gateway gave no outcome. */
    error_kind: z.enum(GATEWAY_ERROR_KINDS).optional(),
    network_code: z.string().trim().min(1).max(40).optional(),
    advice_code: z.string().trim().min(1).max(40).optional(),
    history: History.prefault({}),
  })
  .refine(
    ({ code, category, error_kind }) =>
      (code !== undefined || category !== undefined) !== (error_kind !== undefined),
    "Give a code or a category, or else an error_kind.",
  );
export type SimulationBody = z.infer<typeof SimulationBody>;

export type AdminRecoveryDecision = Omit<RecoveryDecision, "rule_id">;

/** `POST /admin/tender/recovery-simulation`: what would be decided, and why. */
export type AdminSimulationResult = Readonly<{
  decline: AdminDecline;
  /** False for a code that is not in the gateway's table. */
  is_known: boolean;
  rule: AdminRecoveryRule;
  decision: AdminRecoveryDecision;
  /** What Tender would decide had no operator changed anything; null when that is the same. */
  shipped_decision: AdminRecoveryDecision | null;
  /** What was weighed, in order. */
  steps: readonly RecoveryStep[];
  /** What the Store API tells the shopper, in each language. */
  shopper: Readonly<Record<Locale, DeclineView>>;
  /** What the operator would find among what needs attention, if anything. */
  finding: string | null;
}>;
