import { randomUUID } from "node:crypto";
import { MathBN, MedusaError } from "@medusajs/framework/utils";
import type { BigNumberInput, Logger } from "@medusajs/framework/types";
import type { AttemptRecord, PaymentJournal } from "./journal";
import {
  moneyFromDecimal,
  moneyToDecimal,
  plainDecimal,
  sameButForFloats,
  showMoney,
  wholeMoneyFromDecimal,
  type Money,
} from "./money";
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
  amount: BigNumberInput;
  raw_amount?: BigNumberInput;
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

  /** A module that a gateway keeps its own things in. Throws a `MedusaError` that says what the configuration lacks. */
  module(name: string): unknown {
    const module = this.find(name);
    if (!module) {
      throw new MedusaError(
        MedusaError.Types.UNEXPECTED_STATE,
        `${this.provider_id} cannot reach the module "${name}". List it under modules, and name it in the dependencies ` +
          "of tenderPayments().",
      );
    }
    return module;
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

  /**
   * The amount of Medusa's capture row, which Medusa does not hand to the provider. Throws as {@link moveAmount} does.
   */
  async captureAmount(capture_id: string, attempt: AttemptRecord): Promise<Money> {
    const captures = this.cradle.captureService as { retrieve(id: string): Promise<MoveRow> };
    return this.moveAmount("capture", capture_id, exactOf(await captures.retrieve(capture_id)), attempt);
  }

  /**
   * What is to be captured or refunded for Medusa's row. A fraction of a minor unit cannot be moved, and nobody asks for
   * one who means another amount: it is refused, not rounded. Only the rest of a payment may have one, since Medusa reckons
   * totals in fractions; it is rounded as the whole payment was.
   *
   * @throws MedusaError `invalid_data`
   */
  async moveAmount(
    kind: MoneyMove,
    row_id: string,
    asked: BigNumberInput,
    attempt: AttemptRecord,
  ): Promise<Money> {
    const { currency } = attempt.amount;
    const whole = wholeMoneyFromDecimal(asked, currency);
    if (whole) {
      return whole;
    }
    const nearest = moneyFromDecimal(asked, currency);
    if (nearest.amount_minor !== 0n && (await this.isRest(kind, row_id, asked, attempt))) {
      return nearest;
    }
    const smallest = moneyToDecimal({ amount_minor: 1n, currency });
    // Medusa's own form shows a rounded amount and sends the one that it reckoned.
    const instead = nearest.amount_minor === 0n ? "" : ` Type ${showMoney(nearest)} instead.`;
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `A ${kind} of ${plainDecimal(asked)} ${currency} is not possible: the smallest amount of ${currency} is ${smallest}. ` +
        `Nothing was moved.${instead}`,
    );
  }

  /** True when the amount is all that Medusa's payment has left for a move of this kind. */
  private async isRest(
    kind: MoneyMove,
    row_id: string,
    asked: BigNumberInput,
    attempt: AttemptRecord,
  ): Promise<boolean> {
    const relations = ["captures.raw_amount", "refunds.raw_amount"];
    return (await this.payments(attempt, relations)).some((payment) => {
      const captures = [...(payment.captures ?? [])].map(exactOf);
      const whole = kind === "capture" ? exactOf(payment) : MathBN.sum(0, ...captures);
      const others = [...(payment[ROWS[kind]] ?? [])].filter(({ id }) => id !== row_id).map(exactOf);
      // Medusa hands on the whole of a payment, and its dashboard reckons the rest, as floats.
      return sameButForFloats(asked, MathBN.sub(whole, MathBN.sum(0, ...others)), attempt.amount.currency);
    });
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

function amountOf(row: MoveRow, currency: string): Money {
  return moneyFromDecimal(exactOf(row), currency);
}

function exactOf({ amount, raw_amount }: Pick<MoveRow, "amount" | "raw_amount">): BigNumberInput {
  return raw_amount ?? amount;
}
