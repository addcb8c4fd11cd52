import Stripe from "stripe";
import { InvalidPaymentData, withoutMoney } from "../../gateway/errors";
import type { Money } from "../../gateway/money";
import { outcomeOf, type Outcome, type PaymentSnapshot } from "../../gateway/outcomes";
import type {
  BrowserSources,
  CallContext,
  ClientConfig,
  ConfirmPaymentInput,
  CreatePaymentInput,
  ForeignPayment,
  GatewayCapabilities,
  PaymentGateway,
  RefundContext,
  SetUp,
  WebhookEvent,
  WebhookRequest,
} from "../../gateway/payment-gateway";
import { APPLE_PAY_ASSOCIATION_FILE } from "../../gateway/well-known";
import { CURRENCIES, LIMITS, toApiAmount } from "./amounts";
import {
  about,
  DisputesAnswer,
  IntentAnswer,
  ListAnswer,
  RefundedAnswer,
  sameCurrency,
  type DisputeAnswer,
} from "./answers";
import { parsed, StripeClient } from "./client";
import { StripeCustomers } from "./customers";
import { KNOWN_DECLINES } from "./declines";
import { BROWSER_SOURCES, capabilityOf, clientConfigOf } from "./methods";
import { isTestMode, missingOptions, webhookSecretsOf, type StripeOptions } from "./options";
import { officialPaymentIn } from "./official-plugin";
import { gatewayErrorOf, isMissing } from "./refusals";
import {
  bringsMethod,
  canCaptureAgain,
  captureParams,
  confirmParams,
  createParams,
  EXPAND,
  EXPAND_IN_REFUND,
  refundReasons,
} from "./requests";
import { knownMethod } from "./shopper-data";
import { chargeOf, snapshotOf } from "./snapshots";
import { verifyWebhook } from "./webhooks";

/** Stripe docs, Place a hold on a payment method: seven days for most cards. The payment itself says `capture_before`. */
const AUTHORIZATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
/** Most that Stripe lists at once. */
const PAGE = 100;

