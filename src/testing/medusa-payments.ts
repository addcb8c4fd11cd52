import { randomUUID } from "node:crypto";
import { BigNumber } from "@medusajs/framework/utils";
import type { PaymentSessionStatus, WebhookActionResult } from "@medusajs/framework/types";
import {
  moneyFromDecimal,
  moneyToDecimal,
  type GatewayPaymentProvider,
  type Money,
  type PaymentJournal,
  type WebhookRequest,
} from "../gateway";

export type SessionRow = {
  id: string;
  payment_collection_id: string;
  amount: Money;
  status: PaymentSessionStatus;
  data: Record<string, unknown>;
  payment?: PaymentRow;
};

export type PaymentRow = {
  id: string;
  payment_session_id: string;
  amount: Money;
  data: Record<string, unknown>;
  captured_at?: Date;
  canceled_at?: Date;
};

/** A capture or refund as Medusa records it. `amount` is a float in Medusa too; `raw_amount` is exact. */
export type MoveRow = Readonly<{
  id: string;
  payment_id: string;
  amount: number;
  raw_amount: Readonly<{ value: string; precision: number }>;
  created_at: Date;
  refund_reason?: Readonly<{ code: string }>;
}>;

export type SessionInput = Readonly<{
  payment_collection_id: string;
  amount: Money;
  data?: Record<string, unknown>;
  context?: Record<string, unknown>;
}>;

/**
 * A stand-in for Medusa's payment module (`@medusajs/payment` 2.21) that calls a provider in the same order, with
 * the same inputs, and keeps the same rows; the tables are maps. It makes none of Medusa's checks of amounts, so
 * that a provider that leans on them shows.
 */
export class MedusaPayments {
  readonly sessions = new Map<string, SessionRow>();
  readonly payments = new Map<string, PaymentRow>();
  readonly captures = new Map<string, MoveRow>();
  readonly refunds = new Map<string, MoveRow>();
  /** Everything a provider logged. */
  readonly log: string[] = [];
  readonly cradle: Record<string, unknown>;
  private attached: GatewayPaymentProvider | undefined;

  constructor(journal: PaymentJournal) {
    this.cradle = containerOf({
      tender: journal,
      logger: loggerInto(this.log),
      captureService: {
        retrieve: async (id: string) => found(this.captures, id),
        list: async ({ id }: { id: string }) => present(this.captures.get(id)),
      },
      refundService: { list: async ({ id }: { id: string }) => present(this.refunds.get(id)) },
      paymentSessionService: { retrieve: async (id: string) => found(this.sessions, id) },
      paymentService: {
        list: async ({ payment_session_id }: { payment_session_id: string }) =>
          [...this.payments.values()]
            .filter((payment) => payment.payment_session_id === payment_session_id)
            .map((payment) => ({
              ...payment,
              ...exactly(moneyToDecimal(payment.amount)),
              captures: this.movesOf("captures", payment.id),
              refunds: this.movesOf("refunds", payment.id),
            })),
      },
    });
  }

  /** Makes `provider` the one that is asked. */
  attach(provider: GatewayPaymentProvider): void {
    this.attached = provider;
  }

  /** Makes a session and deletes the collection's others beside it, as Medusa's workflow does. */
  async createPaymentSession(input: SessionInput): Promise<SessionRow> {
    const others = [...this.sessions.values()].filter(
      (session) => session.payment_collection_id === input.payment_collection_id,
    );
    const [created] = await Promise.all([
      this.createSession(input),
      ...others.map((session) => this.deletePaymentSession(session.id)),
    ]);
    return created;
  }

  async updatePaymentSession(id: string, amount: Money): Promise<SessionRow> {
    const session = found(this.sessions, id);
    const { data, status } = await this.provider.updatePayment({
      data: session.data,
      ...decimal(amount),
      context: {},
    });
    Object.assign(session, { amount, data: stored(data), status: status ?? session.status });
    return session;
  }

  async deletePaymentSession(id: string): Promise<void> {
    const session = found(this.sessions, id);
    await this.provider.deletePayment({ data: session.data });
    this.sessions.delete(id);
  }

  async authorizePaymentSession(id: string): Promise<PaymentRow> {
    const session = found(this.sessions, id);
    if (session.payment) {
      return session.payment;
    }
    const { data, status } = await this.provider.authorizePayment({
      data: session.data,
      context: { idempotency_key: session.id },
    });
    if (status !== "authorized" && status !== "captured") {
      Object.assign(session, { status, data: stored(data) });
      throw new Error(`Session: ${id} was not authorized with the provider.`);
    }
    const payment: PaymentRow = {
      id: `pay_${randomUUID()}`,
      payment_session_id: id,
      amount: session.amount,
      data: stored(data),
    };
    Object.assign(session, { status: "authorized", data: payment.data, payment });
    this.payments.set(payment.id, payment);
    if (status === "captured") {
      this.record(this.captures, "capt", payment, session.amount);
      payment.captured_at = new Date();
    }
    return payment;
  }

  /**
   * The row is written first and deleted when the provider throws, so that a retry has a new idempotency key.
   * @param amount all of it when left out; a decimal as an operator may write it
   */
  async capturePayment(payment_id: string, amount?: Money | string): Promise<PaymentRow> {
    const payment = found(this.payments, payment_id);
    if (payment.captured_at) {
      return payment;
    }
    const capture = this.record(this.captures, "capt", payment, amount ?? payment.amount);
    try {
      const { data } = await this.provider.capturePayment({
        data: payment.data,
        context: { idempotency_key: capture.id },
      });
      payment.data = stored(data);
    } catch (error) {
      this.captures.delete(capture.id);
      throw error;
    }
    return payment;
  }

