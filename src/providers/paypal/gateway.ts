import { logger } from "@medusajs/framework/logger";
import type { Patch } from "@paypal/paypal-server-sdk";
import { InvalidPaymentData, OutcomeUndecided, isPaymentGone } from "../../gateway/errors";
import type { Money } from "../../gateway/money";
import type { OrderDetails } from "../../gateway/order-details";
import { outcomeOf, type Outcome, type PaymentSnapshot } from "../../gateway/outcomes";
import type {
  BrowserSources,
  CallContext,
  ClientConfig,
  ConfirmPaymentInput,
  CreatePaymentInput,
  GatewayCapabilities,
  PaymentGateway,
  RefundContext,
  SetUp,
  UpdateContext,
  WebhookEvent,
  WebhookRequest,
} from "../../gateway/payment-gateway";
import { APPLE_PAY_ASSOCIATION_FILE } from "../../gateway/well-known";
import { CURRENCIES, LIMITS } from "./amounts";
import { NothingAnswer, type OrderAnswer, type PurchaseUnitAnswer } from "./answers";
import { PayPalAuthorizing } from "./authorizing";
import { PayPalClient } from "./client";
import { KNOWN_DECLINES } from "./declines";
import { disputesOf } from "./disputes";
import { BROWSER_SOURCES, capabilityOf, clientConfigOf } from "./methods";
import { making } from "./making-orders";
import { PayPalMoves } from "./moves";
import { missingOptions, type PayPalOptions } from "./options";
import { categoryOfIssue } from "./order-issues";
import { isAboutDetails, isEmpty, toldOf, type ToldOrder } from "./order-details";
import { PayPalOrders } from "./orders";
import { arrivedCaptures, standingAuthorizations, isUnpaid, pendingCaptures, unitOf } from "./payments";
import { isPatchRefused, orderErrorOf, patchErrorOf } from "./refusal-errors";
import { giveUpPatch, isGivenUp, orderRequest, repricePatch, requestIdOf } from "./requests";
import { savedSource } from "./sources";
import { confirmDataOf, knownMethod } from "./shopper-data";
import { snapshotOf } from "./snapshots";
import { PayPalVault } from "./vault";
import { PayPalWebhooks } from "./webhooks";

/** PayPal docs, "Authorization and honor period": valid for 29 days. The authorization itself says until when. */
const AUTHORIZATION_LIFETIME_MS = 29 * 24 * 60 * 60 * 1000;

