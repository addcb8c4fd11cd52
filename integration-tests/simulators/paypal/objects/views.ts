import type { Account } from "../account";
import type {
  Authorization,
  Capture,
  Link,
  Order,
  OrderPaymentSource,
  Payer,
  PurchaseUnit,
  Refund,
} from "../contract/types";
import { lesserOf, moneyOf, type MinorUnits } from "../money";
import type { AuthorizationRecord, CaptureRecord, OrderRecord, RefundRecord } from "../records";
import { timestamp } from "../time";
import { authorizationLinks, captureLinks, orderLinks, refundLinks, tokenLinks } from "./links";
import { payerOf } from "./persons";

/** PayPal's fee in the United States: 3.49 % and 0.49 of the currency. */
const FEE_BASIS_POINTS = 349n;
const FEE_FIXED: MinorUnits = 49n;

/** An order whole, with the payments made in it. */
export function orderView(account: Account, order: OrderRecord): Order {
  const payer = payerIn(order);
  return {
    ...orderSummary(account, order),
    intent: order.intent,
    purchase_units: order.purchase_units.map((unit) => unitView(account, order, unit)),
    create_time: timestamp(order.created_ms),
    update_time: timestamp(order.updated_ms),
    ...(payer ? { payer } : {}),
  };
}

/** What an event tells of an approval that PayPal took back. */
export function reversedApproval(
  account: Account,
  order: OrderRecord,
): Readonly<{ order_id: string; purchase_units: PurchaseUnit[] }> {
  return {
    order_id: order.id,
    purchase_units: order.purchase_units.map((unit) => unitView(account, order, unit)),
  };
}

/** An order as `Prefer: return=minimal` has it: id, status, links, and what it is paid with. */
export function orderSummary(account: Account, order: OrderRecord): Order {
  const payment_source = sourceView(account, order);
  return {
    id: order.id,
    status: order.status,
    ...(payment_source ? { payment_source } : {}),
    links: orderLinks(account, order),
  };
}

function unitView(
  account: Account,
  order: OrderRecord,
  unit: OrderRecord["purchase_units"][number],
): PurchaseUnit {
  const mine = ({ order_id, reference_id }: { order_id: string; reference_id: string }): boolean =>
    order_id === order.id && reference_id === unit.reference_id;
  const authorizations = [...account.authorizations.values()].filter(mine);
  const captures = [...account.captures.values()].filter(mine);
  const refunds = [...account.refunds.values()].filter(({ capture_id }) =>
    captures.some(({ id }) => id === capture_id),
  );
  const { payment_instruction: _instruction, supplementary_data: _data, ...shown } = unit;
  return {
    ...shown,
    payee: { email_address: account.email, merchant_id: account.id },
    ...(authorizations.length + captures.length === 0
      ? {}
      : {
          payments: {
            ...(authorizations.length > 0
              ? { authorizations: authorizations.map((record) => authorizationInOrder(account, record)) }
              : {}),
            ...(captures.length > 0
              ? { captures: captures.map((record) => captureInOrder(account, record)) }
              : {}),
            ...(refunds.length > 0 ? { refunds: refunds.map((record) => refundView(account, record)) } : {}),
          },
        }),
  };
}

function sourceView(account: Account, order: OrderRecord): OrderPaymentSource | undefined {
  const { instrument, source } = order;
  if (!instrument) {
    return source === null || source === "card" ? undefined : { [source]: {} };
  }
  const token =
    order.payment_token_id === null ? undefined : account.payment_tokens.get(order.payment_token_id);
  const attributes = token && {
    vault: {
      id: token.id,
      status: "VAULTED" as const,
      customer: { id: token.customer_id },
      links: tokenLinks(account, token.id),
    },
  };
  if ("person" in instrument) {
    const { email_address, payer_id, given_name, surname, country_code } = instrument.person;
    const shown = {
      email_address,
      account_id: payer_id,
      name: { given_name, surname },
      address: { country_code },
      ...(attributes ? { attributes } : {}),
    };
    return instrument.kind === "paypal"
      ? { paypal: { ...shown, account_status: "VERIFIED" } }
      : { venmo: { ...shown, user_name: "johndoe" } };
  }
  const { name, last_digits, brand, type, expiry } = instrument.card;
  const card = {
    ...(name === null ? {} : { name }),
    last_digits,
    brand,
    type,
    ...(order.authentication ? { authentication_result: order.authentication } : {}),
  };
  switch (instrument.kind) {
    case "card":
      return {
        card: { ...card, ...(expiry === null ? {} : { expiry }), ...(attributes ? { attributes } : {}) },
      };
    case "apple_pay":
      return { apple_pay: { card } };
    case "google_pay":
      return { google_pay: { card } };
  }
}

