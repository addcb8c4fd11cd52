import { MedusaError } from "@medusajs/framework/utils";
import {
  GatewayPaymentProvider,
  InvalidPaymentData,
  InvalidWebhook,
  isSafeServiceAddress,
  outcomeOf,
  UNSAFE_ADDRESS,
  type CallContext,
  type ClientConfig,
  type ConfirmPaymentInput,
  type CreatePaymentInput,
  type Decline,
  type GatewayCapabilities,
  type Money,
  type Outcome,
  type PaymentGateway,
  type PaymentSnapshot,
  type SetUp,
  type WebhookEvent,
  type WebhookRequest,
} from "../../../gateway";
import type { ConformanceHarness, ProviderOptions } from "../..";
import { MEMORY_SECRET, MemoryService, signatureOf, type MemoryPayment } from "./memory-service";

const BODY_LIMIT_BYTES = 100_000;
const TOLERANCE_MS = 300_000;

const CATEGORIES: Readonly<Record<string, Decline["category"]>> = {
  insufficient_funds: "funds_limit",
  lost_card: "never",
  authentication_failed: "authenticate",
};

/** What a mutant changes; a good gateway leaves all as it is. */
export type Mutation = Readonly<{
  gateway?(good: MemoryGateway, service: MemoryService): Partial<PaymentGateway>;
  provider?(good: GatewayPaymentProvider): Partial<GatewayPaymentProvider>;
  /** In place of its check of what an operator wrote. */
  validateOptions?(options: Record<string, unknown>): void;
}>;

/** A small gateway without a fault, to hold the suite against. */
export class MemoryGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities;
  readonly set_up: SetUp = { name: "Memory", mode: "test", missing: ["webhook_secret"] };

  constructor(
    readonly service: MemoryService,
    readonly capture: "manual" | "automatic",
  ) {
    this.capabilities = {
      methods: [
        { id: "card", express: false, portable_credential: false },
        { id: "wallet", express: true, portable_credential: false },
      ],
      currencies: ["EUR", "JPY", "KWD", "USD"],
      limits: { EUR: { max_minor: 10n ** 18n } },
      capture,
      partial_capture: true,
      multiple_capture: true,
      partial_refund: true,
      void: true,
      saved_methods: false,
      update_amount: true,
    };
  }

  clientConfig(): ClientConfig {
    return { form: "none" };
  }

  async createPayment({ amount, attempt_id }: CreatePaymentInput, call: CallContext): Promise<Outcome> {
    return outcomeOf(await this.ask("create", call, () => this.service.create({ ...amount, attempt_id })));
  }

  async updatePayment(reference: string, { amount_minor }: Money, call: CallContext): Promise<Outcome> {
    return outcomeOf(await this.ask("*", call, () => this.service.reprice(reference, amount_minor)));
  }

  async confirmPayment(
    reference: string,
    { data }: ConfirmPaymentInput,
    call: CallContext,
  ): Promise<Outcome> {
    const token = tokenIn(data);
    return outcomeOf(
      await this.ask("authorize", call, () =>
        this.service.charge(reference, token, this.capture === "automatic"),
      ),
    );
  }

  capturePayment(reference: string, { amount_minor }: Money, call: CallContext): Promise<PaymentSnapshot> {
    return this.ask("capture", call, () => this.service.capture(reference, amount_minor));
  }

  refundPayment(reference: string, { amount_minor }: Money, call: CallContext): Promise<PaymentSnapshot> {
    return this.ask("refund", call, () => this.service.refund(reference, amount_minor));
  }

  cancelPayment(reference: string, call: CallContext): Promise<PaymentSnapshot> {
    return this.ask("cancel", call, () => this.service.cancel(reference));
  }

  retrievePayment(reference: string, signal: AbortSignal): Promise<PaymentSnapshot> {
    const call = { idempotency_key: `look:${Math.random()}`, signal };
    return this.ask("retrieve", call, () => this.service.find(reference));
  }

  async verifyWebhook({ raw_body, headers }: WebhookRequest): Promise<WebhookEvent[]> {
    const time = String(headers["x-memory-time"]);
    const fresh = Math.abs(Date.now() - Number(time)) < TOLERANCE_MS;
    const genuine = headers["x-memory-signature"] === signatureOf(MEMORY_SECRET, time, raw_body);
    if (!fresh || !genuine || raw_body.length > BODY_LIMIT_BYTES) {
      throw new InvalidWebhook("The webhook is not genuine.");
    }
    return [eventIn(raw_body)];
  }

  async ping(signal: AbortSignal): Promise<void> {
    await this.service.exchange({ operation: "*", key: `ping:${Math.random()}`, signal }, () =>
      this.service.create({ amount_minor: 0n, currency: "EUR", attempt_id: "ping" }),
    );
  }

  async ask(
    operation: Parameters<MemoryService["exchange"]>[0]["operation"],
    { idempotency_key, signal }: CallContext,
    work: () => MemoryPayment,
  ): Promise<PaymentSnapshot> {
    return snapshotOf(await this.service.exchange({ operation, key: idempotency_key, signal }, work));
  }
}