/** Pays through one account at Stripe: one PaymentIntent per payment, confirmed by the server. */
export class StripeGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities;
  readonly known_declines = KNOWN_DECLINES;
  readonly customers: StripeCustomers;
  readonly saved_methods: StripeCustomers;
  readonly client: StripeClient;

  constructor(readonly options: StripeOptions) {
    this.client = new StripeClient(options);
    this.customers = new StripeCustomers(this.client);
    this.saved_methods = this.customers;
    this.capabilities = {
      methods: options.methods.map(capabilityOf),
      currencies: options.currencies ?? CURRENCIES,
      limits: LIMITS,
      capture: options.capture,
      partial_capture: true,
      // Where the card allows; where it does not, the first capture releases the rest.
      multiple_capture: true,
      partial_refund: true,
      void: true,
      saved_methods: true,
      update_amount: true,
      authorization_lifetime_ms: AUTHORIZATION_LIFETIME_MS,
    };
  }

  get set_up(): SetUp {
    return {
      name: "Stripe",
      mode: isTestMode(this.options) ? "test" : "live",
      missing: missingOptions(this.options),
    };
  }

  clientConfig(method: string, amount?: Money): ClientConfig {
    return clientConfigOf(
      knownMethod(method),
      { ...this.options, test_mode: isTestMode(this.options) },
      amount,
    );
  }

  /** None without a publishable key: Stripe.js cannot be started in the page then. */
  get browser_sources(): BrowserSources | undefined {
    return this.options.publishable_key === undefined ? undefined : BROWSER_SOURCES;
  }

  /**
   * Makes the intent. A customer that the account does not have (any more), such as one of test mode, costs nobody the
   * payment: it is then made without one.
   */
  async createPayment(input: CreatePaymentInput, call: CallContext): Promise<Outcome> {
    const { customer, ...guest } = createParams(input, this.options);
    const create = (params: Stripe.PaymentIntentCreateParams, idempotencyKey: string) =>
      this.client.raw(call.signal, (sdk) => sdk.paymentIntents.create(params, { idempotencyKey }));
    const { idempotency_key } = call;
    const answer = await (
      customer === undefined
        ? create(guest, idempotency_key)
        : create({ ...guest, customer }, idempotency_key).catch((error: unknown) => {
            if (isMissing(error, "customer")) {
              return create(guest, `${idempotency_key}:guest`);
            }
            throw error;
          })
    ).catch(rethrow);
    return outcomeOf(this.snapshotOf(parsed(IntentAnswer, answer)));
  }

  async updatePayment(reference: string, amount: Money, call: CallContext): Promise<Outcome> {
    const params = { amount: toApiAmount(amount).amount, expand: EXPAND };
    return outcomeOf(
      this.snapshotOf(
        await this.intentOf(reference, call.signal, (sdk) =>
          sdk.paymentIntents.update(reference, params, keyOf(call)),
        ),
      ),
    );
  }

  /**
   * Confirms with what the browser sent. Without anything to pay with, the intent is read: a page that follows the
   * official plugin has confirmed it with Stripe.js already.
   */
  async confirmPayment(reference: string, input: ConfirmPaymentInput, call: CallContext): Promise<Outcome> {
    const params = confirmParams(input, this.options);
    if (!bringsMethod(input)) {
      const intent = await this.read(reference, call.signal);
      if (intent.status !== "requires_confirmation") {
        return outcomeOf(await this.snapshot(intent, call.signal));
      }
    }
    const intent = await this.confirmed(reference, params, call);
    return outcomeOf(await this.snapshot(intent, call.signal));
  }

  /**
   * Captures exactly `amount`. The intent is read first: only its card tells whether a rest can stay reserved.
   * @throws InvalidPaymentData for more than is reserved, or what is not authorized or has lapsed
   */
  async capturePayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot> {
    const intent = await this.readFirst(reference, call);
    sameCurrency(intent, amount);
    const params = captureParams(amount, intent);
    const capture = (sent: Stripe.PaymentIntentCaptureParams) =>
      this.client.raw(call.signal, (sdk) => sdk.paymentIntents.capture(reference, sent, keyOf(call)));
    const answer = await capture(params)
      .catch((error: unknown) => {
        // The same capture once more, when what it left is as much as it took: Stripe knows it by its other flag.
        if (error instanceof Stripe.errors.StripeIdempotencyError && canCaptureAgain(intent)) {
          return capture({ ...params, final_capture: !params.final_capture });
        }
        throw error;
      })
      .catch(rethrow);
    return this.snapshot(about(reference, parsed(IntentAnswer, answer)), call.signal);
  }

  /** Refunds exactly `amount`. @throws InvalidPaymentData for more than is left, or a refund that failed at once */
  async refundPayment(reference: string, amount: Money, call: RefundContext): Promise<PaymentSnapshot> {
    const refund = await this.refunded(
      { payment_intent: reference, amount: toApiAmount(amount).amount, expand: EXPAND_IN_REFUND },
      call,
    );
    if (refund.status === "failed" || refund.status === "canceled") {
      throw new InvalidPaymentData(
        `Stripe could not make the refund (${refund.failure_reason ?? refund.status}). Nothing was given back.`,
      );
    }
    return this.snapshot(about(reference, refund.payment_intent), call.signal);
  }

  /** The refund, also where its key was first used with another reason. */
  private async refunded(params: Stripe.RefundCreateParams, call: RefundContext) {
    let mismatch: unknown;
    for (const reason of refundReasons(call.reason)) {
      const sent = reason === undefined ? params : { ...params, reason };
      try {
        const answer = await this.client.raw(call.signal, (sdk) => sdk.refunds.create(sent, keyOf(call)));
        return parsed(RefundedAnswer, answer);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeIdempotencyError)) {
          throw gatewayErrorOf(error);
        }
        mismatch = error;
      }
    }
    throw gatewayErrorOf(mismatch);
  }

  /** Voids what is not captured. What is void already, or captured with nothing left to void, is a success. */
  async cancelPayment(reference: string, call: CallContext): Promise<PaymentSnapshot> {
    const before = await this.readFirst(reference, call);
    if (before.status === "canceled" || before.status === "succeeded") {
      return this.snapshot(before, call.signal);
    }
    const intent = await this.intentOf(reference, call.signal, (sdk) =>
      sdk.paymentIntents.cancel(reference, { expand: EXPAND }, keyOf(call)),
    );
    return this.snapshot(intent, call.signal);
  }

  async retrievePayment(reference: string, signal: AbortSignal): Promise<PaymentSnapshot> {
    return this.snapshot(await this.read(reference, signal), signal);
  }

  async verifyWebhook(request: WebhookRequest): Promise<WebhookEvent[]> {
    return verifyWebhook(request, webhookSecretsOf(this.options));
  }

  get well_known_files(): Readonly<Record<string, string>> {
    const { apple_pay_domain_association: text } = this.options;
    return text === undefined ? {} : { [APPLE_PAY_ASSOCIATION_FILE]: text };
  }

  /** Where storefronts for the official plugin, and the plugin itself after a way back, look. */
  readonly top_level_client = ["id", "client_secret"];

  foreignPayment(data: Readonly<Record<string, unknown>>): ForeignPayment | undefined {
    return officialPaymentIn(data);
  }

  paymentPage(reference: string): string {
    const mode = isTestMode(this.options) ? "test/" : "";
    return `https://dashboard.stripe.com/${mode}payments/${encodeURIComponent(reference)}`;
  }

  async foreignSession(reference: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const answer = await this.client.raw(signal, (sdk) => sdk.paymentIntents.retrieve(reference));
      return parsed(IntentAnswer, answer).metadata?.session_id;
    } catch (error) {
      // Only that says that there is nothing to adopt; a wrong key is mended, and the news is tried again.
      if (isMissing(error)) {
        return undefined;
      }
      throw gatewayErrorOf(error);
    }
  }

  /** Reads what every restricted key for this gateway may read. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.client.call(signal, ListAnswer, (sdk) => sdk.paymentIntents.list({ limit: 1 }));
  }

  /** A refusal is an answer: the 402 brings the intent as it is afterwards. */
  private async confirmed(
    reference: string,
    params: Stripe.PaymentIntentConfirmParams,
    call: CallContext,
  ): Promise<IntentAnswer> {
    try {
      const answer = await this.client.raw(call.signal, (sdk) =>
        sdk.paymentIntents.confirm(reference, params, keyOf(call)),
      );
      return about(reference, parsed(IntentAnswer, answer));
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError && error.payment_intent) {
        return about(reference, parsed(IntentAnswer, error.payment_intent));
      }
      throw gatewayErrorOf(error);
    }
  }

  private read(reference: string, signal: AbortSignal): Promise<IntentAnswer> {
    return this.intentOf(reference, signal, (sdk) =>
      sdk.paymentIntents.retrieve(reference, { expand: EXPAND }),
    );
  }

  /** The read another call begins with: where it fails, that call was never made. */
  private async readFirst(reference: string, { signal }: CallContext): Promise<IntentAnswer> {
    return this.read(reference, signal).catch((error: unknown) => {
      throw withoutMoney(gatewayErrorOf(error));
    });
  }

  private async intentOf(
    reference: string,
    signal: AbortSignal,
    work: (sdk: Stripe) => PromiseLike<unknown>,
  ): Promise<IntentAnswer> {
    return about(reference, await this.client.call(signal, IntentAnswer, work));
  }

  /** The intent with its disputes, which its charge only hints at. */
  private async snapshot(intent: IntentAnswer, signal: AbortSignal): Promise<PaymentSnapshot> {
    return this.snapshotOf(
      intent,
      chargeOf(intent)?.disputed ? await this.disputesOf(intent.id, signal) : [],
    );
  }

  private snapshotOf(intent: IntentAnswer, disputes: readonly DisputeAnswer[] = []): PaymentSnapshot {
    return snapshotOf(intent, this.options.async_payment_method_types, disputes);
  }

  private async disputesOf(payment_intent: string, signal: AbortSignal): Promise<DisputeAnswer[]> {
    const { data } = await this.client.call(signal, DisputesAnswer, (sdk) =>
      sdk.disputes.list({ payment_intent, limit: PAGE }),
    );
    return data;
  }
}

function keyOf({ idempotency_key }: CallContext): Stripe.RequestOptions {
  return { idempotencyKey: idempotency_key };
}

function rethrow(error: unknown): never {
  throw gatewayErrorOf(error);
}
