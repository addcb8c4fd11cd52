import { AttemptNews, type Observed } from "./attempt-news";
import { OPEN_STATUSES } from "./attempt-states";
import { AttemptClaims } from "./claims";
import { GatewayUnavailable, isGatewayError, permitsFallback } from "./errors";
import type { GatewayCaller, Timeouts } from "./gateway-caller";
import type { AttemptRecord, OpenAttempt, PaymentJournal } from "./journal";
import { isDefinite } from "./lost-calls";
import type { Money } from "./money";
import { PAYER_AWAY } from "./operations";
import type { OrderDetails } from "./order-details";
import type { Outcome } from "./outcomes";
import type { ConfirmPaymentInput, CreatePaymentInput, PaymentGateway } from "./payment-gateway";
import { takeOverReleased } from "./take-over";

/** What placing the order may take beyond the gateway's own time. */
const COMPLETION_ALLOWANCE_MS = 20_000;

export type ConfirmInput = Pick<
  ConfirmPaymentInput,
  "data" | "return_url" | "locale" | "authenticate" | "off_session"
>;

/**
 * Asked before a gateway is, where it first turns out in {@link AttemptRunner.confirmClaimed} that it has to be.
 * @param agreed the gateway says that the payer did what they were sent off for
 */
export type BeforeAsking = (attempt: AttemptRecord, agreed: boolean) => Promise<void>;

/**
 * Takes attempts through their life at one gateway. Every change of an attempt comes from what the gateway
 * reports and goes through {@link AttemptNews}.
 */
export class AttemptRunner {
  /** Who works on which attempt. */
  readonly claims: AttemptClaims;
  private readonly news: AttemptNews;

  constructor(
    private readonly provider_id: string,
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly journal: () => PaymentJournal,
    private readonly timeouts: Timeouts,
    /** Store-wide fingerprint of the instrument in a shopper's data, if it can be told. */
    private readonly fingerprint: (method: string, data: unknown) => string | undefined,
  ) {
    this.claims = new AttemptClaims(journal);
    this.news = new AttemptNews(gateway, caller, journal);
  }

  /**
   * Opens an attempt and its payment at the gateway, taking over a payment released by an earlier attempt of
   * the same collection where it can be re-priced. Throws `GatewayUnavailable` or `GatewayMisconfigured`
   * when nothing came of it (the attempt then says `failed`).
   */
  async open(
    opening: OpenAttempt,
    input: Omit<CreatePaymentInput, "attempt_id" | "amount" | "method">,
  ): Promise<AttemptRecord> {
    const attempt = await this.journal().openAttempt({ ...opening, provider_id: this.provider_id });
    try {
      const outcome = (await this.takeOver(attempt, input.order)) ?? (await this.create(attempt, input));
      return await this.news.applySnapshot(attempt, outcome.snapshot);
    } catch (error) {
      const current = await this.journal().findAttempt({ id: attempt.id });
      await this.journal().changeAttempt(attempt.id, current?.gateway_reference ? "released" : "failed");
      throw error;
    }
  }

  /**
   * Authorizes the attempt's payment once, however many ask at the same time: one works, the others wait for
   * its answer. The answer is the attempt itself. Throws `InvalidPaymentData` (attempt unchanged) or an
   * error that permits a fallback (attempt `failed` or `released`).
   */
  async confirm(attempt_id: string, input: ConfirmInput): Promise<AttemptRecord> {
    const attempt = await this.news.require(attempt_id);
    return isSettled(attempt)
      ? attempt
      : this.whenFree(attempt_id, (current) => this.confirmClaimed(current, input), isSettled);
  }

  /**
   * {@link confirm} for whoever holds the attempt's claim.
   * @param before_asking for a payer who is back from the service's page and whose money is not taken yet; what it throws
   *   keeps the gateway from being asked
   */
  async confirmClaimed(
    attempt: AttemptRecord,
    input: ConfirmInput,
    before_asking?: BeforeAsking,
  ): Promise<AttemptRecord> {
    if (attempt.status === "unknown" || attempt.status === "pending") {
      return (await this.readIfPossible(attempt))?.attempt ?? attempt;
    }
    if (!OPEN_STATUSES.includes(attempt.status) || !attempt.gateway_reference) {
      return attempt;
    }
    if (attempt.status !== "action_required" || input.data !== undefined) {
      return this.authorize(attempt, input);
    }
    // Back from the service's page: what was decided there mostly stands already, and needs no second call.
    const returned = await this.readIfPossible(attempt, true);
    if (!returned) {
      // The shopper may have approved it there: nobody knows until the gateway can be read again.
      return this.news.change(attempt, "unknown", { next_action: { type: "wait" } });
    }
    const { status } = returned.attempt;
    const waits_for_us = status === "action_required" || (status === "ready" && returned.snapshot?.agreed);
    if (!waits_for_us) {
      return returned.attempt;
    }
    await before_asking?.(returned.attempt, returned.snapshot?.agreed ?? false);
    return this.authorize(returned.attempt, input);
  }