export function snapshotOf(payment: MemoryPayment): PaymentSnapshot {
  const { reference, currency, status, refused_with } = payment;
  const inCurrency = (amount_minor: bigint): Money => ({ amount_minor, currency });
  return {
    reference,
    status:
      status === "unpaid" ? "requires_confirmation" : status === "challenged" ? "action_required" : status,
    amount: inCurrency(payment.amount_minor),
    authorized: inCurrency(payment.authorized_minor),
    captured: inCurrency(payment.captured_minor),
    refunded: inCurrency(payment.refunded_minor),
    ...(status === "challenged" && {
      next_action: {
        type: "redirect",
        url: `https://service.example/${reference}`,
        reason: "three_d_secure",
      } as const,
    }),
    ...(status === "unpaid" &&
      refused_with && {
        decline: { category: CATEGORIES[refused_with] ?? "unclassified", code: refused_with },
      }),
  };
}

class MemoryPaymentProvider extends GatewayPaymentProvider {
  static override identifier = "memory";

  static override validateOptions(options: Record<string, unknown>): void {
    super.validateOptions(options);
    if (!isSafeServiceAddress(String(options.address))) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, `"address" ${UNSAFE_ADDRESS}.`);
    }
  }

  protected createGateway(options: Record<string, unknown>): PaymentGateway {
    return options.gateway as PaymentGateway;
  }
}

/** The harness of the good gateway, or of a mutant of it. */
export function memoryHarness(mutation: Mutation = {}): ConformanceHarness {
  return {
    claims: {
      methods: ["card", "wallet"],
      currencies: ["EUR", "JPY", "KWD", "USD"],
      capture: ["manual", "automatic"],
      partial_capture: true,
      multiple_capture: true,
      partial_refund: true,
      void: true,
      saved_methods: false,
      update_amount: true,
    },
    samples: {
      approve: { data: { token: "tok_approve" } },
      declines: {
        funds_limit: { data: { token: "tok_insufficient_funds" }, code: "insufficient_funds" },
        never: { data: { token: "tok_lost_card" }, code: "lost_card" },
      },
      three_d_secure: { data: { token: "tok_challenge" } },
      other_method: { method: "wallet", data: { token: "tok_approve" } },
      secrets: [MEMORY_SECRET, "tok_approve", "tok_insufficient_funds"],
      options_at: (address) => ({ address }),
    },
    async start() {
      const service = new MemoryService();
      return {
        service: service.controls(),
        stop: async () => undefined,
        createProvider(cradle, { capture, ...options }: ProviderOptions) {
          const good = new MemoryGateway(service, capture);
          const gateway = overlaid<PaymentGateway>(good, mutation.gateway?.(good, service));
          const provider = new (mutated(mutation))(cradle, { ...options, gateway });
          return overlaid<GatewayPaymentProvider>(provider, mutation.provider?.(provider));
        },
      };
    },
  };
}

function mutated({ validateOptions }: Mutation): typeof MemoryPaymentProvider {
  return class extends MemoryPaymentProvider {
    static override validateOptions(options: Record<string, unknown>): void {
      if (validateOptions) {
        validateOptions(options);
      } else {
        super.validateOptions(options);
      }
    }
  };
}

/** `good`, with some members replaced; the good ones stay reachable through `good` itself. */
function overlaid<T extends object>(good: T, changes: Partial<T> = {}): T {
  return new Proxy(good, {
    get(target, name) {
      const changed = Object.hasOwn(changes, name);
      const member: unknown = Reflect.get(changed ? changes : target, name);
      return typeof member === "function" && !changed && name !== "constructor"
        ? member.bind(target)
        : member;
    },
  });
}

function tokenIn(data: unknown): string | undefined {
  if (data === undefined) {
    return undefined;
  }
  const token = typeof data === "object" && data !== null && "token" in data ? data.token : undefined;
  if (typeof token !== "string") {
    throw new InvalidPaymentData('"token" is missing.');
  }
  return token;
}

function eventIn(raw_body: Buffer): WebhookEvent {
  let body: unknown;
  try {
    body = JSON.parse(raw_body.toString("utf8"));
  } catch {
    body = undefined;
  }
  const { id, type, reference } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== "string" || typeof type !== "string" || typeof reference !== "string") {
    throw new InvalidWebhook("The webhook's body is not an event.");
  }
  return { event_id: id, type, reference };
}
