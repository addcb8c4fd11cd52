import { InvalidPaymentData } from "../../../gateway/errors";
import { money } from "../../../gateway/money";
import type {
  OwnWallet,
  WalletAccount,
  WalletInvoice,
  WalletInvoicePage,
  WalletInvoiceQuery,
  WalletNode,
  WalletOverview,
} from "../../../gateway/wallet";
import type { AccountKey } from "../account-key";
import { ChainSourceError, NodeUnreachable } from "../chain/errors";
import type { ChainSource, Tip } from "../chain/source";
import { coinsText } from "../coin-amount";
import { SEEING_MS, type Seen } from "../invoices/invoice-reader";
import { depthOf } from "../invoices/standing";
import { ChainFollower } from "./chain-follower";
import type { InvoiceSummary, OverviewStore } from "./overview-store";
import type { StoredOutput, WalletStore } from "./wallet-store";

/** BIP44, "Address gap limit", and what Electrum and Ledger Live look for. */
const GAP_LIMIT = 20;

const CURSOR = /^btcinv_\w{1,60}$/;

type Parts = Readonly<{
  provider_id: string;
  account: AccountKey;
  source: ChainSource;
  wallet: () => WalletStore & Readonly<{ overview: OverviewStore }>;
}>;

/** Shows operators the account, its invoices, and how far its chain is followed. It reads, and changes nothing. */
export class ChainWallet implements OwnWallet {
  private known_tip_time: Readonly<{ hash: string; mined_at: Date | null }> | undefined;

  constructor(private readonly parts: Parts) {}

  async overview(signal: AbortSignal): Promise<WalletOverview> {
    const [node, account] = await Promise.all([this.node(signal), this.account()]);
    return { unit: this.parts.account.chain.ticker, node, account };
  }

  async listInvoices({ status, search, limit, cursor }: WalletInvoiceQuery): Promise<WalletInvoicePage> {
    if (cursor !== undefined && !CURSOR.test(cursor)) {
      throw new InvalidPaymentData('"cursor" must be the next_cursor of the page before.');
    }
    const { provider_id, account, wallet } = this.parts;
    const chain = account.chain.name;
    const seen = (await wallet().chains.cursor(chain)) ?? { tip_height: 0, looked_at: null };
    const found = await wallet().overview.listInvoices({
      provider_id,
      chain,
      limit: limit + 1,
      seen_at: new Date(Math.min(seen.looked_at?.getTime() ?? 0, Date.now())),
      grace_ms: SEEING_MS,
      ...(status !== undefined && { status }),
      ...(search !== undefined && { search }),
      ...(cursor !== undefined && { before_id: cursor }),
    });
    const shown = found.slice(0, limit);
    const outputs = await wallet().chains.outputsOfAll(shown.map(({ id }) => id));
    return {
      invoices: shown.map((summary) => {
        const own = outputs.filter(({ invoice_id, lost }) => invoice_id === summary.id && lost === null);
        return invoiceView(summary, own, seen);
      }),
      next_cursor: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  private async node(signal: AbortSignal): Promise<WalletNode> {
    const { source, wallet } = this.parts;
    const { name, title, is_test } = source.chain;
    const [asked, cursor, leader] = await Promise.all([
      this.askTip(signal),
      wallet().chains.cursor(name),
      wallet().overview.leaderOf(name),
    ]);
    const { tip, trouble } = asked;
    const read_height = cursor?.tip_height ?? null;
    return {
      network: title,
      is_test,
      trouble: trouble && { kind: trouble.problem, message: trouble.message },
      tip,
      read_height,
      blocks_behind: tip && read_height !== null ? Math.max(0, tip.height - read_height) : null,
      looked_at: cursor?.looked_at ?? null,
      reader: leader === null ? "nobody" : ChainFollower.isHere(leader) ? "this_server" : "another_server",
    };
  }

  private async account(): Promise<WalletAccount> {
    const { account, wallet } = this.parts;
    const { next_index, last_used_index, ...use } = await wallet().overview.useOf(account.id);
    return {
      ...use,
      fingerprint: account.id,
      address_kind: account.script,
      next_index,
      last_used_index,
      unused_since: Math.max(0, next_index - (last_used_index ?? -1) - 1),
      gap_limit: GAP_LIMIT,
    };
  }

  private async askTip(
    signal: AbortSignal,
  ): Promise<Readonly<{ tip: WalletNode["tip"]; trouble: ChainSourceError | null }>> {
    try {
      const tip = await this.within(signal, this.parts.source.tip());
      return { tip: { height: tip.height, mined_at: await this.timeOf(tip, signal) }, trouble: null };
    } catch (error) {
      if (error instanceof ChainSourceError) {
        return { tip: null, trouble: error };
      }
      throw error;
    }
  }

  /** A node that does not tell it with its tip is asked for the block, once for each. */
  private async timeOf({ hash, time_s }: Tip, signal: AbortSignal): Promise<Date | null> {
    if (this.known_tip_time?.hash !== hash) {
      const seconds = time_s ?? (await this.within(signal, this.parts.source.block(hash)))?.time_s;
      this.known_tip_time = { hash, mined_at: seconds === undefined ? null : new Date(seconds * 1_000) };
    }
    return this.known_tip_time.mined_at;
  }

  private within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = () =>
        reject(new NodeUnreachable(`The ${this.parts.source.chain.title} node did not answer in time.`));
      if (signal.aborted) late();
      signal.addEventListener("abort", late, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener("abort", late));
    });
  }
}

function invoiceView(
  summary: InvoiceSummary,
  outputs: readonly StoredOutput[],
  { tip_height }: Pick<Seen, "tip_height">,
): WalletInvoice {
  const { amount_minor, currency, due_sats, required_sats, seen_sats, mined_sats, ...invoice } = summary;
  return {
    ...invoice,
    amount: money(amount_minor, currency),
    asked: coinsText(due_sats),
    seen: coinsText(seen_sats),
    confirmed: coinsText(mined_sats),
    confirmations: seen_sats < required_sats ? null : depthOf(outputs, required_sats, tip_height),
  };
}
