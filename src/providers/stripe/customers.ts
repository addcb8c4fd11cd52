import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { z } from "@medusajs/framework/zod";
import { InvalidPaymentData } from "../../gateway/errors";
import type {
  CallContext,
  Customers,
  PayingCustomer,
  SavedMethod,
  SavedMethods,
} from "../../gateway/payment-gateway";
import {
  CustomerAnswer,
  CustomersAnswer,
  DefaultMethodAnswer,
  PaymentMethodAnswer,
  PaymentMethodsAnswer,
  SetupIntentAnswer,
} from "./answers";
import type { StripeClient } from "./client";

/** Saved methods are read and removed without a caller's signal. */
const TIMEOUT_MS = 10_000;
const PAGE = 100;

/** In the metadata of Stripe's customer: whose it is in the store. */
const OWNER = "medusa_customer_id";

const SaveData = z.object({
  payment_method: z
    .string()
    .regex(/^pm_\w{1,200}$/)
    .optional(),
  confirmation_token: z
    .string()
    .regex(/^ctoken_\w{1,200}$/)
    .optional(),
  return_url: z.url({ protocol: /^https?$/ }).optional(),
});

/** The customers of one account, and what they keep for next time. */
export class StripeCustomers implements Customers, SavedMethods {
  constructor(private readonly client: StripeClient) {}

  /**
   * Stripe's customer for ours. An idempotency key lives for a day only, so one that was made before is looked for
   * first (medusajs/medusa#15618); the e-mail is part of the key since the same key must carry the same request.
   */
  async ensure({ id, email }: PayingCustomer, { idempotency_key, signal }: CallContext): Promise<string> {
    const known = email === undefined ? undefined : await this.find(id, email, signal);
    if (known !== undefined) {
      return known;
    }
    const idempotencyKey = `${idempotency_key}:${createHash("sha256")
      .update(email ?? "")
      .digest("hex")
      .slice(0, 16)}`;
    const params = { ...(email !== undefined && { email }), metadata: { [OWNER]: id ?? "" } };
    const made = await this.client.call(signal, CustomerAnswer, (sdk) =>
      sdk.customers.create(params, { idempotencyKey }),
    );
    return made.id;
  }

  /** A method that was just made and one of the customer's have the same ids. */
  mayBeNamedIn(data: unknown): boolean {
    return Object(data).payment_method !== undefined;
  }

  /** The default first. */
  async list(customer_id: string): Promise<SavedMethod[]> {
    const methods = await this.client.find(limit(), PaymentMethodsAnswer, (sdk) =>
      sdk.customers.listPaymentMethods(customer_id, { limit: PAGE }),
    );
    if (!methods || methods.data.length === 0) {
      return [];
    }
    const default_id = await this.defaultOf(customer_id);
    return methods.data
      .toSorted((a, b) => Number(b.id === default_id) - Number(a.id === default_id))
      .map(savedMethodOf);
  }

  /** Detaches one, if it is the customer's. */
  async remove(customer_id: string, saved_method_id: string): Promise<void> {
    const own = await this.client.find(limit(), PaymentMethodAnswer, (sdk) =>
      sdk.customers.retrievePaymentMethod(customer_id, saved_method_id),
    );
    if (own) {
      await this.client.call(limit(), PaymentMethodAnswer, (sdk) => sdk.paymentMethods.detach(own.id));
    }
  }

  /** Makes one of the customer's methods the first to be offered. */
  async setDefault(customer_id: string, saved_method_id: string): Promise<void> {
    await this.client.call(limit(), CustomerAnswer, (sdk) =>
      sdk.customers.update(customer_id, { invoice_settings: { default_payment_method: saved_method_id } }),
    );
  }

  /**
   * Begins to keep a method without paying: the browser finishes it with the client secret.
   * @throws InvalidPaymentData naming the field that is wrong
   */
  async save(
    customer_id: string,
    data: unknown,
    idempotencyKey: string | undefined,
  ): Promise<SetupIntentAnswer> {
    const parsed = SaveData.safeParse(data ?? {});
    if (!parsed.success) {
      throw new InvalidPaymentData(`The field "${parsed.error.issues[0]?.path.join(".")}" is not valid.`);
    }
    const { payment_method, confirmation_token, return_url } = parsed.data;
    const params: Stripe.SetupIntentCreateParams = {
      customer: customer_id,
      usage: "off_session",
      automatic_payment_methods: { enabled: true },
      ...(payment_method !== undefined && { payment_method }),
      ...(confirmation_token !== undefined && {
        confirmation_token,
        confirm: true,
        ...(return_url !== undefined && { return_url }),
      }),
    };
    return this.client.call(limit(), SetupIntentAnswer, (sdk) =>
      sdk.setupIntents.create(params, idempotencyKey === undefined ? {} : { idempotencyKey }),
    );
  }

  /** Erases Stripe's customer with all saved methods; one that is gone already is no error. */
  async erase(customer_id: string): Promise<void> {
    await this.client.find(limit(), CustomerAnswer, (sdk) => sdk.customers.del(customer_id));
  }

  private async find(
    id: string | undefined,
    email: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { data } = await this.client.call(signal, CustomersAnswer, (sdk) =>
      sdk.customers.list({ email, limit: PAGE }),
    );
    return data.find(({ metadata }) => id !== undefined && metadata[OWNER] === id)?.id;
  }

  private async defaultOf(customer_id: string): Promise<string | undefined> {
    const customer = await this.client.call(limit(), DefaultMethodAnswer, (sdk) =>
      sdk.customers.retrieve(customer_id),
    );
    return customer.invoice_settings?.default_payment_method ?? undefined;
  }
}

function savedMethodOf({ id, type, card }: PaymentMethodAnswer): SavedMethod {
  return {
    id,
    method: type,
    ...(card?.brand && { brand: card.brand }),
    ...(card?.last4 && { last4: card.last4 }),
    ...(card?.exp_month !== undefined && { exp_month: card.exp_month }),
    ...(card?.exp_year !== undefined && { exp_year: card.exp_year }),
  };
}

function limit(): AbortSignal {
  return AbortSignal.timeout(TIMEOUT_MS);
}
