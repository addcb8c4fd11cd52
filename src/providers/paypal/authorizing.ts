import type { OrderAuthorizeRequestPaymentSource } from "@paypal/paypal-server-sdk";
import type { Decline } from "../../gateway/declines";
import { InvalidPaymentData, OutcomeUndecided } from "../../gateway/errors";
import { sameMoney, showMoney, type Money } from "../../gateway/money";
import { outcomeOf, type NextAction, type Outcome, type PaymentSnapshot } from "../../gateway/outcomes";
import type { CallContext, ConfirmPaymentInput } from "../../gateway/payment-gateway";
import { isSafeServiceAddress } from "../../gateway/service-address";
import type { OrderAnswer } from "./answers";
import { declineOfIssue } from "./declines";
import { methodRow } from "./methods";
import { amountOf, isUnpaid } from "./payments";
import { type Refusal } from "./refusal";
import { isAboutPayment, orderErrorOf } from "./refusal-errors";
import { REPRESENTATION, requestIdOf } from "./requests";
import { knownMethod } from "./shopper-data";
import { payerPageOf, snapshotOf } from "./snapshots";
import type { PayPalOrders } from "./orders";

/** Funding that failed within PayPal's wallet: PayPal lets the payer choose other funding on its page. */
const OTHER_FUNDING: readonly string[] = ["INSTRUMENT_DECLINED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"];

/** The payer has not finished on PayPal's or the bank's page. */
const PAYER_ACTION: readonly string[] = [
  "PAYER_ACTION_REQUIRED",
  "ORDER_NOT_APPROVED",
  "ORDER_IS_PENDING_APPROVAL",
  "CONSENT_NEEDED",
];

/** What is to be done with an order, and who asks. */
type Asked = Readonly<{
  order: OrderAnswer;
  input: ConfirmPaymentInput;
  call: CallContext;
  /** A saved wallet or card to pay with; what the payer chose at PayPal when left out. */
  saved?: OrderAuthorizeRequestPaymentSource;
}>;

/** Takes or reserves the money of orders whose payer has agreed. */
export class PayPalAuthorizing {
  constructor(private readonly orders: PayPalOrders) {}

  /**
   * Authorizes or captures, as the order was made for, what its payer approved at PayPal or keeps there. One that was
   * paid before answers what it is; one nobody approved answers where to.
   *
   * @throws InvalidPaymentData when the order is not for what is to be paid
   */
  async authorize(asked: Asked): Promise<Outcome> {
    const { order, input, saved } = asked;
    assertAmount(order, input.amount);
    const snapshot = snapshotOf(order);
    if (!isUnpaid(order) || snapshot.status === "canceled") {
      return outcomeOf(snapshot);
    }
    if (!saved && !snapshot.agreed) {
      return snapshot.decline || snapshot.status === "action_required"
        ? outcomeOf(snapshot)
        : askPayer(asked, snapshot, payerPageOf(order));
    }
    try {
      return outcomeOf(snapshotOf(await this.taken(asked)));
    } catch (error) {
      if (!isAboutPayment(error)) {
        throw orderErrorOf(error);
      }
      return this.refused(asked, snapshot, error);
    }
  }

  private taken({ order: { id, intent }, saved, call }: Asked): Promise<OrderAnswer> {
    const request = {
      id,
      paypalRequestId: requestIdOf(call.idempotency_key),
      prefer: REPRESENTATION,
      body: saved ? { paymentSource: saved } : {},
    };
    return this.orders.order(id, call.signal, ({ orders }) =>
      intent === "AUTHORIZE" ? orders.authorizeOrder(request) : orders.captureOrder(request),
    );
  }

  private async refused(asked: Asked, snapshot: PaymentSnapshot, refusal: Refusal): Promise<Outcome> {
    const { order, input, call } = asked;
    const decline = declineOfIssue(refusal.code);
    const is_wallet = methodRow(knownMethod(input.method)).source === "paypal";
    if (PAYER_ACTION.includes(refusal.code)) {
      return askPayer(asked, snapshot, refusal.link("payer-action") ?? payerPageOf(order));
    }
    if (is_wallet && OTHER_FUNDING.includes(refusal.code) && !asked.saved) {
      const page = refusal.link("redirect") ?? refusal.link("payer-action") ?? payerPageOf(order);
      return page === undefined ? declined(snapshot, decline) : askPayer(asked, snapshot, page);
    }
    switch (decline.category) {
      case "reconcile":
        return this.doneBefore(order, call);
      case "merchant_config":
        throw orderErrorOf(refusal);
      default:
        return declined(snapshot, decline);
    }
  }

  /** PayPal says that it was done before: what the order says now is the answer, if it says anything. */
  private async doneBefore({ id }: OrderAnswer, { signal }: CallContext): Promise<Outcome> {
    const order = await this.orders.readAfter(id, signal);
    if (isUnpaid(order)) {
      throw new OutcomeUndecided(
        "PayPal says that the order was paid before, and shows no payment of it yet.",
      );
    }
    return outcomeOf(snapshotOf(order));
  }
}

/** Sends the payer where PayPal wants them. Somebody who is not there cannot go. */
function askPayer({ order, input }: Asked, snapshot: PaymentSnapshot, page: string | undefined): Outcome {
  if (input.off_session) {
    return declined(snapshot, declineOfIssue("PAYER_ACTION_REQUIRED"));
  }
  const is_card = methodRow(knownMethod(input.method)).source !== "paypal" && order.paymentSource?.card;
  const next_action: NextAction =
    page !== undefined && isSafeServiceAddress(page)
      ? { type: "redirect", url: page, reason: is_card ? "three_d_secure" : "bank_page" }
      : { type: "confirm" };
  const { agreed: _, ...rest } = snapshot;
  return outcomeOf({ ...rest, status: "action_required", next_action });
}

function declined({ agreed: _, ...snapshot }: PaymentSnapshot, decline: Decline): Outcome {
  return outcomeOf({ ...snapshot, status: "declined", decline });
}

/** The payer agreed to what stands in the order, which must be what the store asks for. */
function assertAmount(order: OrderAnswer, amount: Money): void {
  const asked = amountOf(order);
  if (!sameMoney(asked, amount)) {
    throw new InvalidPaymentData(
      `The order at PayPal is for ${showMoney(asked)}, not for ${showMoney(amount)}.`,
    );
  }
}
