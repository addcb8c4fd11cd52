import type { Logger } from "@medusajs/framework/types";
import {
  BUDGET_CEILINGS,
  RECOVERY_RULES,
  recoveryOver,
  withOverrides,
  type Overridden,
  type RecoveryService,
  type StoredOverride,
} from "../../services";

/** How long another server's change may stay unnoticed here. */
const MAX_AGE_MS = 2_000;

type Overrides = { list(): Promise<readonly StoredOverride[]> };

/**
 * Tender's recovery with what operators changed about it. Deciding stays pure and asks nobody: whoever is about to
 * decide calls {@link refresh} first, which reads the overrides anew when they are older than two seconds.
 */
export class LiveRecovery implements RecoveryService {
  private rules: Overridden = { rules: RECOVERY_RULES, budgets: BUDGET_CEILINGS, ignored: [] };
  private service = recoveryOver(RECOVERY_RULES);
  private read_at = Number.NEGATIVE_INFINITY;
  private known = "";
  private reading: Promise<void> | undefined;

  constructor(
    private readonly overrides: Overrides,
    private readonly logger: Pick<Logger, "warn">,
    private readonly now: () => number = () => performance.now(),
  ) {}

  readonly recover: RecoveryService["recover"] = (decline, context, trace) =>
    this.service.recover(decline, context, trace);

  readonly recoverFromError: RecoveryService["recoverFromError"] = (kind, context, trace) =>
    this.service.recoverFromError(kind, context, trace);

  readonly ruleFor: RecoveryService["ruleFor"] = (decline) => this.service.ruleFor(decline);

  readonly ruleById: RecoveryService["ruleById"] = (id) => this.service.ruleById(id);

  readonly recall: RecoveryService["recall"] = (attempt) => this.service.recall(attempt);

  /** The rules and budgets as they hold now, and the overrides without effect. */
  get overridden(): Overridden {
    return this.rules;
  }

  /**
   * Reads the overrides when they are older than `max_age_ms`. Where that fails, what was read last goes on holding, with
   * a warning: a refusal has to be answered all the same. 0 always reads, and throws what keeps it from that: whoever has
   * just changed a rule must not be told the former one.
   */
  async refresh(max_age_ms = MAX_AGE_MS): Promise<void> {
    if (max_age_ms > 0 && this.now() - this.read_at < max_age_ms) {
      return;
    }
    // A read that began before a change does not know of it, so only a plain refresh may share one.
    if (max_age_ms > 0 && this.reading) {
      return this.reading;
    }
    if (max_age_ms === 0) {
      return this.read();
    }
    const reading = this.read()
      .catch((error: unknown) => {
        this.logger.warn(`The operators' changes of recovery rules could not be read: ${String(error)}`);
      })
      .finally(() => {
        this.reading = undefined;
      });
    this.reading = reading;
    return reading;
  }

  private async read(): Promise<void> {
    const began_at = this.now();
    const stored = await this.overrides.list();
    if (began_at >= this.read_at) {
      this.read_at = began_at;
      this.take(stored);
    }
  }

  private take(stored: readonly StoredOverride[]): void {
    const known = JSON.stringify(stored);
    if (known === this.known) {
      return;
    }
    this.known = known;
    this.rules = withOverrides(RECOVERY_RULES, stored);
    this.service = recoveryOver(this.rules.rules, this.rules.budgets);
    for (const { rule_id, problem } of this.rules.ignored) {
      this.logger.warn(
        `The override of the recovery rule "${rule_id}" has no effect (${problem}). Remove it or save it anew.`,
      );
    }
  }
}