/** Pays through one account at PayPal: one order per payment, approved at PayPal and authorized or captured from here. */
export class PayPalGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities;
  readonly known_declines = KNOWN_DECLINES;
  readonly browser_sources: BrowserSources = BROWSER_SOURCES;
  /** Only where the operator keeps methods: an account without the feature would refuse every logged-in customer. */
  readonly customers?: PayPalVault;
  readonly saved_methods?: PayPalVault;
  private readonly client: PayPalClient;
  private readonly orders: PayPalOrders;
  private readonly authorizing: PayPalAuthorizing;
  private readonly moves: PayPalMoves;
  private readonly vault: PayPalVault;
  private readonly webhooks: PayPalWebhooks;

  constructor(readonly options: PayPalOptions) {
    this.client = new PayPalClient(options);
    this.orders = new PayPalOrders(this.client);
    this.authorizing = new PayPalAuthorizing(this.orders);
    this.moves = new PayPalMoves(this.client);
    this.vault = new PayPalVault(this.client);
    this.webhooks = new PayPalWebhooks(this.client, options);
    if (options.saved_methods) {
      this.customers = this.vault;
      this.saved_methods = this.vault;
    }
    const currencies = options.currencies ?? CURRENCIES;
    this.capabilities = {
      methods: options.methods.map(capabilityOf),
      currencies,
      limits: Object.fromEntries(
        Object.entries(LIMITS).filter(([currency]) => currencies.includes(currency)),
      ),
      capture: options.capture,
      partial_capture: true,
      multiple_capture: true,
      partial_refund: true,
      void: true,
      saved_methods: options.saved_methods,
      update_amount: true,
      // An order keeps its return address, its customer and whether to keep the method, and PayPal's window its amount.
      hand_over: false,
      authorization_lifetime_ms: AUTHORIZATION_LIFETIME_MS,
    };
  }

  get well_known_files(): Readonly<Record<string, string>> {
    const { apple_pay_domain_association: text } = this.options;
    return text === undefined ? {} : { [APPLE_PAY_ASSOCIATION_FILE]: text };
  }

  get set_up(): SetUp {
    const { environment } = this.options;
    return {
      name: "PayPal",
      mode: environment === "live" ? "live" : "test",
      missing: missingOptions(this.options),
    };
  }

  clientConfig(method: string, amount?: Money): ClientConfig {
    return clientConfigOf(knownMethod(method), this.options, amount);
  }

  /**
   * Makes the order. Nothing moves before its payer approves it and `confirmPayment` takes it. Where PayPal refuses what it
   * is told beside the amount, which is a definite answer, the order is made of the amount alone.
   */
  async createPayment(input: CreatePaymentInput, { idempotency_key, signal }: CallContext): Promise<Outcome> {
    const make = (told: ToldOrder, request_key: string): Promise<OrderAnswer> =>
      this.orders.order(
        undefined,
        signal,
        making(orderRequest(input, this.options, told), requestIdOf(request_key)),
      );
    const told = toldOf(input.order, input.amount, this.options);
    const order = await make(told, idempotency_key)
      .catch((error: unknown) => {
        if (isEmpty(told) || !isAboutDetails(error)) {
          throw error;
        }
        logger.warn(
          `PayPal refuses to be told what ${input.attempt_id} is for${error.details}: the amount alone is sent.`,
        );
        return make({}, `${idempotency_key}:amount`);
      })
      .catch((error: unknown) => {
        throw orderErrorOf(error);
      });
    return outcomeOf(snapshotOf(order));
  }

  /**
   * Changes what an order asks for and says it is for, as long as nobody has agreed to it.
   * @throws InvalidPaymentData for one that was approved or paid, or cannot be told what is bought now: another order has
   * to be made
   */
  async updatePayment(
    reference: string,
    amount: Money,
    { signal, order: details }: UpdateContext,
  ): Promise<Outcome> {
    const before = await this.orders.read(reference, signal);
    const snapshot = snapshotOf(before);
    if (snapshot.status !== "requires_confirmation" || snapshot.agreed || snapshot.decline) {
      throw new InvalidPaymentData(
        "The payer has agreed to another amount already, so a new order is needed.",
      );
    }
    const told = toldOf(details, amount, this.options);
    assertShippedAsBefore(unitOf(before), details, told);
    await this.patch(reference, repricePatch(unitOf(before), amount, told), signal).catch(
      (error: unknown) => {
        throw isAboutDetails(error)
          ? new InvalidPaymentData(
              `PayPal cannot be told what is bought now${error.details}: a new order is needed.`,
            )
          : patchErrorOf(error);
      },
    );
    const after = snapshotOf(await this.orders.read(reference, signal));
    if (after.agreed) {
      throw new InvalidPaymentData(
        "The payer agreed to the former amount meanwhile, so a new order is needed.",
      );
    }
    return outcomeOf(after);
  }

  /**
   * Authorizes or captures what the payer approved, or answers where they have to. An order that PayPal has forgotten
   * meanwhile is a refusal that asks for a new one.
   */
  async confirmPayment(reference: string, input: ConfirmPaymentInput, call: CallContext): Promise<Outcome> {
    const { saved_method_id } = confirmDataOf(input.data);
    const saved = saved_method_id && savedSource(saved_method_id, input, this.options);
    let order: OrderAnswer;
    try {
      order = await this.orders.readBefore(reference, call.signal);
    } catch (error) {
      if (isPaymentGone(error)) {
        return expired(reference, input.amount);
      }
      throw error;
    }
    if (!saved || !isUnpaid(order)) {
      return this.authorizing.authorize({ order, input, call });
    }
    await this.vault.assertOwner(order, saved_method_id, call.signal);
    return this.authorizing.authorize({ order, input, call, saved });
  }

  async capturePayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot> {
    await this.moves.capture(await this.orders.readBefore(reference, call.signal), amount, call);
    return snapshotOf(await this.orders.readAfter(reference, call.signal));
  }

  async refundPayment(reference: string, amount: Money, call: RefundContext): Promise<PaymentSnapshot> {
    await this.moves.refund(await this.orders.readBefore(reference, call.signal), amount, call);
    return snapshotOf(await this.orders.readAfter(reference, call.signal));
  }

  /** Voids what is not captured. An order nobody paid is marked as given up, and never taken any more. */
  async cancelPayment(reference: string, call: CallContext): Promise<PaymentSnapshot> {
    const found = await this.orders.read(reference, call.signal);
    const order = isUnpaid(found) ? await this.givenUp(found, call.signal) : found;
    if (isUnpaid(order)) {
      const { agreed: _agreed, next_action: _action, decline: _decline, ...snapshot } = snapshotOf(order);
      return { ...snapshot, status: "canceled" };
    }
    const is_held = standingAuthorizations(order).length > 0;
    await (is_held && this.moves.void(order, call));
    const after = is_held ? await this.orders.readAfter(reference, call.signal) : order;
    if (pendingCaptures(after).length > 0) {
      throw new OutcomeUndecided(
        "PayPal still holds the money back. It can be returned once it has arrived.",
      );
    }
    return snapshotOf(after);
  }

  /**
   * The order once it is marked. Where PayPal does not take the mark it may have been paid meanwhile, so that it is read
   * again; one that is unpaid still ends by itself within hours.
   */
  private async givenUp(order: OrderAnswer, signal: AbortSignal): Promise<OrderAnswer> {
    const unit = unitOf(order);
    if (isGivenUp(unit)) {
      return order;
    }
    try {
      await this.patch(order.id, giveUpPatch(unit), signal);
      return order;
    } catch (error) {
      if (!isPatchRefused(error)) {
        throw orderErrorOf(error);
      }
      const now = await this.orders.read(order.id, signal);
      if (isUnpaid(now) && categoryOfIssue(error.code) === "reconcile") {
        throw new OutcomeUndecided("PayPal says that the order was paid, and shows no payment of it yet.");
      }
      return now;
    }
  }

  private patch(id: string, body: Patch[], signal: AbortSignal): Promise<undefined> {
    return this.client.call(signal, NothingAnswer, ({ orders }) => orders.patchOrder({ id, body }));
  }

  /** The order with the disputes about its captures. */
  async retrievePayment(reference: string, signal: AbortSignal): Promise<PaymentSnapshot> {
    const order = await this.orders.read(reference, signal);
    const looks_for_disputes = this.options.disputes && arrivedCaptures(order).length > 0;
    return snapshotOf(order, looks_for_disputes ? await disputesOf(this.client, order, signal) : []);
  }

  async verifyWebhook(request: WebhookRequest): Promise<WebhookEvent[]> {
    return [await this.webhooks.verify(request)];
  }

  ping(signal: AbortSignal): Promise<void> {
    return this.client.ping(signal);
  }
}

/**
 * Whether an order is shipped is settled when it is made: PayPal's page then shows an address, or none.
 * @throws InvalidPaymentData where that has changed
 */
function assertShippedAsBefore(
  { shipping }: PurchaseUnitAnswer,
  details: OrderDetails | undefined,
  told: ToldOrder,
): void {
  if (details && Boolean(shipping?.address) !== Boolean(told.shipping)) {
    throw new InvalidPaymentData(
      "The order at PayPal was made to be shipped otherwise, so a new one is needed.",
    );
  }
}

function expired(reference: string, amount: Money): Outcome {
  const nothing: Money = { ...amount, amount_minor: 0n };
  return outcomeOf({
    reference,
    status: "declined",
    amount,
    authorized: nothing,
    captured: nothing,
    refunded: nothing,
    decline: { category: "session_expired", code: "ORDER_EXPIRED" },
  });
}
