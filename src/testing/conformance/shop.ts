import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  money,
  type AttemptRecord,
  type CallContext,
  type ConfirmPaymentInput,
  type GatewayPaymentProvider,
  type Money,
  type PaymentGateway,
  type PaymentSnapshot,
} from "../../gateway";
import { PROVIDER_OPTION } from "../../gateway/provider-option";
import type { ConformanceSamples, LedgerRow, ProviderOptions, RunningGateway, Sample } from "../harness";
import { MedusaPayments, type PaymentRow, type SessionRow } from "../medusa-payments";
import { MemoryJournal } from "../memory-journal";
import { tamperedProvider, type Tamper } from "./tampered";

export type ShopOptions = Partial<ProviderOptions> &
  Readonly<{
    /** The gateway reports something else than its service says. */
    tamper?: Tamper;
  }>;

/** Long enough for a busy machine; promises about silence ask for less. */
const DEFAULTS: ProviderOptions = {
  capture: "manual",
  connect_timeout_ms: 3_000,
  timeout_ms: 4_000,
  [PROVIDER_OPTION]: "conformance",
};

/** For promises that wait until a limit is over. */
export const IMPATIENT: ShopOptions = { connect_timeout_ms: 900, timeout_ms: 1_200 };

export type OpenInput = Readonly<{
  amount?: Money;
  payment_collection_id?: string;
  method?: string;
  data?: Record<string, unknown>;
  context?: Record<string, unknown>;
}>;

/** A store with one provider: Medusa's part, the journal, and the few things every promise does. */
export class Shop {
  readonly journal = new MemoryJournal();
  readonly medusa = new MedusaPayments(this.journal);
  readonly provider: GatewayPaymentProvider;

  constructor(
    private readonly running: RunningGateway,
    readonly samples: ConformanceSamples,
    { tamper, ...options }: ShopOptions = {},
  ) {
    const provider = running.createProvider(this.medusa.cradle, { ...DEFAULTS, ...options });
    this.provider = tamper ? tamperedProvider(this.medusa.cradle, provider.gateway, tamper) : provider;
    this.medusa.attach(this.provider);
  }

  get gateway(): PaymentGateway {
    return this.provider.gateway;
  }

  get method(): string {
    return this.samples.method ?? this.gateway.capabilities.methods[0]?.id ?? "";
  }

  /** `amount_minor` in the suite's currency: 100.00 unless told. */
  amount(amount_minor = 10_000n): Money {
    return money(amount_minor, this.samples.currency ?? "EUR");
  }

  /** Opens a session as Medusa's own route does: everything but the amount comes from the shopper. */
  open(input: OpenInput = {}): Promise<SessionRow> {
    return this.medusa.createPaymentSession({
      payment_collection_id: input.payment_collection_id ?? `pay_col_${randomUUID()}`,
      amount: input.amount ?? this.amount(),
      data: { method: input.method ?? this.method, ...input.data },
      context: input.context,
    });
  }

  async attempt(session: Pick<SessionRow, "data">): Promise<AttemptRecord> {
    const attempt = await this.journal.findAttempt({ id: String(session.data.attempt_id) });
    assert.ok(attempt, "the session's data must name an attempt on record");
    return attempt;
  }

  /** Confirms as the checkout does, after what the shopper does at the service. */
  async confirm(
    session: SessionRow,
    sample: Sample = this.samples.approve,
    asking: Pick<ConfirmPaymentInput, "authenticate"> = {},
  ): Promise<AttemptRecord> {
    const { id, gateway_reference } = await this.attempt(session);
    await sample.before?.(String(gateway_reference));
    return this.provider.attempts.confirm(id, {
      data: sample.data,
      return_url: "https://shop.example/return",
      ...asking,
    });
  }

  /** Pays: a session, a confirm that is approved, and Medusa's payment. */
  async pay(input: OpenInput = {}, sample: Sample = this.samples.approve): Promise<PaymentRow> {
    const session = await this.open(input);
    await this.confirm(session, sample);
    return this.medusa.authorizePaymentSession(session.id);
  }

  /** The service's books about the payment behind a session or Medusa payment. */
  async row(of: { data: Record<string, unknown> }): Promise<LedgerRow> {
    const { gateway_reference } = await this.attempt(of);
    assert.ok(gateway_reference, "the attempt must know the gateway's reference");
    return this.rowOf(gateway_reference);
  }

  async rowOf(reference: string): Promise<LedgerRow> {
    const row = (await this.running.service.ledger()).find((entry) => entry.reference === reference);
    assert.ok(row, `the service must have ${reference} in its books`);
    return row;
  }

  /** The context of a direct call to the gateway. */
  call(idempotency_key: string = randomUUID(), limit_ms = 5_000): CallContext {
    return { idempotency_key, signal: AbortSignal.timeout(limit_ms) };
  }

  /** A payment made by the gateway itself, past the adapter. */
  async create(amount = this.amount(), call = this.call()): Promise<PaymentSnapshot> {
    const attempt_id = `payatt_${randomUUID()}`;
    const { snapshot } = await this.gateway.createPayment(
      { method: this.method, amount, attempt_id, data: {} },
      call,
    );
    return snapshot;
  }

  /** A payment authorized by the gateway itself. */
  async authorize(amount = this.amount(), sample = this.samples.approve): Promise<PaymentSnapshot> {
    const { reference } = await this.create(amount);
    await sample.before?.(reference);
    const input = { method: this.method, amount, data: sample.data };
    const outcome = await this.gateway.confirmPayment(reference, input, this.call());
    assert.equal(outcome.type, "approved");
    return outcome.snapshot;
  }
}
