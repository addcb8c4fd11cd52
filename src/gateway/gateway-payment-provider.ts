import {
  AbstractPaymentProvider,
  MedusaError,
  PaymentActions,
  PaymentSessionStatus,
} from "@medusajs/framework/utils";
import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  BigNumberInput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types";
import { acceptableAmount, chosenMethod } from "./acceptance";
import { AttemptMoney } from "./attempt-money";
import { AttemptRunner } from "./attempt-runner";
import { isGatewayError, messageOf } from "./errors";
import { ForeignPayments } from "./foreign-payments";
import { GatewayCaller, TIMEOUT_DEFAULTS } from "./gateway-caller";
import { GatewayHealth } from "./health";
import type { AttemptRecord, PaymentJournal } from "./journal";
import { moneyToDecimal, type Money } from "./money";
import { MedusaCradle } from "./medusa-cradle";
import { instrumentFingerprint } from "./instrument-fingerprint";
import { detailsFor } from "./order-details";
import type { PaymentGateway } from "./payment-gateway";
import { customerIn, headersIn, stringIn, timeoutsIn } from "./provider-inputs";
import { listedId, providerIdOf } from "./provider-id";
import { PROVIDER_OPTION } from "./provider-option";
import { accountHolderCreator, savedMethodRemover, savedMethodsLister } from "./saved-methods";
import {
  attemptIdIn,
  replacingShopperData,
  sessionDataOf,
  tenderContextIn,
  type SessionData,
} from "./session-data";
import { refusalFor, sessionStatusOf } from "./session-answers";
import type { GatewayCallObserved } from "./telemetry";

type Options = Record<string, unknown>;

/**
 * The only class that extends Medusa's payment provider. A gateway's own provider class names its identifier
 * and makes its gateway; operation journal, idempotency, timeouts, circuit breaker, true partial capture and
 * the rules that follow from how Medusa behaves are here, once for all.
 */
export abstract class GatewayPaymentProvider extends AbstractPaymentProvider<Options> {
  /** Medusa's provider id, e.g. `pp_stripe_main`. */
  readonly provider_id: string;
  readonly gateway: PaymentGateway;
  readonly health: GatewayHealth;
  /** Takes attempts through their life; used by our workflows and by Medusa's calls alike. */
  readonly attempts: AttemptRunner;
  /** Their money once it is approved. */
  readonly money: AttemptMoney;
  /** Payments of another plugin at the same service. */
  readonly foreign: ForeignPayments;
  private readonly medusa: MedusaCradle;

  constructor(cradle: Record<string, unknown>, options: Options = {}) {
    super(cradle, options);
    this.provider_id = providerIdOf((this.constructor as typeof AbstractPaymentProvider).identifier, options);
    this.medusa = new MedusaCradle(cradle, this.provider_id);
    const { [PROVIDER_OPTION]: _, ...own_options } = options;
    this.gateway = this.createGateway(own_options);
    this.health = new GatewayHealth(this.provider_id);
    const timeouts = { ...TIMEOUT_DEFAULTS, ...timeoutsIn(options) };
    const journal = () => this.journal;
    const callerWith = (health: GatewayHealth) =>
      new GatewayCaller(this.provider_id, journal, health, timeouts, (event) => this.observe(event));
    const caller = callerWith(this.health);
    this.attempts = new AttemptRunner(
      this.provider_id,
      this.gateway,
      caller,
      journal,
      timeouts,
      (method, data) => this.fingerprintOf(method, data),
    );
    this.money = new AttemptMoney(this.gateway, caller, this.attempts, this.medusa, journal);
    this.foreign = new ForeignPayments(this.provider_id, this.gateway, caller, this.medusa, journal);
    const { customers, saved_methods } = this.gateway;
    this.createAccountHolder =
      customers &&
      accountHolderCreator(this.provider_id, customers, callerWith(new GatewayHealth(this.provider_id)));
    this.listPaymentMethods = saved_methods && savedMethodsLister(saved_methods);
    this.deletePaymentMethod = saved_methods && savedMethodRemover(saved_methods);
  }

  /**
   * Medusa calls it when it starts, while it makes a provider only when the first request needs one. A gateway's
   * own class checks its options too, after `super.validateOptions(options)`.
   * @throws MedusaError `invalid_argument` when the provider was not declared with `tenderPayments()`
   */
  static override validateOptions(options: Options): void {
    listedId(this.identifier, options ?? {});
    timeoutsIn(options ?? {});
  }

