import type { Decline } from "../../gateway/declines";
import {
  InvalidPaymentData,
  isServiceFault,
  messageOf,
  OutcomeUndecided,
  OutcomeUnknown,
  type GatewayError,
} from "../../gateway/errors";
import { addMoney, sameMoney, showMoney, subtractMoney, type Money } from "../../gateway/money";
import type { CallContext, RefundContext } from "../../gateway/payment-gateway";
import { fromApiMoney, toApiMoney } from "./amounts";
import { MovedAnswer, NothingAnswer, type AuthorizationAnswer, type OrderAnswer } from "./answers";
import type { PayPalClient } from "./client";
import { declineOfMove } from "./declines";
import {
  amountOf,
  authorizationsOf,
  capturedOf,
  standingAuthorizations,
  pendingOf,
  refundableCaptures,
  refundedAs,
  refusedCaptures,
  type Refundable,
} from "./payments";
import { moveErrorOf, rethrowMove } from "./refusal-errors";
import { Refusal } from "./refusal";
import { markOf, REPRESENTATION, requestIdOf } from "./requests";

/** PayPal docs, "Authorization and honor period": funds are held for three days of the 29. */
const HONOR_PERIOD_MS = 3 * 24 * 60 * 60 * 1000;

/** PayPal takes no further capture, though something is left. Neither says why. */
const NO_FURTHER_CAPTURE: readonly string[] = [
  "MAX_CAPTURE_COUNT_EXCEEDED",
  "AUTHORIZATION_ALREADY_CAPTURED",
];

/** There is nothing left to void. */
const NOTHING_TO_VOID: readonly string[] = ["PREVIOUSLY_VOIDED", "AUTHORIZATION_VOIDED"];

/** Moves the money of orders. Each takes the order as it was just read, and says nothing about it afterwards. */
export class PayPalMoves {
  constructor(private readonly client: PayPalClient) {}

  /**
   * Captures exactly `amount` of what is authorized; the last part ends the authorization.
   * @throws InvalidPaymentData for more than is left: PayPal itself would take up to 115 % of it
   */
  async capture(order: OrderAnswer, amount: Money, call: CallContext): Promise<void> {
    sameCurrency(order, amount);
    const held = standingAuthorizations(order).at(-1) ?? authorizationsOf(order).at(-1);
    if (!held) {
      throw new InvalidPaymentData("The payment is not authorized, so nothing can be captured.");
    }
    const finalCapture = endsWith(order, held, amount);
    const { id } = await this.renewed(order, held, call);
    const take = (key: string): Promise<MovedAnswer> =>
      this.client
        .call(call.signal, MovedAnswer, ({ payments }) =>
          payments.captureAuthorizedPayment({
            authorizationId: id,
            paypalRequestId: requestIdOf(key),
            prefer: REPRESENTATION,
            body: { amount: toApiMoney(amount), finalCapture },
          }),
        )
        .catch((error: unknown) => {
          throw isFurtherCapture(order) ? furtherCaptureErrorOf(error) : moveErrorOf(error);
        });
    const answer = await take(call.idempotency_key);
    // PayPal answers a repeat with what has become of the first: one that it held back and then refused took nothing.
    assertArrived(wasRefused(order, answer) ? await take(`${call.idempotency_key}:${answer.id}`) : answer);
  }

  /**
   * Refunds exactly `amount`, from the oldest captures first. Every part carries the mark of this call, so that a repeat
   * knows what it did before, however long ago.
   */
  async refund(order: OrderAnswer, amount: Money, call: RefundContext): Promise<void> {
    sameCurrency(order, amount);
    let done = refundedAs(order, markOf(call));
    for (const part of partsOf(subtractMoney(amount, done), refundableCaptures(order))) {
      try {
        await this.refundPart(part, call);
      } catch (error) {
        throw done.amount_minor > 0n ? inPart(error, done) : error;
      }
      done = addMoney(done, part.left);
    }
  }

  private async refundPart({ id, left }: Refundable, call: RefundContext): Promise<void> {
    const refund = await this.client
      .call(call.signal, MovedAnswer, ({ payments }) =>
        payments.refundCapturedPayment({
          captureId: id,
          paypalRequestId: requestIdOf(`${call.idempotency_key}:${id}`),
          prefer: REPRESENTATION,
          body: { amount: toApiMoney(left), customId: markOf(call) },
        }),
      )
      .catch(rethrowMove);
    if (refund.status === "FAILED" || refund.status === "CANCELLED") {
      const reason = refund.statusDetails?.reason ?? refund.status;
      throw new InvalidPaymentData(`PayPal could not make the refund (${reason}).`);
    }
  }

  /** Voids what is authorized and not captured. PayPal voids the first authorization, and with it those that renewed it. */
  async void(order: OrderAnswer, call: CallContext): Promise<void> {
    const [first] = standingAuthorizations(order);
    if (!first || first.status === "CAPTURED") {
      return;
    }
    try {
      await this.client.call(call.signal, NothingAnswer, ({ payments }) =>
        payments.voidPayment({
          authorizationId: first.id,
          paypalRequestId: requestIdOf(call.idempotency_key),
        }),
      );
    } catch (error) {
      if (!(error instanceof Refusal && NOTHING_TO_VOID.includes(error.code))) {
        throw moveErrorOf(error);
      }
    }
  }

