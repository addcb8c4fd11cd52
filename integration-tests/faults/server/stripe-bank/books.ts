import type { LedgerRow, StripeSimulator } from "../../../simulators/stripe";
import type { BankRow } from "../../system/bank";

/** Stripe's states in the suite's words, as Stripe's documentation has them ("How PaymentIntents work"). */
const STATUS: Readonly<Record<string, string>> = {
  requires_payment_method: "requires_confirmation",
  requires_confirmation: "requires_confirmation",
  requires_action: "action_required",
  processing: "pending",
  requires_capture: "authorized",
  succeeded: "captured",
  canceled: "canceled",
};

type Entry = Readonly<{ revision: number; row: BankRow }>;

/** The payments of all accounts as the suite reads a bank's books: only what has changed since it last looked. */
export class Books {
  private revision = 0;
  private readonly entries = new Map<string, Entry>();
  private readonly seen = new Map<string, number>();

  constructor(private readonly simulators: ReadonlyMap<string, StripeSimulator>) {}

  /** @returns the payments that changed after a revision, and the one to go on from */
  since(revision: number): Readonly<{ payments: BankRow[]; next: number }> {
    this.simulators.forEach(({ api }, provider) => {
      // What has lapsed by now is noticed when somebody looks.
      api.advance(0);
      const changed = api.ledgerSince(this.seen.get(provider) ?? 0);
      this.seen.set(provider, changed.revision);
      for (const row of changed.rows) {
        this.revision += 1;
        this.entries.set(row.id, { revision: this.revision, row: bankRow(provider, row) });
      }
    });
    const found = [...this.entries.values()].filter((entry) => entry.revision > revision);
    return { payments: found.map(({ row }) => row), next: this.revision };
  }
}

function bankRow(provider: string, row: LedgerRow): BankRow {
  return {
    reference: row.id,
    provider,
    currency: row.currency.toUpperCase(),
    // What was captured before the rest was voided stays captured.
    status: row.status === "canceled" && row.captured > 0 ? "captured" : (STATUS[row.status] ?? row.status),
    amount_minor: row.amount,
    authorized_minor: row.approved,
    captured_minor: row.captured,
    refunded_minor: row.refunded,
    voided_minor: row.released,
    authorizations: row.approvals,
    operations: row.operations.map(({ kind, amount, idempotency_key, at_ms }) => ({
      kind,
      amount_minor: amount,
      idempotency_key,
      at: new Date(at_ms).toISOString(),
    })),
    metadata: row.metadata,
  };
}
