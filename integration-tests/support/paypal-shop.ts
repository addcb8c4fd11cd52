import { randomUUID } from "node:crypto";
import { money, type Money, type PaymentSnapshot, type WebhookRequest } from "../../src/gateway";
import { PROVIDER_OPTION } from "../../src/gateway/provider-option";
import { PayPalPaymentProvider } from "../../src/providers/paypal";
import { MedusaPayments, MemoryJournal, type PaymentRow, type SessionRow } from "../../src/testing";
import type { PaypalSimulator } from "../simulators/paypal";
import { inNumbers, type BookedRow } from "./paypal-booked";
import { enterCard, type EnteredCard } from "./paypal-card-fields";

export const CLIENT_ID = "client-id-of-the-shop";
export const CLIENT_SECRET = "client-secret-of-the-shop";

type Approval = Parameters<PaypalSimulator["api"]["approve"]>[1];
type Data = Record<string, unknown>;

/** How a payer pays: with a card in PayPal's fields, or in PayPal, whose funding comes to what the approval says. */
export type Payer = Readonly<{ card: EnteredCard }> | Readonly<{ approval?: Approval }>;

/** Medusa's payment module with the PayPal gateway in it, and the account at the simulator behind that. */
export class PaypalShop {
  readonly journal = new MemoryJournal();
  readonly medusa = new MedusaPayments(this.journal);
  readonly provider: PayPalPaymentProvider;

  constructor(
    private readonly simulator: PaypalSimulator,
    options: Readonly<Data> = {},
  ) {
    this.provider = new PayPalPaymentProvider(this.medusa.cradle, {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      api_url: simulator.url,
      methods: ["paypal", "card"],
      return_url: "https://shop.example/back",
      connect_timeout_ms: 3_000,
      timeout_ms: 4_000,
      ...options,
      [PROVIDER_OPTION]: "main",
    });
    this.medusa.attach(this.provider);
  }

  /** A session as Medusa's own route makes it: the data is the shopper's. */
  open(amount: Money = money(1_000n, "EUR"), data: Data = {}, context: Data = {}): Promise<SessionRow> {
    const payment_collection_id = `pay_col_${randomUUID()}`;
    return this.medusa.createPaymentSession({ payment_collection_id, amount, data, context });
  }

  /** What the payer does at PayPal, in another window. */
  async approve(session: Pick<SessionRow, "data">, payer: Payer = {}): Promise<void> {
    const order_id = orderIn(session);
    if ("card" in payer) {
      await enterCard(this.simulator.url, { client_id: CLIENT_ID }, order_id, payer.card);
    } else {
      this.simulator.api.approve(order_id, payer.approval);
    }
  }

  /** Medusa completes the cart. @throws where nothing is paid */
  complete({ id }: SessionRow): Promise<PaymentRow> {
    return this.medusa.authorizePaymentSession(id);
  }

  /** A session, approved at PayPal, and Medusa's payment for it. */
  async pay(amount?: Money, payer: Payer = {}): Promise<PaymentRow> {
    const session = await this.open(amount, "card" in payer ? { method: "card" } : {});
    await this.approve(session, payer);
    return this.complete(session);
  }

  /** {@link pay}, and captured in Medusa. */
  async captured(amount?: Money, payer?: Payer): Promise<PaymentRow> {
    return this.medusa.capturePayment((await this.pay(amount, payer)).id);
  }

  /** PayPal's books about the order behind a session or payment. */
  booked(of: Pick<SessionRow, "data">): BookedRow {
    const row = this.simulator.api.ledger().find(({ id }) => id === orderIn(of));
    if (!row) {
      throw new Error(`The simulator has no order ${orderIn(of)}.`);
    }
    return inNumbers(row);
  }

  /** The payment as the gateway reads it. */
  read(of: Pick<SessionRow, "data">): Promise<PaymentSnapshot> {
    return this.provider.gateway.retrievePayment(orderIn(of), AbortSignal.timeout(5_000));
  }

  receive(webhook: WebhookRequest) {
    return this.medusa.receiveWebhook(webhook);
  }
}

/** PayPal's order id, which a session's or payment's data names. */
export function orderIn({ data }: Pick<SessionRow, "data">): string {
  return String(data.gateway_reference);
}