  /** Makes the gateway from the operator's options; throws `MedusaError` naming the option that is wrong. */
  protected abstract createGateway(options: Options): PaymentGateway;

  /** A module of the gateway's own, which has to be among the payment module's `dependencies`. Throws when it is not. */
  protected moduleNamed(name: string): unknown {
    return this.medusa.module(name);
  }

  /** Set only where the gateway keeps customers, so that Medusa asks no other. */
  readonly createAccountHolder?: ReturnType<typeof accountHolderCreator>;
  readonly listPaymentMethods?: ReturnType<typeof savedMethodsLister>;
  readonly deletePaymentMethod?: ReturnType<typeof savedMethodRemover>;

  override async initiatePayment(input: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    const context = tenderContextIn(input.context);
    const session_id = stringIn(input.data, "session_id");
    if (context?.adopts) {
      return this.adopted(context.attempt_id, session_id);
    }
    const amount = this.acceptable(input.amount, input.currency_code);
    const start = context && this.journal.takeStartData(context.attempt_id);
    const attempt = await this.attempts.open(
      {
        id: context?.attempt_id,
        payment_collection_id: context?.payment_collection_id ?? (await this.medusa.collectionOf(session_id)),
        payment_session_id: session_id ?? null,
        cart_id: context?.cart_id ?? null,
        customer_id: input.context?.customer?.id ?? null,
        region_id: context?.region_id ?? null,
        provider_id: this.provider_id,
        method: chosenMethod(
          this.provider_id,
          this.gateway.capabilities,
          context?.method ?? stringIn(input.data, "method"),
        ),
        amount,
        fallback_of: context?.fallback_of ?? null,
        request_key: context?.request_key ?? null,
      },
      {
        data: context ? start?.data : input.data,
        order: detailsFor(start?.order, amount),
        customer: customerIn(input.context),
        return_url: context?.return_url,
        locale: context?.locale,
      },
    );
    return {
      id: attempt.gateway_reference ?? attempt.id,
      data: replacingShopperData(this.dataOf(attempt), input.data),
      status: PaymentSessionStatus.PENDING,
    };
  }

  /** A new session for an attempt that was approved after Medusa had deleted its own. */
  private async adopted(
    attempt_id: string,
    payment_session_id: string | undefined,
  ): Promise<InitiatePaymentOutput> {
    const attempt = await this.journal.annotateAttempt(attempt_id, { payment_session_id });
    return {
      id: attempt.gateway_reference ?? attempt.id,
      data: this.dataOf(attempt),
      status: PaymentSessionStatus.PENDING,
    };
  }

  override async updatePayment(input: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    const attempt = await this.attemptFor(input);
    const updated = await this.attempts.reprice(attempt, this.acceptable(input.amount, input.currency_code));
    return { data: this.dataOf(updated), status: sessionStatusOf(updated) };
  }

  /** Called by Medusa's complete. */
  override async authorizePayment(input: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    const session_id = input.context?.idempotency_key;
    const known =
      (session_id ? await this.journal.findAttempt({ payment_session_id: session_id }) : null) ??
      (await this.attemptFor(input));
    const attempt = await this.authorized(known);
    const refusal = refusalFor(attempt);
    if (refusal) {
      throw refusal;
    }
    return { data: this.dataOf(attempt), status: sessionStatusOf(attempt) };
  }

  /** The attempt after asking for its money. What the gateway could not do is a refusal Medusa can tell. */
  private async authorized(attempt: AttemptRecord): Promise<AttemptRecord> {
    try {
      return attempt.status === "declined"
        ? await this.attempts.refresh(attempt)
        : await this.attempts.confirm(attempt.id, { data: undefined });
    } catch (error) {
      throw isGatewayError(error)
        ? new MedusaError(MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR, error.message)
        : error;
    }
  }

  override async capturePayment(input: CapturePaymentInput): Promise<CapturePaymentOutput> {
    const attempt = await this.attemptFor(input);
    await this.money.capture(attempt, input.context?.idempotency_key);
    return { data: this.dataOf(attempt) };
  }

  override async refundPayment(input: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const attempt = await this.attemptFor(input);
    await this.money.refund(attempt, input.amount, input.context?.idempotency_key);
    return { data: this.dataOf(attempt) };
  }