  /**
   * The authorization to capture: the held one, renewed once where its honour period is over and nothing was captured
   * yet. One that PayPal does not renew, as with cards, may be captured all the same; PayPal then says whether it can.
   */
  private async renewed(
    order: OrderAnswer,
    held: AuthorizationAnswer,
    { idempotency_key, signal }: CallContext,
  ): Promise<{ id: string }> {
    const is_wallet = order.paymentSource?.paypal !== undefined;
    const is_first = authorizationsOf(order).length === 1;
    if (!is_wallet || !is_first || held.status !== "CREATED" || isHonored(held)) {
      return held;
    }
    try {
      return await this.client.call(signal, MovedAnswer, ({ payments }) =>
        payments.reauthorizePayment({
          authorizationId: held.id,
          paypalRequestId: requestIdOf(`${idempotency_key}:reauthorize`),
          prefer: REPRESENTATION,
          body: { amount: held.amount },
        }),
      );
    } catch (error) {
      if (error instanceof Refusal && error.status === 422) {
        return held;
      }
      throw moveErrorOf(error);
    }
  }
}

/**
 * Whether capturing this much takes all.
 * @throws InvalidPaymentData for more than that
 * @throws OutcomeUndecided where only what PayPal holds back stands in the way: it may be this very capture, and would be
 *   taken twice if it were told as refused
 */
function endsWith(order: OrderAnswer, held: AuthorizationAnswer, amount: Money): boolean {
  const authorized = fromApiMoney(held.amount);
  const arriving = pendingOf(order);
  const left = subtractMoney(subtractMoney(authorized, capturedOf(order)), arriving);
  // Once all is captured, PayPal says so itself, unless this is the repeat of a call that it has answered before.
  const is_repeat = left.amount_minor === 0n && amount.amount_minor <= authorized.amount_minor;
  if (amount.amount_minor > left.amount_minor && !is_repeat) {
    if (amount.amount_minor <= addMoney(left, arriving).amount_minor) {
      throw new OutcomeUndecided(
        `PayPal holds a capture of ${showMoney(arriving)} back, and ${showMoney(left)} of the authorization is left beside it. Do not capture again before it has arrived.`,
      );
    }
    throw new InvalidPaymentData(
      `Not so much can be captured: ${showMoney(left)} of the authorization is left.`,
    );
  }
  return is_repeat || sameMoney(amount, left);
}

/**
 * Which captures to refund, and how much of each.
 * @throws InvalidPaymentData for more than is left of them all
 */
function partsOf(amount: Money, captures: readonly Refundable[]): Refundable[] {
  const parts: Refundable[] = [];
  let open = amount;
  for (const { id, left } of captures) {
    const part = left.amount_minor < open.amount_minor ? left : open;
    if (part.amount_minor > 0n) {
      parts.push({ id, left: part });
      open = subtractMoney(open, part);
    }
  }
  if (open.amount_minor > 0n) {
    const refundable = parts.reduce((sum, { left }) => addMoney(sum, left), { ...amount, amount_minor: 0n });
    throw new InvalidPaymentData(
      `No more can be refunded than was captured: ${showMoney(refundable)} is left of ${showMoney(amount)}.`,
    );
  }
  return parts;
}

/** Something was captured before, and something is left. */
function isFurtherCapture(order: OrderAnswer): boolean {
  const captured = capturedOf(order).amount_minor;
  return captured > 0n && captured < amountOf(order).amount_minor;
}

/** PayPal docs, "Authorization and honor period": for wallets, partial captures are to be enabled on the account. */
function furtherCaptureErrorOf(error: unknown): GatewayError {
  return error instanceof Refusal && NO_FURTHER_CAPTURE.includes(error.code)
    ? new InvalidPaymentData(
        `PayPal takes no more of this authorization. Where it is a PayPal wallet's, several captures of one have to be enabled on the account: ask PayPal to${error.details}.`,
      )
    : moveErrorOf(error);
}

/** It was refused before this call was made. */
function wasRefused(order: OrderAnswer, answer: MovedAnswer): boolean {
  return refusedCaptures(order).some(({ id }) => id === answer.id);
}

/** A capture that PayPal holds back is put on record when the money is there, which may take days. */
function assertArrived(capture: MovedAnswer): void {
  const { status, statusDetails, processorResponse } = capture;
  const reason = statusDetails?.reason ?? "no reason given";
  if (status === "PENDING") {
    throw new OutcomeUndecided(
      `PayPal holds the capture back (${reason}). It is put on record when the money has arrived; do not capture again.`,
    );
  }
  if (status === "DECLINED" || status === "FAILED") {
    const why = processorResponse?.responseCode === undefined ? reason : wordsOf(declineOfMove(capture));
    throw new InvalidPaymentData(`PayPal refused the capture (${why}). Nothing was taken.`);
  }
}

function wordsOf({ code, category, advice_code }: Decline): string {
  return [code, category, advice_code && `network advice ${advice_code}`].filter(Boolean).join(", ");
}

function isHonored({ createTime }: AuthorizationAnswer): boolean {
  const made_at = Date.parse(createTime ?? "");
  return Number.isNaN(made_at) || Date.now() - made_at < HONOR_PERIOD_MS;
}

function sameCurrency(order: OrderAnswer, { currency }: Money): void {
  const of_order = amountOf(order).currency;
  if (of_order !== currency) {
    throw new InvalidPaymentData(`The payment is in ${of_order}, not in ${currency}.`);
  }
}

/** A refusal of the rest does not say that nothing moved. */
function inPart(error: unknown, done: Money): OutcomeUnknown {
  const Unknown = isServiceFault(error) ? OutcomeUnknown : OutcomeUndecided;
  return new Unknown(`${showMoney(done)} of the refund was made, and not the rest: ${messageOf(error)}`);
}
