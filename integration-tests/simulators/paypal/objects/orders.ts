import type { Account } from "../account";
import type { OrderRequest } from "../contract/types";
import { refuse } from "../errors";
import { newId } from "../ids";
import { minorOf } from "../money";
import type { Instrument, OrderRecord } from "../records";
import { needsPayer, requirePayer } from "./approval";
import { instrumentOf, isWallet, sourceKind, vaultWish, verificationOf } from "./instruments";
import { expireLater, ORDER_LIVES_MS } from "./order-expiry";
import { payOrder } from "./payment";
import { purchaseUnits, type Unit } from "./purchase-units";

/**
 * Creates an order. One that names a card or a saved method is paid at once, unless its payer must act.
 * @throws PaypalRefusal for amounts that do not sum, a source that cannot be used, and what paying may refuse
 */
export function createOrder(account: Account, request: OrderRequest): OrderRecord {
  const source = request.payment_source;
  const kind = sourceKind(source);
  if (source && kind && account.request?.request_id === null) {
    throw refuse("PAYPAL_REQUEST_ID_REQUIRED");
  }
  const units = purchaseUnits(request.purchase_units, request.intent);
  checkLimits(account, units);
  const instrument = source && kind ? instrumentOf(account, source, kind) : null;
  const now_ms = account.clock.now();
  const order: OrderRecord = {
    id: newId(),
    intent: request.intent,
    status: "CREATED",
    purchase_units: units,
    created_ms: now_ms,
    updated_ms: now_ms,
    expires_ms: now_ms + ORDER_LIVES_MS,
    expired: false,
    source: kind,
    wish: source && kind ? vaultWish(source, kind) : null,
    verification: source ? verificationOf(source) : null,
    instrument,
    approved: false,
    authentication: null,
    funding: fundingOfSaved(account, instrument),
    payment_token_id: null,
    ...contextOf(request),
    deeds: [],
  };
  account.orders.set(order.id, order);
  try {
    settleSource(account, order, instrument);
  } catch (error) {
    // An order whose payment was refused at once was never created.
    account.orders.delete(order.id);
    throw error;
  }
  expireLater(account, order);
  account.noteChange(order.id);
  return order;
}

function fundingOfSaved({ payment_tokens }: Account, instrument: Instrument | null): OrderRecord["funding"] {
  return payment_tokens.get(instrument?.payment_token_id ?? "")?.funding ?? { kind: "completes" };
}

/** What happens once it is known, or known not to be, what an order is paid with. */
function settleSource(account: Account, order: OrderRecord, instrument: Instrument | null): void {
  if (instrument === null) {
    if (order.source && isWallet(order.source)) {
      order.status = "PAYER_ACTION_REQUIRED";
    }
    return;
  }
  if (needsPayer(account, order, instrument)) {
    requirePayer(account, order);
    return;
  }
  payOrder(account, order);
}

/** Where the payer is sent back to. The wallet's context counts before the order's, which PayPal deprecates. */
function contextOf(
  request: OrderRequest,
): Pick<OrderRecord, "return_url" | "cancel_url" | "shipping_preference"> {
  const { paypal, card, venmo, google_pay } = request.payment_source ?? {};
  const context: Readonly<{ return_url?: string; cancel_url?: string; shipping_preference?: string }> = {
    ...request.application_context,
    ...(paypal ?? card ?? venmo ?? google_pay)?.experience_context,
  };
  return {
    return_url: context.return_url ?? null,
    cancel_url: context.cancel_url ?? null,
    shipping_preference: context.shipping_preference ?? "GET_FROM_FILE",
  };
}

/** @throws PaypalRefusal TRANSACTION_LIMIT_EXCEEDED above what the account may take */
export function checkLimits({ options }: Account, units: readonly Unit[]): void {
  const [first] = units;
  const limit = first && options.transaction_limits?.[first.amount.currency_code];
  const total = units.reduce((sum, { amount }) => sum + minorOf(amount, "/amount"), 0n);
  if (limit !== undefined && total > limit) {
    throw refuse("TRANSACTION_LIMIT_EXCEEDED");
  }
}