  /**
   * @param amount all of it when left out; a decimal as an operator may write it
   * @param reason the code of the reason the operator chose
   */
  async refundPayment(payment_id: string, amount?: Money | string, reason?: string): Promise<PaymentRow> {
    const payment = found(this.payments, payment_id);
    const refund = this.record(this.refunds, "ref", payment, amount ?? payment.amount);
    if (reason !== undefined) {
      this.refunds.set(refund.id, { ...refund, refund_reason: { code: reason } });
    }
    try {
      const { data } = await this.provider.refundPayment({
        data: payment.data,
        amount: refund.raw_amount,
        context: { idempotency_key: refund.id },
      });
      payment.data = stored(data);
    } catch (error) {
      this.refunds.delete(refund.id);
      throw error;
    }
    return payment;
  }

  async cancelPayment(payment_id: string): Promise<PaymentRow> {
    const payment = found(this.payments, payment_id);
    const { data } = await this.provider.cancelPayment({
      data: payment.data,
      context: { idempotency_key: payment.id },
    });
    return Object.assign(payment, { data: stored(data), canceled_at: new Date() });
  }

  async receiveWebhook({ raw_body, headers }: WebhookRequest): Promise<WebhookActionResult> {
    return this.provider.getWebhookActionAndData({ data: parsed(raw_body), rawData: raw_body, headers });
  }

  /** Sum of what Medusa has on record for a payment, in minor units. */
  recorded(rows: "captures" | "refunds", { id, amount }: PaymentRow): bigint {
    return this.movesOf(rows, id).reduce(
      (sum, { raw_amount }) => sum + moneyFromDecimal(raw_amount, amount.currency).amount_minor,
      0n,
    );
  }

  private movesOf(rows: "captures" | "refunds", payment_id: string): MoveRow[] {
    return [...this[rows].values()].filter((row) => row.payment_id === payment_id);
  }

  private async createSession(input: SessionInput): Promise<SessionRow> {
    const { payment_collection_id, amount, data, context } = input;
    const session: SessionRow = {
      id: `payses_${randomUUID()}`,
      payment_collection_id,
      amount,
      status: "pending",
      data: stored(data),
    };
    this.sessions.set(session.id, session);
    try {
      const made = await this.provider.initiatePayment({
        context: { idempotency_key: session.id, ...context },
        data: { ...data, session_id: session.id },
        ...decimal(amount),
      });
      return Object.assign(session, {
        data: stored({ ...data, ...made.data }),
        status: made.status ?? "pending",
      });
    } catch (error) {
      this.sessions.delete(session.id);
      throw error;
    }
  }

  private record(
    rows: Map<string, MoveRow>,
    prefix: string,
    payment: PaymentRow,
    amount: Money | string,
  ): MoveRow {
    const row: MoveRow = {
      id: `${prefix}_${randomUUID()}`,
      payment_id: payment.id,
      ...exactly(typeof amount === "string" ? amount : moneyToDecimal(amount)),
      created_at: new Date(),
    };
    rows.set(row.id, row);
    return row;
  }

  private get provider(): GatewayPaymentProvider {
    if (!this.attached) {
      throw new Error("Attach a provider first.");
    }
    return this.attached;
  }
}

/** An amount as Medusa's rows have it. */
function exactly(decimal: string): Pick<MoveRow, "amount" | "raw_amount"> {
  const { numeric, raw } = new BigNumber(decimal);
  return { amount: numeric, raw_amount: { value: String(raw?.value), precision: Number(raw?.precision) } };
}

/** Medusa hands over decimals and lower-case codes. */
function decimal(amount: Money): { amount: string; currency_code: string } {
  return { amount: moneyToDecimal(amount), currency_code: amount.currency.toLowerCase() };
}

/** What comes back from a JSON column. */
function stored(data: Record<string, unknown> | undefined): Record<string, unknown> {
  return JSON.parse(JSON.stringify(data ?? {})) as Record<string, unknown>;
}

function parsed(raw_body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(raw_body.toString("utf8")) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function found<T>(rows: ReadonlyMap<string, T>, id: string): T {
  const row = rows.get(id);
  if (row === undefined) {
    throw new Error(`${id} was not found.`);
  }
  return row;
}

function present<T>(row: T | undefined): T[] {
  return row === undefined ? [] : [row];
}

/** Like awilix, it throws for what was never registered. */
function containerOf(registered: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(registered, {
    get(target, name) {
      if (typeof name === "string" && !(name in target)) {
        throw new Error(`Could not resolve '${name}'.`);
      }
      return Reflect.get(target, name) as unknown;
    },
  });
}

function loggerInto(lines: string[]): Record<string, (...parts: unknown[]) => void> {
  const write = (...parts: unknown[]) => void lines.push(parts.map(textOf).join(" "));
  return Object.fromEntries(["debug", "info", "warn", "error", "log"].map((level) => [level, write]));
}

function textOf(part: unknown): string {
  return part instanceof Error ? `${part.stack}` : typeof part === "string" ? part : JSON.stringify(part);
}