  override async cancelPayment(input: CancelPaymentInput): Promise<CancelPaymentOutput> {
    const attempt = await this.attemptFor(input);
    await this.money.cancel(attempt, input.context?.idempotency_key);
    return { data: this.dataOf(attempt) };
  }

  /**
   * Never throws and never voids at once: Medusa deletes sessions whenever a total changes, and an error here
   * leaves the shopper stuck on the old provider. The payment is released for the next attempt or the sweep, unless
   * Medusa has recorded it: whoever deletes the session of a paid order must not undo the order's payment.
   */
  override async deletePayment(input: DeletePaymentInput): Promise<DeletePaymentOutput> {
    try {
      const attempt = await this.attemptFor(input);
      if (!attempt.order_id && !(await this.medusa.hasPayment(attempt))) {
        await this.journal.changeAttempt(attempt.id, attempt.gateway_reference ? "released" : "canceled");
      }
    } catch (error) {
      this.medusa.warn(`${this.provider_id}: a deleted session could not be released: ${messageOf(error)}`);
    }
    return { data: input.data };
  }

  override async getPaymentStatus(input: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    const attempt = await this.attempts.refresh(await this.attemptFor(input));
    return { data: this.dataOf(attempt), status: sessionStatusOf(attempt) };
  }

  override async retrievePayment(input: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    const attempt = await this.attemptFor(input);
    return { data: this.dataOf(await this.attempts.refresh(attempt)) };
  }

  /** Verifies the webhook, re-reads the payment and tells Medusa what it may act on. */
  override async getWebhookActionAndData(
    payload: ProviderWebhookPayload["payload"],
  ): Promise<WebhookActionResult> {
    const events = await this.gateway.verifyWebhook({
      raw_body: typeof payload.rawData === "string" ? Buffer.from(payload.rawData) : payload.rawData,
      headers: headersIn(payload.headers),
    });
    const gateway_reference = events.find((event) => event.reference)?.reference;
    const known = gateway_reference
      ? await this.journal.findAttempt({ provider_id: this.provider_id, gateway_reference })
      : null;
    if (!known?.payment_session_id) {
      return { action: PaymentActions.NOT_SUPPORTED };
    }
    const attempt = await this.attempts.refresh(known);
    if (attempt.status !== "authorized" && attempt.status !== "captured") {
      return { action: PaymentActions.NOT_SUPPORTED };
    }
    return {
      action: attempt.status === "captured" ? PaymentActions.SUCCESSFUL : PaymentActions.AUTHORIZED,
      data: { session_id: known.payment_session_id, amount: moneyToDecimal(attempt.amount) },
    };
  }

  /** Keyed fingerprint of the instrument in a shopper's data, where it can be told without a call. */
  fingerprintOf(method: string, data: unknown): string | undefined {
    const identity = this.gateway.identifyInstrument?.(method, data);
    return identity && instrumentFingerprint(this.medusa.store_secret, identity);
  }

  /** Logs and metrics never cost a payment. */
  private observe(event: GatewayCallObserved): void {
    try {
      this.journal.observe(event);
    } catch (error) {
      this.medusa.warn(
        `${this.provider_id}: a call could not be told to logs and metrics: ${messageOf(error)}`,
      );
    }
  }

  private dataOf(attempt: AttemptRecord): SessionData {
    return sessionDataOf(attempt, this.gateway.top_level_client);
  }

  private get journal(): PaymentJournal {
    return this.medusa.journal;
  }

  private acceptable(amount: BigNumberInput, currency_code: string): Money {
    return acceptableAmount(this.provider_id, this.gateway.capabilities, amount, currency_code);
  }

  private async attemptFor(input: { data?: Record<string, unknown> }): Promise<AttemptRecord> {
    const id = attemptIdIn(input.data);
    const attempt = id ? await this.journal.findAttempt({ id }) : await this.foreign.adopt(input.data ?? {});
    if (!attempt || attempt.provider_id !== this.provider_id) {
      throw new MedusaError(
        MedusaError.Types.NOT_FOUND,
        `${this.provider_id} has no payment attempt for this session.`,
      );
    }
    return attempt;
  }
}

/** True for a provider built on this class, whichever copy of the package it came from. */
export function isGatewayPaymentProvider(provider: unknown): provider is GatewayPaymentProvider {
  return typeof provider === "object" && provider !== null && "gateway" in provider && "attempts" in provider;
}
