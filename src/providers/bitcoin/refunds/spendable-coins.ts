import { InvalidPaymentData } from "../../../gateway/errors";
import { isSameCoin } from "./coin-selection";
import type { CoinWithParent } from "./build-psbt";
import type { RefundParts } from "./parts";
import type { StoredRefund, WalletCoin } from "./refund-store";

/** Coins looked at in one go. */
const PAGE = 25;
/** Operators move their coins elsewhere; older ones than these are not looked for. */
const MOST_LOOKED_AT = 500;

/** The coins a refund may spend, found as far as they are needed: each costs a question to the node. */
export class SpendableCoins {
  private looked_at = 0;
  private has_more = true;
  private readonly refused: WalletCoin[] = [];

  constructor(
    private readonly parts: RefundParts,
    private readonly refund: StoredRefund,
  ) {}

  get is_exhausted(): boolean {
    return !this.has_more;
  }

  /** Those that are kept for the refund already and are not spent. */
  async kept(): Promise<readonly WalletCoin[]> {
    return this.refund.prepared ? this.unspent(await this.parts.wallet.refunds.coinsOf(this.refund)) : [];
  }

  /**
   * All coins of an earlier preparation are spent, and by what only a node tells that finds mined transactions.
   * @throws InvalidPaymentData where it does not: the refund may have been sent
   */
  async requireTelling(): Promise<void> {
    const { source, wallet } = this.parts;
    for (const { txid } of await wallet.refunds.coinsOf(this.refund)) {
      if (!(await source.transaction(txid))) {
        throw new InvalidPaymentData(
          "The coins of this refund have been spent, perhaps by the refund itself: the node cannot tell. It has to run with txindex=1.",
        );
      }
    }
  }

  /** Some more that are free and not spent; perhaps none this time. */
  async more(): Promise<readonly WalletCoin[]> {
    const { wallet, account } = this.parts;
    const page = { skip: this.looked_at, take: PAGE };
    const found = await wallet.refunds.freeCoins(account.id, this.refund.invoice_id, page);
    this.looked_at += found.length;
    this.has_more = found.length === PAGE && this.looked_at < MOST_LOOKED_AT;
    return this.unspent(found);
  }

  /** With the transactions they are outputs of; undefined where one cannot be spent yet, which is then refused. */
  async withParents(coins: readonly WalletCoin[]): Promise<readonly CoinWithParent[] | undefined> {
    const found = await Promise.all(
      coins.map(async (coin) => ({ coin, parent: await this.parts.source.transaction(coin.txid) })),
    );
    // What was just mined by somebody matures for a day, and the store's own payments never are that.
    const immature = found.filter(({ parent }) => parent?.transaction.is_coinbase);
    this.refused.push(...immature.map(({ coin }) => coin));
    return immature.length > 0
      ? undefined
      : found.map(({ coin, parent }) => ({ ...coin, parent: parent?.raw }));
  }

  isRefused(coin: WalletCoin): boolean {
    return this.refused.some((other) => isSameCoin(coin, other));
  }

  private async unspent(coins: readonly WalletCoin[]): Promise<readonly WalletCoin[]> {
    const states = await Promise.all(coins.map((coin) => this.parts.source.outputState(coin)));
    return coins.filter((_, at) => states[at]?.kind === "unspent");
  }
}
