import type Stripe from "stripe";
import type { Account } from "../account";
import { newId } from "../ids";

/** Two days, as the fastest payout schedules have it. */
const AVAILABLE_AFTER_SECONDS = 2 * 86_400;

/** Books what was captured, less Stripe's fee. A charge's later captures are booked apart. */
export function bookCharge(account: Account, charge: Stripe.Charge, amount: number): void {
  const fee = Math.round(amount * 0.029) + 30;
  const booked = book(account, {
    amount,
    currency: charge.currency,
    fee,
    fee_details: [
      {
        amount: fee,
        application: null,
        currency: charge.currency,
        description: "Stripe fees",
        type: "stripe_fee",
      },
    ],
    reporting_category: "charge",
    source: charge.id,
    type: charge.id.startsWith("py_") ? "payment" : "charge",
  });
  charge.balance_transaction ??= booked;
}

/** Books money that went back, or came back from a refund that failed. */
export function bookRefund(account: Account, refund: Stripe.Refund, failed: boolean): string {
  return book(account, {
    amount: failed ? refund.amount : -refund.amount,
    currency: refund.currency,
    fee: 0,
    fee_details: [],
    reporting_category: failed ? "refund_failure" : "refund",
    source: refund.id,
    type: failed ? "refund_failure" : "refund",
  });
}

type Booking = Pick<
  Stripe.BalanceTransaction,
  "amount" | "currency" | "fee" | "fee_details" | "reporting_category" | "source" | "type"
>;

function book(account: Account, booking: Booking): string {
  const created = account.clock.seconds();
  const transaction: Stripe.BalanceTransaction = {
    ...booking,
    id: newId("txn"),
    object: "balance_transaction",
    available_on: created + AVAILABLE_AFTER_SECONDS,
    balance_type: "payments",
    created,
    description: null,
    exchange_rate: null,
    net: booking.amount - booking.fee,
    status: "pending",
  };
  account.balance_transactions.set(transaction.id, transaction);
  return transaction.id;
}
