import { z } from "@medusajs/framework/zod";
import {
  InvalidPaymentData,
  outcomeOf,
  type CallContext,
  type ClientConfig,
  type ConfirmPaymentInput,
  type CreatePaymentInput,
  type GatewayCapabilities,
  type Money,
  type Outcome,
  type PaymentGateway,
  type PaymentSnapshot,
  type WebhookEvent,
  type WebhookRequest,
} from "../../../src/gateway";
import { send } from "./client";
import type { AcmeOptions } from "./options";
import { verifyWebhook } from "./webhooks";

/** All that a shopper's browser may hand on; everything else it sends is dropped. */
const ConfirmData = z.object({ token: z.string().min(1).max(200) });

export class AcmeGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities = {
    methods: [{ id: "card", express: false, portable_credential: false }],
    currencies: ["EUR", "USD"],
    capture: "manual",
    partial_capture: true,
    multiple_capture: false,
    partial_refund: true,
    void: true,
    saved_methods: false,
    update_amount: false,
  };

  constructor(private readonly options: AcmeOptions) {}

  /** The token comes from Acme's script on a page of the store's own. */
  clientConfig(): ClientConfig {
    return { form: "acme_token" };
  }

  async createPayment(input: CreatePaymentInput, call: CallContext): Promise<Outcome> {
    const { attempt_id, amount } = input;
    return outcomeOf(await this.post("/payments", { ...amountBody(amount), metadata: { attempt_id } }, call));
  }

  async updatePayment(): Promise<Outcome> {
    throw new InvalidPaymentData("Acme cannot change the amount of a payment.");
  }

  async confirmPayment(reference: string, input: ConfirmPaymentInput, call: CallContext): Promise<Outcome> {
    const data = ConfirmData.safeParse(input.data);
    if (!data.success)
      throw new InvalidPaymentData('The payment data\'s field "token" is missing or not valid.');
    return outcomeOf(await this.post(`/payments/${encodeURIComponent(reference)}/confirm`, data.data, call));
  }

  capturePayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot> {
    return this.post(`/payments/${encodeURIComponent(reference)}/capture`, amountBody(amount), call);
  }

  refundPayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot> {
    return this.post(`/payments/${encodeURIComponent(reference)}/refund`, amountBody(amount), call);
  }

  cancelPayment(reference: string, call: CallContext): Promise<PaymentSnapshot> {
    return this.post(`/payments/${encodeURIComponent(reference)}/cancel`, {}, call);
  }

  retrievePayment(reference: string, signal: AbortSignal): Promise<PaymentSnapshot> {
    return send(this.options, { method: "GET", path: `/payments/${encodeURIComponent(reference)}`, signal });
  }

  async verifyWebhook(request: WebhookRequest): Promise<WebhookEvent[]> {
    return [verifyWebhook(request, this.options.webhook_secret)];
  }

  async ping(signal: AbortSignal): Promise<void> {
    await send(this.options, { method: "GET", path: "/payments/ping", signal });
  }

  private post(
    path: string,
    body: object,
    { idempotency_key, signal }: CallContext,
  ): Promise<PaymentSnapshot> {
    return send(this.options, { method: "POST", path, body, key: idempotency_key, signal });
  }
}

function amountBody({ amount_minor, currency }: Money): { amount: string; currency: string } {
  return { amount: amount_minor.toString(), currency };
}
