import { randomUUID } from "node:crypto";
import { MedusaError } from "@medusajs/framework/utils";
import type { BigNumberInput, Logger } from "@medusajs/framework/types";
import type { AttemptRecord, PaymentJournal } from "./journal";
import { moneyFromDecimal, type Money } from "./money";

/** Medusa's capture: `amount` went through a float, `raw_amount` is exact. */
type CaptureRow = Readonly<{ amount: BigNumberInput; raw_amount?: BigNumberInput }>;

/**
 * What a provider may reach of Medusa: the payment module's own container, which also holds the modules listed
 * under the payment module's `dependencies`. Looked up at each use, since modules load in any order.
 */
export class MedusaCradle {
  private readonly own_secret = randomUUID();

  constructor(
    private readonly cradle: Record<string, unknown>,
    private readonly provider_id: string,
  ) {}

  /** The tender module. Throws a `MedusaError` that says what the store's configuration lacks. */
  get journal(): PaymentJournal {
    const journal = this.find("tender");
    if (!journal) {
      throw new MedusaError(
        MedusaError.Types.UNEXPECTED_STATE,
        `${this.provider_id} cannot reach the tender module. Declare the payment module with tenderPayments() ` +
          `from "medusa-tender/config", and list "medusa-tender" under plugins.`,
      );
    }
    return journal as PaymentJournal;
  }

  /** A secret of this store for keyed hashes, the same on all its servers; a random one where Medusa has none. */
  get store_secret(): string {
    const config = this.find("configModule") as
      { projectConfig?: { http?: { jwtSecret?: string; cookieSecret?: string } } } | undefined;
    const { jwtSecret, cookieSecret } = config?.projectConfig?.http ?? {};
    return jwtSecret ?? cookieSecret ?? this.own_secret;
  }

  warn(message: string): void {
    (this.find("logger") as Logger | undefined)?.warn(message);
  }

  /** The amount of Medusa's capture row, which Medusa does not hand to the provider. */
  async captureAmount(capture_id: string, currency: string): Promise<Money> {
    const captures = this.cradle.captureService as { retrieve(id: string): Promise<CaptureRow> };
    const { amount, raw_amount } = await captures.retrieve(capture_id);
    return moneyFromDecimal(raw_amount ?? amount, currency);
  }

  /** True when Medusa has recorded a payment for the attempt's session that was not canceled. */
  async hasPayment({ payment_session_id }: AttemptRecord): Promise<boolean> {
    if (!payment_session_id) {
      return false;
    }
    const payments = this.cradle.paymentService as {
      list(filter: object): Promise<{ canceled_at?: Date | null }[]>;
    };
    return (await payments.list({ payment_session_id })).some(({ canceled_at }) => !canceled_at);
  }

  /** The collection a session belongs to, which ties the attempts of a cart together. */
  async collectionOf(session_id: string | undefined): Promise<string | null> {
    if (!session_id) {
      return null;
    }
    const sessions = this.cradle.paymentSessionService as {
      retrieve(id: string, config: object): Promise<{ payment_collection_id: string }>;
    };
    const session = await sessions.retrieve(session_id, { select: ["id", "payment_collection_id"] });
    return session.payment_collection_id;
  }

  private find(name: string): unknown {
    try {
      return this.cradle[name];
    } catch {
      return undefined; // The container throws for a name nobody registered.
    }
  }
}
