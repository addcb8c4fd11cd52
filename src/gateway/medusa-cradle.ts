import { randomUUID } from "node:crypto";
import { MedusaError } from "@medusajs/framework/utils";
import type { BigNumberInput, Logger } from "@medusajs/framework/types";
import type { AttemptRecord, PaymentJournal } from "./journal";
import { moneyFromDecimal, type Money } from "./money";
import type { MoneyMove, RecordedMove } from "./moves";

/** Medusa's capture or refund: `amount` went through a float, `raw_amount` is exact. */
type MoveRow = Readonly<{
  id: string;
  amount: BigNumberInput;
  raw_amount?: BigNumberInput;
  created_by?: string | null;
  created_at: Date | string;
}>;

type PaymentRow = Readonly<{
  canceled_at?: Date | null;
  captures?: Iterable<MoveRow>;
  refunds?: Iterable<MoveRow>;
}>;

/** Who made a capture or refund in Medusa that only records what the gateway moved by itself. */
export const MIRRORED_BY = "tender";

/** Where Medusa keeps the rows of each kind of move. */
const ROWS = { capture: "captures", refund: "refunds" } as const;
const SERVICE = { capture: "captureService", refund: "refundService" } as const;

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
    const captures = this.cradle.captureService as { retrieve(id: string): Promise<MoveRow> };
    return amountOf(await captures.retrieve(capture_id), currency);
  }

  /** The code of the reason the operator chose for Medusa's refund, which Medusa does not hand to the provider. */
  async refundReason(refund_id: string): Promise<string | undefined> {
    const refunds = this.cradle.refundService as {
      list(filter: object, config: object): Promise<{ refund_reason?: { code: string } | null }[]>;
    };
    const [refund] = await refunds.list({ id: refund_id }, { relations: ["refund_reason"] });
    return refund?.refund_reason?.code;
  }

  /** True when Medusa's capture or refund only records what was moved at the gateway already. */
  async isMirrored(kind: MoneyMove, id: string): Promise<boolean> {
    const rows = this.cradle[SERVICE[kind]] as { list(filter: object): Promise<MoveRow[]> };
    return (await rows.list({ id })).some(({ created_by }) => created_by === MIRRORED_BY);
  }

  /** What Medusa has on record of the attempt's payment; `null` when it has no payment for it. */
  async recordedMoves(kind: MoneyMove, attempt: AttemptRecord): Promise<RecordedMove[] | null> {
    const payments = await this.payments(attempt, [`${ROWS[kind]}.raw_amount`]);
    if (payments.length === 0) {
      return null;
    }
    return payments
      .flatMap((payment) => [...(payment[ROWS[kind]] ?? [])])
      .map((row) => ({
        id: row.id,
        amount: amountOf(row, attempt.amount.currency),
        created_at: new Date(row.created_at),
        mirrored: row.created_by === MIRRORED_BY,
      }));
  }

  /** True when Medusa has recorded a payment for the attempt's session that was not canceled. */
  async hasPayment(attempt: AttemptRecord): Promise<boolean> {
    return (await this.payments(attempt, [])).some(({ canceled_at }) => !canceled_at);
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

  private async payments(
    { payment_session_id }: AttemptRecord,
    relations: readonly string[],
  ): Promise<readonly PaymentRow[]> {
    const payments = this.cradle.paymentService as {
      list(filter: object, config: object): Promise<PaymentRow[]>;
    };
    return payment_session_id ? payments.list({ payment_session_id }, { relations }) : [];
  }

  private find(name: string): unknown {
    try {
      return this.cradle[name];
    } catch {
      return undefined; // The container throws for a name nobody registered.
    }
  }
}

function amountOf({ amount, raw_amount }: MoveRow, currency: string): Money {
  return moneyFromDecimal(raw_amount ?? amount, currency);
}