function payerIn({ instrument }: OrderRecord): Payer | undefined {
  return instrument && "person" in instrument ? payerOf(instrument.person) : undefined;
}

/** An authorization whole, as `GET /v2/payments/authorizations/{id}` shows it. */
export function authorizationView(account: Account, record: AuthorizationRecord): Authorization {
  return {
    ...authorizationInOrder(account, record),
    supplementary_data: { related_ids: { order_id: record.order_id } },
    payee: { email_address: account.email, merchant_id: account.id },
  };
}

function authorizationInOrder(
  account: Account,
  record: AuthorizationRecord,
): Omit<Authorization, "supplementary_data" | "payee"> {
  return {
    id: record.id,
    status: record.status,
    amount: moneyOf(record.amount, record.currency),
    ...references(record),
    seller_protection: {
      status: "ELIGIBLE",
      dispute_categories: ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"],
    },
    expiration_time: timestamp(record.expires_ms),
    create_time: timestamp(record.created_ms),
    update_time: timestamp(record.updated_ms),
    links: authorizationLinks(account, record),
    ...(record.processor_response ? { processor_response: record.processor_response } : {}),
  };
}

/** A capture whole, as `GET /v2/payments/captures/{id}` shows it. */
export function captureView(account: Account, record: CaptureRecord): Capture {
  const { order_id, authorization_id } = record;
  return {
    ...captureInOrder(account, record),
    supplementary_data: {
      related_ids: { order_id, ...(authorization_id === null ? {} : { authorization_id }) },
    },
    payee: { email_address: account.email, merchant_id: account.id },
  };
}

function captureInOrder(
  account: Account,
  record: CaptureRecord,
): Omit<Capture, "supplementary_data" | "payee"> {
  const { currency } = record;
  const settled = ["COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"].includes(record.status);
  return {
    id: record.id,
    status: record.status,
    ...(record.pending_reason ? { status_details: { reason: record.pending_reason } } : {}),
    amount: moneyOf(record.amount, currency),
    ...references(record),
    seller_protection: {
      status: "ELIGIBLE",
      dispute_categories: ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"],
    },
    final_capture: record.final_capture,
    ...(settled
      ? {
          seller_receivable_breakdown: {
            gross_amount: moneyOf(record.amount, currency),
            paypal_fee: moneyOf(feeOf(record.amount), currency),
            net_amount: moneyOf(record.amount - feeOf(record.amount), currency),
          },
        }
      : {}),
    create_time: timestamp(record.created_ms),
    update_time: timestamp(record.updated_ms),
    links: captureLinks(account, record),
    ...(record.processor_response ? { processor_response: record.processor_response } : {}),
  };
}

/** A refund whole, as `GET /v2/payments/refunds/{id}` shows it. */
export function refundView(account: Account, record: RefundRecord): Refund {
  const { currency, amount, note_to_payer } = record;
  const gross = moneyOf(amount, currency);
  return {
    id: record.id,
    status: record.status,
    ...(record.status === "PENDING" ? { status_details: { reason: "ECHECK" } } : {}),
    amount: gross,
    ...references(record),
    ...(note_to_payer === null ? {} : { note_to_payer }),
    seller_payable_breakdown: {
      gross_amount: gross,
      paypal_fee: moneyOf(0n, currency),
      net_amount: gross,
      total_refunded_amount: moneyOf(record.total_refunded, currency),
    },
    create_time: timestamp(record.created_ms),
    update_time: timestamp(record.updated_ms),
    links: refundLinks(account, record),
  };
}

/** A payment as `Prefer: return=minimal` has it. */
export function summary<T extends Readonly<{ id?: string; status?: string; links?: Link[] }>>({
  id,
  status,
  links,
}: T): Pick<T, "id" | "status" | "links"> {
  return { id, status, links };
}

function references(record: Readonly<{ invoice_id: string | null; custom_id: string | null }>): {
  invoice_id?: string;
  custom_id?: string;
} {
  return {
    ...(record.invoice_id === null ? {} : { invoice_id: record.invoice_id }),
    ...(record.custom_id === null ? {} : { custom_id: record.custom_id }),
  };
}

function feeOf(amount: MinorUnits): MinorUnits {
  // A division of bigints cuts off; half of the divisor makes it round half up.
  const share = (amount * FEE_BASIS_POINTS + 5_000n) / 10_000n;
  return lesserOf(amount, share + FEE_FIXED);
}
