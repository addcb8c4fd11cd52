import { money } from "../../../gateway/money";
import { PaymentGone } from "../../../gateway/errors";
import { parseQuote } from "../rates";
import type { StoredInvoice, StoredOutput, WalletStore } from "../wallet/wallet-store";
import type { Invoice } from "./invoice";
import { standingOf, type Standing } from "./standing";

/** What is sent at the last moment is seen a moment later. */
export const SEEING_MS = 60_000;

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
  ) {}

  /** @throws PaymentGone where there is no such invoice */
  async read(id: string): Promise<ReadInvoice> {
    const stored = await this.store().invoices.find(id);
    if (!stored || stored.chain !== this.chain_name) {
      throw new PaymentGone("There is no such invoice.");
    }
    return this.with(stored);
  }

  /** The ids of the provider's invoices whose payment is deep enough now and was not before. */
  async listSettling(provider_id: string, { tip_height, looked_at }: Seen): Promise<readonly string[]> {
    const { chains, invoices } = this.store();
    const from_height = tip_height - CONFIRMING_BLOCKS;
    const confirming = await invoices.listConfirming(provider_id, this.chain_name, from_height);
    const outputs = await chains.outputsOfAll(confirming.map(({ id }) => id));
    return confirming
      .filter((stored) => {
        const own = outputs.filter(({ invoice_id }) => invoice_id === stored.id);
        return standingAt(stored, own, { tip_height, looked_at }).phase === "settled";
      })
      .map(({ id }) => id);
  }

  private async with(stored: StoredInvoice): Promise<ReadInvoice> {
    const { chains } = this.store();
    const [outputs, cursor] = await Promise.all([
      chains.outputsOf(stored.id),
      chains.cursor(this.chain_name),
    ]);
    const standing = standingAt(stored, outputs, cursor ?? UNSEEN);
    return { stored, invoice: invoiceOf(stored), outputs, standing };
  }
}

/** How far a chain was followed, and when it was last looked at. */
export type Seen = Readonly<{ tip_height: number; looked_at: Date | null }>;

const UNSEEN: Seen = { tip_height: 0, looked_at: null };

/** A payment that took longer than this to become deep is found by the reconciler. */
const CONFIRMING_BLOCKS = 2_016;

/** What a stored invoice's outputs come to, as far as the chain was looked at. A server's clock ahead lets no time pass. */
export function standingAt(
  stored: StoredInvoice,
  outputs: readonly StoredOutput[],
  { tip_height, looked_at }: Seen,
): Standing {
  const now = new Date(Math.min(looked_at?.getTime() ?? 0, Date.now()));
  return standingOf(invoiceOf(stored), outputs, { tip_height, now });
}

function invoiceOf(stored: StoredInvoice): Invoice {
  const { amount_minor, currency, quote, expires_at, ...invoice } = stored;
  return {
    ...invoice,
    amount: money(amount_minor, currency),
    quote: parseQuote(quote),
    expires_at: new Date(expires_at.getTime() + SEEING_MS),
  };
}