  /**
   * Confirms for a payer who agreed and is not there: nobody could fall back, so passing trouble leaves the attempt as it
   * was. Throws what kept the gateway from being asked. The caller holds the claim.
   */
  async confirmAbsent(attempt: AttemptRecord): Promise<AttemptRecord> {
    const input: ConfirmInput = { data: undefined };
    try {
      return await this.asked(attempt, input, PAYER_AWAY);
    } catch (error) {
      return this.afterDoubt(attempt, error);
    }
  }

  private async authorize(attempt: AttemptRecord, input: ConfirmInput): Promise<AttemptRecord> {
    try {
      return await this.asked(attempt, input);
    } catch (error) {
      if (permitsFallback(error)) {
        await this.news.change(attempt, attempt.gateway_reference ? "released" : "failed");
      }
      return this.afterDoubt(attempt, error);
    }
  }

  private async asked(
    attempt: AttemptRecord,
    input: ConfirmInput,
    source_id?: typeof PAYER_AWAY,
  ): Promise<AttemptRecord> {
    const reference = attempt.gateway_reference;
    if (!reference) {
      return attempt;
    }
    const outcome = await this.caller.operate(
      {
        attempt,
        kind: "authorize",
        amount: attempt.amount,
        source_id,
        ...(await this.nextTry(attempt)),
      },
      (call) =>
        this.gateway.confirmPayment(
          reference,
          { ...input, method: attempt.method, amount: attempt.amount },
          call,
        ),
    );
    return this.news.applyOutcome(attempt, outcome, this.fingerprint(attempt.method, input.data));
  }

  /** {@link AttemptClaims.whenFree} with the patience a confirm and placing its order may need. */
  whenFree<T>(
    attempt_id: string,
    work: (attempt: AttemptRecord) => Promise<T>,
    enough?: (attempt: AttemptRecord) => boolean,
  ): Promise<T | AttemptRecord> {
    return this.claims.whenFree(attempt_id, this.timeouts.timeout_ms + COMPLETION_ALLOWANCE_MS, work, enough);
  }

  /** {@link observe}, or nothing when the gateway cannot be read: that says nothing about what was done before. */
  private async readIfPossible(attempt: AttemptRecord, payer_is_back = false): Promise<Observed | undefined> {
    try {
      return await this.news.observe(attempt, payer_is_back);
    } catch (error) {
      if (isGatewayError(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** Changes the amount of an attempt that is not confirmed yet, in place at the gateway. */
  async reprice(attempt: AttemptRecord, amount: Money): Promise<AttemptRecord> {
    const reference = attempt.gateway_reference;
    if (!reference || !this.gateway.capabilities.update_amount || !OPEN_STATUSES.includes(attempt.status)) {
      throw new GatewayUnavailable(
        `${this.provider_id} cannot change the amount of this payment. Start a new one.`,
      );
    }
    const outcome = await this.caller.operate(
      { attempt, kind: "update", amount, idempotency_key: `${attempt.id}:update:${amount.amount_minor}` },
      (call) => this.gateway.updatePayment(reference, amount, call),
    );
    const repriced = await this.journal().annotateAttempt(attempt.id, { amount });
    return this.news.applySnapshot(repriced, outcome.snapshot);
  }

  /** {@link AttemptNews.observe} without what the gateway said. */
  async refresh(attempt: AttemptRecord): Promise<AttemptRecord> {
    return (await this.observe(attempt)).attempt;
  }

  /** Reads the payment and brings the attempt to what it says. The caller holds its claim, or is alone with it. */
  observe(attempt: AttemptRecord): Promise<Observed> {
    return this.news.observe(attempt);
  }

  private takeOver(attempt: AttemptRecord, order?: OrderDetails): Promise<Outcome | undefined> {
    const { gateway, caller, claims } = this;
    return takeOverReleased(attempt, { gateway, caller, claims, journal: this.journal(), order });
  }

  private async create(
    attempt: AttemptRecord,
    input: Omit<CreatePaymentInput, "attempt_id" | "amount" | "method">,
  ): Promise<Outcome> {
    return this.caller.operate(
      { attempt, kind: "create", amount: attempt.amount, idempotency_key: `${attempt.id}:create` },
      (call) =>
        this.gateway.createPayment(
          { ...input, attempt_id: attempt.id, method: attempt.method, amount: attempt.amount },
          call,
        ),
    );
  }

  /** The key is reused after an ambiguous end and rotated after a definite one. */
  private async nextTry({ id }: AttemptRecord): Promise<{ idempotency_key: string; in_doubt: boolean }> {
    const tries = await this.journal().listOperations(id, ["authorize"]);
    const ended = tries.filter(isDefinite).length;
    return { idempotency_key: `${id}:authorize:${ended + 1}`, in_doubt: ended < tries.length };
  }

  /** What does not say that nothing happened leaves the attempt unknown; anything else goes on. */
  private async afterDoubt(attempt: AttemptRecord, error: unknown): Promise<AttemptRecord> {
    if (permitsFallback(error) || (isGatewayError(error) && error.kind === "invalid_data")) {
      throw error;
    }
    return this.news.change(attempt, "unknown", { next_action: { type: "wait" } });
  }
}

/** True when confirming again cannot change anything. */
function isSettled(attempt: AttemptRecord): boolean {
  return (
    !OPEN_STATUSES.includes(attempt.status) && attempt.status !== "unknown" && attempt.status !== "pending"
  );
}
