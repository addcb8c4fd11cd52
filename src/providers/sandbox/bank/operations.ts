import { randomUUID } from "node:crypto";
import { lapseTimeOf } from "./agenda";
import * as disputes from "./disputes";
import type { Ledger } from "./ledger";
import { uncaptured, type Moved } from "./moves";
import * as moves from "./payments";
import type { BankDecline, BankPayment, Change, DisputeReason } from "./records";
import { Refusal } from "./refusal";
import type { AmountRequest, ConfirmRequest, CreateRequest } from "./requests";
import { savedCardChanges } from "./saved-cards";
import { cardByToken } from "./test-cards";
import { chargeFor, type Charge } from "./charges";

/** One shop with an account at the bank. */
export type Account = Readonly<{ provider: string; api_key: string }>;

/** Who asks, as it is written down beside what changes. */
export type Caller = Readonly<{
  /** The merchant; every payment is within reach when left out. */
  provider?: string;
  /** Null for reading, and for whoever is not a merchant. */
  idempotency_key: string | null;
}>;
export type MerchantCaller = Account & Caller;

/** The bank's own people, and shoppers on its pages. */
export const DASHBOARD: Caller = { idempotency_key: null };

/** What a shopper may decide on a page of the bank; `close` leaves everything as it is. */
export type Decision = "approve" | "fail" | "cancel" | "later" | "close";

/** How an operation came out: the payment afterwards, and what has to be written down for it. */
export type Result = Readonly<{ payment: BankPayment; changes: readonly Change[] }>;

/** How long a refund to a card that cannot take it looks fine. */
const REFUND_FAILURE_DELAY_MS = 2000;

/** How many operations of one payment are remembered; the oldest go first. */
export const OPERATIONS_LIMIT = 100;

/**
 * What can be done with payments. Nothing here writes: each operation reads the ledger and returns the
 * changes, so that the caller commits them together with its idempotent answer as one transaction.
 */
