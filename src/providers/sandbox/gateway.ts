import { InvalidPaymentData, OutcomeUnknown } from "../../gateway/errors";
import type { Money } from "../../gateway/money";
import { outcomeOf, type Outcome, type PaymentSnapshot } from "../../gateway/outcomes";
import type {
  CallContext,
  CheckoutForm,
  ClientConfig,
  ConfirmPaymentInput,
  CreatePaymentInput,
  Customers,
  GatewayCapabilities,
  PaymentGateway,
  SavedMethods,
  SetUp,
  WebhookEvent,
  WebhookRequest,
} from "../../gateway/payment-gateway";
import {
  CustomerAnswer,
  DeletedAnswer,
  PaymentAnswer,
  PingAnswer,
  SavedMethodsAnswer,
  snapshotOf,
} from "./answers";
import { BankClient } from "./client";
import { KNOWN_DECLINES } from "./declines";
import { digitsOf } from "./fingerprint";
import type { SandboxOptions } from "./options";
import { confirmDataOf, createDataOf, knownMethod, type SandboxMethod } from "./shopper-data";
import { verifyWebhook } from "./webhooks";

const AUTHORIZATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Saved methods are read and removed without a caller's signal. */
const SAVED_METHODS_TIMEOUT_MS = 10_000;

/** What the checkout draws for each method. */
const FORMS: Readonly<Record<SandboxMethod, CheckoutForm>> = {
  card: "card_fields",
  apple_pay: "wallet_sheet",
  google_pay: "wallet_sheet",
  bank_redirect: "redirect",
};

/** What a page may know of the card form besides: the brands to show, and a number to try that is approved. */
const CARD_CLIENT = {
  saved_methods: true,
  brands: ["visa", "mastercard", "amex"],
  test_number: "4242424242424242",
} as const;

/** Pays through the sandbox bank: a payment service for development that needs no account. */
export class SandboxGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities;
  readonly set_up: SetUp = { name: "Sandbox bank", mode: "test", missing: [] };
  readonly known_declines = KNOWN_DECLINES;
  private readonly client: BankClient;

  constructor(private readonly options: SandboxOptions) {
    this.client = new BankClient(options);
    this.capabilities = {
      methods: [
        // A sandbox card reaches the store's own server, so the store may offer it to another gateway.
        { id: "card", express: false, portable_credential: true, saves: true },
        { id: "apple_pay", express: true, portable_credential: false },
        { id: "google_pay", express: true, portable_credential: false },
        { id: "bank_redirect", express: false, portable_credential: false },
      ],
      currencies: options.currencies ?? "all",
      capture: options.capture,
      partial_capture: true,
      multiple_capture: true,
      partial_refund: true,
      void: true,
      saved_methods: true,
      update_amount: true,
      authorization_lifetime_ms: AUTHORIZATION_LIFETIME_MS,
    };
  }

  clientConfig(method: string): ClientConfig {
    const known = knownMethod(method);
    return { form: FORMS[known], test_mode: true, ...(known === "card" && CARD_CLIENT) };
  }

  async createPayment(input: CreatePaymentInput, call: CallContext): Promise<Outcome> {
    const { amount, attempt_id, customer, locale, method, return_url } = input;
    const body = {
      ...createDataOf(method, input.data),
      ...amount,
      method: knownMethod(method),
      capture: this.options.capture,
      metadata: { attempt_id },
      customer_id: customer?.gateway_customer_id,
      locale,
      return_url,
    };
    return outcomeOf(await this.change(["payments"], body, call));
  }

  async updatePayment(reference: string, amount: Money, call: CallContext): Promise<Outcome> {
    return outcomeOf(await this.change(["payments", reference, "amount"], amount, call));
  }

  /** The amount goes along: the bank refuses to authorize a payment that was re-priced in the meantime. */
  async confirmPayment(reference: string, input: ConfirmPaymentInput, call: CallContext): Promise<Outcome> {
    const { amount, authenticate, locale, method, return_url } = input;
    const body = { ...confirmDataOf(method, input.data), ...amount, authenticate, locale, return_url };
    return outcomeOf(await this.change(["payments", reference, "confirm"], body, call));
  }

  capturePayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot> {
    return this.change(["payments", reference, "capture"], amount, call);
  }

  refundPayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot> {
    return this.change(["payments", reference, "refund"], amount, call);
  }

  cancelPayment(reference: string, call: CallContext): Promise<PaymentSnapshot> {
    return this.change(["payments", reference, "cancel"], {}, call);
  }

  async retrievePayment(reference: string, signal: AbortSignal): Promise<PaymentSnapshot> {
    const path = ["payments", reference];
    const answer = await this.client.send({ method: "GET", path, signal, answer: PaymentAnswer });
    return snapshotOf(about(reference, answer));
  }

  async verifyWebhook(request: WebhookRequest): Promise<WebhookEvent[]> {
    const { webhook_secret, previous_webhook_secrets } = this.options;
    return verifyWebhook(request, [webhook_secret, ...previous_webhook_secrets]);
  }

  async ping(signal: AbortSignal): Promise<void> {
    await this.client.send({ method: "GET", path: ["ping"], signal, answer: PingAnswer });
  }

  /** For a typed card only; what a token or a saved card stands for, the bank alone knows. */
  identifyInstrument(method: string, data: unknown): string | undefined {
    if (method !== "card") {
      return undefined;
    }
    try {
      const number = digitsOf(confirmDataOf(method, data).card?.number ?? "");
      return number === "" ? undefined : `card:${number}`;
    } catch (error) {
      if (error instanceof InvalidPaymentData) {
        return undefined;
      }
      throw error;
    }
  }

  readonly customers: Customers = {
    ensure: async ({ id, email }, { idempotency_key, signal }) => {
      const body = { external_id: id, email };
      const request = { method: "POST", path: ["customers"], body, idempotency_key, signal } as const;
      return (await this.client.send({ ...request, answer: CustomerAnswer })).id;
    },
  };

  readonly saved_methods: SavedMethods = {
    list: async (customer_id) => {
      const path = ["customers", customer_id, "saved_methods"];
      const signal = AbortSignal.timeout(SAVED_METHODS_TIMEOUT_MS);
      const answer = await this.client.send({ method: "GET", path, signal, answer: SavedMethodsAnswer });
      return answer.saved_methods;
    },
    remove: async (customer_id, saved_method_id) => {
      const path = ["customers", customer_id, "saved_methods", saved_method_id];
      const signal = AbortSignal.timeout(SAVED_METHODS_TIMEOUT_MS);
      await this.client.send({ method: "DELETE", path, signal, answer: DeletedAnswer });
    },
  };

  private async change(
    path: readonly string[],
    body: Readonly<Record<string, unknown>>,
    { idempotency_key, signal }: CallContext,
  ): Promise<PaymentSnapshot> {
    const request = { method: "POST", path, body, idempotency_key, signal } as const;
    const answer = await this.client.send({ ...request, answer: PaymentAnswer });
    return snapshotOf(about(path[1], answer));
  }
}

/** An answer about another payment than the one asked for is no answer. */
function about(reference: string | undefined, answer: PaymentAnswer): PaymentAnswer {
  if (reference !== undefined && answer.reference !== reference) {
    throw new OutcomeUnknown("The sandbox bank answered about another payment.");
  }
  return answer;
}
