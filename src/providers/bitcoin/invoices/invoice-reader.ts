import { money } from "../../../gateway/money";
import { PaymentGone } from "../../../gateway/errors";
import { parseQuote } from "../rates";
import type { StoredInvoice, StoredOutput, WalletStore } from "../wallet/wallet-store";
import type { Invoice } from "./invoice";
import type { PaymentPolicy } from "./policy";
import { standingOf, type Standing } from "./standing";

/** What is sent at the last moment is seen a moment later. */
const SEEING_MS = 60_000;

/** An invoice, what was seen of its payment, and what that comes to. */
export type ReadInvoice = Readonly<{
  stored: StoredInvoice;
  invoice: Invoice;
  outputs: readonly StoredOutput[];
  standing: Standing;
}>;

/**
 * Reads how far invoices are paid from what the follower has stored. Time passes for them only as far as the chain was
 * looked at: one is not over before a look that began after its end has found nothing.
 */
export class InvoiceReader {
  constructor(
    private readonly store: () => WalletStore,
    private readonly chain_name: string,
    private readonly policy: PaymentPolicy,
  ) {}

  /** @throws PaymentGone where there is no such invoice */
  async read(id: string): Promise<ReadInvoice> {
    const stored = await this.store().invoices.find(id);
    if (!stored || stored.chain !== this.chain_name) {
      throw new PaymentGone("There is no such invoice.");
    }
    return this.with(stored);
  }

  /** Those of the provider whose payment is deep enough now and was not before. */
  async listSettling(provider_id: string, from_height: number): Promise<readonly ReadInvoice[]> {
    const confirming = await this.store().invoices.listConfirming(provider_id, this.chain_name, from_height);
    const read = await Promise.all(confirming.map((stored) => this.with(stored)));
    return read.filter(({ standing }) => standing.phase === "settled");
  }

  private async with(stored: StoredInvoice): Promise<ReadInvoice> {
    const { chains } = this.store();
    const [outputs, cursor] = await Promise.all([
      chains.outputsOf(stored.id),
      chains.cursor(this.chain_name),
    ]);
    const invoice = invoiceOf(stored);
    const now = cursor?.looked_at ?? new Date(0);
    const standing = standingOf(invoice, outputs, this.policy, { tip_height: cursor?.tip_height ?? 0, now });
    return { stored, invoice, outputs, standing };
  }
}

function invoiceOf(stored: StoredInvoice): Invoice {
  const { id, amount_minor, currency, due_sats, expires_at, canceled_at, settled_at } = stored;
  return {
    id,
    amount: money(amount_minor, currency),
    quote: parseQuote(stored.quote),
    due_sats,
    expires_at: new Date(expires_at.getTime() + SEEING_MS),
    canceled_at,
    settled_at,
  };
}