export class Operations {
  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number,
    /** True when the issuer is to give a part only; asked once for each authorization. */
    private readonly isShort: (provider: string) => boolean = () => false,
  ) {}

  create(account: MerchantCaller, request: CreateRequest): Result {
    if (request.customer_id !== undefined) {
      const customer = this.ledger.customers.get(request.customer_id);
      if (customer?.provider !== account.provider) {
        throw new Refusal(404, "customer_unknown", "There is no such customer.");
      }
    }
    const { token, saved_method_id, ...rest } = request;
    const payment: BankPayment = {
      ...rest,
      reference: `sbx_pay_${randomUUID()}`,
      provider: account.provider,
      status: "requires_confirmation",
      authorized_minor: 0n,
      captured_minor: 0n,
      refunded_minor: 0n,
      voided_minor: 0n,
      refunds: [],
      disputes: [],
      authorizations: 0,
      operations: [],
      operations_forgotten: 0,
      source: token !== undefined || saved_method_id !== undefined ? { token, saved_method_id } : undefined,
      created_at: this.now(),
    };
    if (payment.source && payment.method === "bank_redirect") {
      throw new Refusal(400, "instrument_not_for_method", "A bank_redirect payment takes no instrument.");
    }
    if (payment.source) {
      // An instrument that does not exist is told now; one that will be refused is told on confirm.
      chargeFor(this.ledger, account, payment, {}, this.now());
    }
    const acts = [{ kind: "create", amount_minor: payment.amount_minor } as const];
    return this.result(account, { payment, acts, events: [] });
  }

  /** The payment as it is now. @throws Refusal 404 for another account's payment as for an unknown one. */
  find(provider: string | undefined, reference: string): BankPayment {
    const payment = this.ledger.payments.get(reference);
    if (!payment || (provider !== undefined && payment.provider !== provider)) {
      throw new Refusal(404, "payment_unknown", "There is no such payment.");
    }
    return payment;
  }

  update(account: MerchantCaller, reference: string, request: AmountRequest): Result {
    const payment = this.find(account.provider, reference);
    expectCurrency(payment, request.currency);
    return this.result(account, moves.reprice(payment, request.amount_minor));
  }

  /** Authorizes. Whatever is decided already is answered as it is: there is never a second authorization. */
  confirm(account: MerchantCaller, reference: string, request: ConfirmRequest): Result {
    const payment = this.find(account.provider, reference);
    const brings_instrument = Boolean(
      request.card ?? request.token ?? request.saved_method_id ?? request.wallet,
    );
    const open = payment.status === "requires_confirmation" || payment.status === "action_required";
    if (!open || (payment.status === "action_required" && !brings_instrument)) {
      return { payment, changes: [] };
    }
    expectCurrency(payment, request.currency);
    if (request.amount_minor !== undefined && request.amount_minor !== payment.amount_minor) {
      throw new Refusal(409, "amount_mismatch", "The payment is for another amount than this confirm.");
    }
    const shopper = {
      locale: request.locale ?? payment.locale,
      return_url: request.return_url ?? payment.return_url,
    };
    if (payment.method === "bank_redirect") {
      return this.result(account, moves.challenge(payment, undefined, page("bank_page", shopper)));
    }
    const charge = chargeFor(this.ledger, account, payment, request, this.now());
    return this.result(account, this.charge(payment, charge, shopper), charge);
  }

  capture(caller: Caller, reference: string, request: Partial<AmountRequest>): Result {
    const payment = this.find(caller.provider, reference);
    expectCurrency(payment, request.currency);
    const captured = moves.capture(payment, request.amount_minor ?? uncaptured(payment));
    return this.result(caller, this.withDispute(captured));
  }

  refund(caller: Caller, reference: string, request: Partial<AmountRequest>): Result {
    const payment = this.find(caller.provider, reference);
    expectCurrency(payment, request.currency);
    const amount_minor = request.amount_minor ?? moves.refundable(payment);
    if (amount_minor <= 0n) {
      throw new Refusal(409, "amount_exceeds_captured", "There is nothing left to refund.");
    }
    const fails = cardByToken(payment.instrument?.test_token ?? "")?.refund_fails;
    return this.result(
      caller,
      moves.refund(payment, amount_minor, fails ? this.now() + REFUND_FAILURE_DELAY_MS : undefined),
    );
  }

  cancel(caller: Caller, reference: string): Result {
    return this.result(caller, moves.voidRest(this.find(caller.provider, reference)));
  }

  /** The shopper contests the payment at their bank: all that can be disputed when no amount is given. */
  dispute(
    reference: string,
    { amount_minor, reason = "fraudulent" }: Readonly<{ amount_minor?: bigint; reason?: DisputeReason }>,
  ): Result {
    const payment = this.find(undefined, reference);
    const amount = amount_minor ?? disputes.disputable(payment);
    const opened = disputes.openDispute(payment, { amount_minor: amount, reason }, this.now());
    return this.result(DASHBOARD, opened);
  }

  closeDispute(reference: string, dispute_id: string | undefined, status: "won" | "lost"): Result {
    const payment = this.find(undefined, reference);
    return this.result(DASHBOARD, disputes.closeDispute(payment, dispute_id, status));
  }

  /** What the shopper decided on the bank's page, or what the control API says in their place. */
  decide(payment: BankPayment, decision: Decision): Result {
    switch (decision) {
      case "close":
        return { payment, changes: [] };
      case "approve":
        return this.approve(payment);
      case "later":
        return this.result(DASHBOARD, moves.wait(payment));
      case "fail":
        return this.result(DASHBOARD, moves.decline(payment, refusalOnPage(payment)));
      case "cancel":
        return this.result(DASHBOARD, moves.decline(payment, { code: "canceled_by_payer" }));
    }
  }

  /** The next change that is due by the clock alone: a refund that comes back, or an authorization that lapses. */
  due(payment: BankPayment): readonly Change[] {
    const now = this.now();
    const failing = payment.refunds.find((refund) => refund.fails_at !== undefined && refund.fails_at <= now);
    if (failing) {
      return this.result(DASHBOARD, moves.failRefund(payment, failing.id)).changes;
    }
    const lapsed = lapseTimeOf(payment) <= now;
    return lapsed ? this.result(DASHBOARD, moves.voidRest(payment, "expire")).changes : [];
  }

  private charge(payment: BankPayment, charge: Charge, shopper: ShopperOnPage): Moved {
    const with_instrument = {
      ...payment,
      instrument: charge.instrument,
      save_on_success: charge.save,
    };
    switch (charge.type) {
      case "approve":
        return this.authorize(with_instrument);
      case "decline":
        return moves.decline(with_instrument, charge.decline);
      case "three_d_secure":
        return moves.challenge(with_instrument, charge.instrument, page("three_d_secure", shopper));
    }
  }

  private approve(payment: BankPayment): Result {
    const behaviour = cardByToken(payment.instrument?.test_token ?? "")?.behaviour;
    if (behaviour?.type === "three_d_secure" && behaviour.then.type === "decline") {
      return this.result(DASHBOARD, moves.decline(payment, behaviour.then.decline));
    }
    return this.result(DASHBOARD, this.authorize(payment));
  }

  private authorize(payment: BankPayment): Moved {
    const short = payment.amount_minor > 1n && this.isShort(payment.provider);
    const amount_minor = short ? payment.amount_minor / 2n : payment.amount_minor;
    return this.withDispute(moves.authorize(payment, this.now(), amount_minor));
  }

  private withDispute(moved: Moved): Moved {
    const { payment, acts, events } = moved;
    const amount_minor = disputes.disputable(payment);
    if (amount_minor === 0n || !cardByToken(payment.instrument?.test_token ?? "")?.disputes) {
      return moved;
    }
    const opened = disputes.openDispute(payment, { amount_minor, reason: "fraudulent" }, this.now());
    return {
      payment: opened.payment,
      acts: [...acts, ...opened.acts],
      events: [...events, ...opened.events],
    };
  }

  private result(caller: Caller, moved: Moved, charge?: Charge): Result {
    const { provider, reference } = moved.payment;
    const at = this.now();
    const payment = withOperations(moved, caller, at);
    const news = moved.events.map((type) => ({
      id: `evt_${randomUUID()}`,
      type,
      provider,
      reference,
      created_at: at,
    }));
    return {
      payment,
      changes: [
        { kind: "payment", value: payment },
        ...savedCardChanges(this.ledger, payment, charge),
        ...news.map((value) => ({ kind: "event" as const, value })),
      ],
    };
  }
}

