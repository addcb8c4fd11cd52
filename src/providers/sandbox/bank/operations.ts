import { randomUUID } from "node:crypto";
import { fullYear } from "./cards";
import type { Ledger } from "./ledger";
import * as moves from "./payments";
import type { BankDecline, BankPayment, Change } from "./records";
import { Refusal } from "./refusal";
import type { AmountRequest, ConfirmRequest, CreateRequest } from "./requests";
import { cardByToken } from "./test-cards";
import { chargeFor, type Charge } from "./charges";

/** One shop with an account at the bank. */
export type Account = Readonly<{ provider: string; api_key: string }>;

/** What a shopper may decide on a page of the bank; `close` leaves everything as it is. */
export type Decision = "approve" | "fail" | "cancel" | "later" | "close";

/** How an operation came out: the payment afterwards, and what has to be written down for it. */
export type Result = Readonly<{ payment: BankPayment; changes: readonly Change[] }>;

/** How long a refund to a card that cannot take it looks fine. */
const REFUND_FAILURE_DELAY_MS = 2000;

/**
 * What can be done with payments. Nothing here writes: each operation reads the ledger and returns the
 * changes, so that the caller commits them together with its idempotent answer as one transaction.
 */
export class Operations {
  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {}

  create(account: Account, request: CreateRequest): Result {
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
      disputed_minor: 0n,
      refunds: [],
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
    return this.result({ payment, events: [] });
  }

  /** The payment as it is now. @throws Refusal 404 for another account's payment as for an unknown one. */
  find(provider: string | undefined, reference: string): BankPayment {
    const payment = this.ledger.payments.get(reference);
    if (!payment || (provider !== undefined && payment.provider !== provider)) {
      throw new Refusal(404, "payment_unknown", "There is no such payment.");
    }
    return payment;
  }

  update(account: Account, reference: string, request: AmountRequest): Result {
    const payment = this.find(account.provider, reference);
    expectCurrency(payment, request.currency);
    return this.result(moves.reprice(payment, request.amount_minor));
  }

  /** Authorizes. Whatever is decided already is answered as it is: there is never a second authorization. */
  confirm(account: Account, reference: string, request: ConfirmRequest): Result {
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
    const return_url = request.return_url ?? payment.return_url;
    if (payment.method === "bank_redirect") {
      return this.result(moves.challenge(payment, undefined, page("bank_page", return_url)));
    }
    const charge = chargeFor(this.ledger, account, payment, request, this.now());
    return this.result(this.charge(payment, charge, return_url), charge);
  }

  capture(provider: string | undefined, reference: string, request: Partial<AmountRequest>): Result {
    const payment = this.find(provider, reference);
    expectCurrency(payment, request.currency);
    const captured = moves.capture(payment, request.amount_minor ?? moves.uncaptured(payment));
    return this.result(this.withDispute(captured));
  }

  refund(provider: string | undefined, reference: string, request: Partial<AmountRequest>): Result {
    const payment = this.find(provider, reference);
    expectCurrency(payment, request.currency);
    const amount_minor = request.amount_minor ?? payment.captured_minor - payment.refunded_minor;
    if (amount_minor <= 0n) {
      throw new Refusal(409, "amount_exceeds_captured", "There is nothing left to refund.");
    }
    const fails = cardByToken(payment.instrument?.test_token ?? "")?.refund_fails;
    return this.result(
      moves.refund(payment, amount_minor, fails ? this.now() + REFUND_FAILURE_DELAY_MS : undefined),
    );
  }

  cancel(provider: string | undefined, reference: string): Result {
    return this.result(moves.voidRest(this.find(provider, reference)));
  }

  dispute(reference: string, amount_minor?: bigint): Result {
    const payment = this.find(undefined, reference);
    const amount = amount_minor ?? payment.captured_minor - payment.disputed_minor;
    if (amount <= 0n) {
      throw new Refusal(
        409,
        "amount_exceeds_captured",
        "There is nothing captured that is not disputed already.",
      );
    }
    return this.result(moves.dispute(payment, amount));
  }