/** Writes down what was done and by whom. A dispute is the shopper's, also when a merchant's call brought it about. */
function withOperations({ payment, acts }: Moved, { idempotency_key }: Caller, at: number): BankPayment {
  const done = acts.map(({ kind, amount_minor }) => ({
    kind,
    amount_minor,
    idempotency_key: kind === "dispute" ? null : idempotency_key,
    at,
  }));
  const operations = [...payment.operations, ...done];
  const forgotten = Math.max(0, operations.length - OPERATIONS_LIMIT);
  return {
    ...payment,
    operations: operations.slice(forgotten),
    operations_forgotten: payment.operations_forgotten + forgotten,
  };
}

type Challenge = NonNullable<BankPayment["challenge"]>;

/** How the shopper reads a page of the bank's, and where they go from there. */
type ShopperOnPage = Pick<Challenge, "locale" | "return_url">;

function page(reason: Challenge["reason"], shopper: ShopperOnPage): Challenge {
  return { id: randomUUID(), reason, ...shopper };
}

function refusalOnPage(payment: BankPayment): BankDecline {
  return {
    code: payment.challenge?.reason === "three_d_secure" ? "authentication_not_handled" : "generic_decline",
  };
}

function expectCurrency(payment: BankPayment, currency: string | undefined): void {
  if (currency !== undefined && currency !== payment.currency) {
    throw new Refusal(409, "currency_mismatch", "The payment is in another currency.");
  }
}