  /** What the shopper decided on the bank's page, or what the control API says in their place. */
  decide(payment: BankPayment, decision: Decision): Result {
    switch (decision) {
      case "close":
        return { payment, changes: [] };
      case "approve":
        return this.approve(payment);
      case "later":
        return this.result(moves.wait(payment));
      case "fail":
        return this.result(moves.decline(payment, refusalOnPage(payment)));
      case "cancel":
        return this.result(moves.decline(payment, { code: "canceled_by_payer" }));
    }
  }

  /** Changes that are due by the clock alone: lapsed authorizations, refunds that come back. */
  due(payment: BankPayment): readonly Change[] {
    const now = this.now();
    const failing = payment.refunds.find((refund) => refund.fails_at !== undefined && refund.fails_at <= now);
    if (failing) {
      return this.result(moves.failRefund(payment, failing.id)).changes;
    }
    const lapsed = payment.status === "authorized" && (payment.authorization_expires_at ?? Infinity) <= now;
    return lapsed ? this.result(moves.voidRest(payment)).changes : [];
  }

  private charge(payment: BankPayment, charge: Charge, return_url: string | undefined): moves.Moved {
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
        return moves.challenge(with_instrument, charge.instrument, page("three_d_secure", return_url));
    }
  }

  private approve(payment: BankPayment): Result {
    const behaviour = cardByToken(payment.instrument?.test_token ?? "")?.behaviour;
    if (behaviour?.type === "three_d_secure" && behaviour.then.type === "decline") {
      return this.result(moves.decline(payment, behaviour.then.decline));
    }
    return this.result(this.authorize(payment));
  }

  private authorize(payment: BankPayment): moves.Moved {
    return this.withDispute(moves.authorize(payment, this.now()));
  }

  private withDispute(moved: moves.Moved): moves.Moved {
    const { payment, events } = moved;
    const undisputed = payment.captured_minor - payment.disputed_minor;
    if (undisputed === 0n || !cardByToken(payment.instrument?.test_token ?? "")?.disputes) {
      return moved;
    }
    const disputed = moves.dispute(payment, undisputed);
    return { payment: disputed.payment, events: [...events, ...disputed.events] };
  }

  private result({ payment, events }: moves.Moved, charge?: Charge): Result {
    const { provider, reference } = payment;
    const created_at = this.now();
    const news = events.map((type) => ({ id: `evt_${randomUUID()}`, type, provider, reference, created_at }));
    return {
      payment,
      changes: [
        { kind: "payment", value: payment },
        ...this.savedMethod(payment, charge),
        ...news.map((value) => ({ kind: "event" as const, value })),
      ],
    };
  }

  /** Keeps the card for the customer once it was accepted (or at once, for the card that is saved and refused). */
  private savedMethod(payment: BankPayment, charge: Charge | undefined): readonly Change[] {
    const { customer_id, instrument, provider } = payment;
    const accepted = payment.status === "authorized" || payment.status === "captured";
    const expiry = accepted ? payment.save_on_success : charge?.save_now;
    if (!expiry || !customer_id || !instrument) {
      return [];
    }
    const same = [...this.ledger.saved_methods.values()].find(
      (saved) => saved.customer_id === customer_id && saved.instrument.fingerprint === instrument.fingerprint,
    );
    const id = same?.id ?? `sbx_pm_${randomUUID()}`;
    const { exp_month, exp_year } = expiry;
    const value = { id, provider, customer_id, instrument, exp_month, exp_year: fullYear(exp_year) };
    return [{ kind: "saved_method", value }];
  }
}

function page(
  reason: "three_d_secure" | "bank_page",
  return_url?: string,
): NonNullable<BankPayment["challenge"]> {
  return { id: randomUUID(), reason, return_url };
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
