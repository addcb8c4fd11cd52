import { addMoney, money, type Money } from "../../src/gateway/money";
import { readAccountKey, type AccountKey } from "../../src/providers/bitcoin/account-key";
import { receiveAddress } from "../../src/providers/bitcoin/addresses";
import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import type { AccountScript } from "../../src/providers/bitcoin/chains";
import { bip32 } from "../../src/providers/bitcoin/curve";
import { PaymentPolicySchema, termsOf } from "../../src/providers/bitcoin/invoices/policy";
import { coinsFor, fixed, RateBook } from "../../src/providers/bitcoin/rates";
import { RefundOptionsSchema, type RefundOptions } from "../../src/providers/bitcoin/refunds/options";
import { RefundDesk } from "../../src/providers/bitcoin/refunds/refund-desk";
import { ChainFollower } from "../../src/providers/bitcoin/wallet/chain-follower";
import type { StoredInvoice } from "../../src/providers/bitcoin/wallet/wallet-store";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { startWalletDatabase, type WalletDatabase } from "../support/wallet-database";
import { descriptorOf } from "./descriptor-of";

const PURPOSES: Readonly<Record<AccountScript, number>> = { p2wpkh: 84, p2tr: 86, p2sh_p2wpkh: 49 };
/** Each account is a provider's of its own, so that tests do not see each other's refunds. */
const providerOf = ({ id }: AccountKey) => `pp_bitcoin_${id}`;
/** One coin costs 50,000 EUR: 10.00 EUR are 20,000 satoshis. */
const RATE = "50000";

export type SceneOptions = Readonly<{
  script?: AccountScript;
  options?: Partial<RefundOptions>;
  source?: (source: ChainSource) => ChainSource;
  /** What a coin costs by now. */
  rate_now?: string;
}>;

/** What has been refunded of an invoice for certain. */
export async function refundedOf(desk: RefundDesk, { id, currency }: StoredInvoice): Promise<Money> {
  const done = (await desk.list(id)).filter(({ status }) => status === "done");
  return done.reduce((sum, { amount }) => (amount ? addMoney(sum, amount) : sum), money(0n, currency));
}

/** A store with an account on a real node and what it remembers in a real database; its owner's keys are elsewhere. */
export class RefundScene {
  private follower: ChainFollower | undefined;
  private invoices = 0;

  private constructor(
    readonly node: TestNode,
    readonly purse: Purse,
    readonly database: WalletDatabase,
  ) {}

  static async open(node: TestNode): Promise<RefundScene> {
    const purse = new Purse(node);
    await purse.fill(60);
    return new RefundScene(node, purse, await startWalletDatabase());
  }

  get source(): ChainSource {
    const { rpc_url, username, password, chain } = this.node;
    return new CoreRpcSource(chain, { url: rpc_url, username, password });
  }

  /** Only its owner has this. */
  ownerOf(script: AccountScript, seed = 7) {
    const root = bip32.fromSeed(Buffer.alloc(32, seed), this.node.chain.network);
    const path = `m/${PURPOSES[script]}'/1'/0'`;
    return { root, path, account: root.derivePath(path) };
  }

  /** The store's view of an account of its own for each test. @param has_origin whether it was entered with its origin */
  account(script: AccountScript, seed: number, has_origin = true): AccountKey {
    const owner = this.ownerOf(script, seed);
    const text = has_origin
      ? descriptorOf(script, owner.root.fingerprint, owner.path, owner.account.neutered().toBase58())
      : owner.account.neutered().toBase58();
    return readAccountKey(this.node.chain, text, has_origin ? undefined : script);
  }

  desk(account: AccountKey, { options = {}, source, rate_now = RATE }: SceneOptions = {}): RefundDesk {
    return new RefundDesk({
      provider_id: providerOf(account),
      account,
      source: source?.(this.source) ?? this.source,
      rates: this.rates(rate_now),
      wallet: this.database.stores,
      options: RefundOptionsSchema.parse(options),
    });
  }

  /** An invoice that was paid, mined and settled. @param paid_sats what was paid, where that is not what was asked for */
  async paidInvoice(account: AccountKey, amount_minor: bigint, paid_sats?: bigint): Promise<StoredInvoice> {
    const invoice = await this.openInvoice(account, amount_minor);
    await this.purse.pay([{ to: invoice.address, sats: paid_sats ?? invoice.due_sats }]);
    await this.mine(1);
    await this.database.stores.invoices.note(invoice.id, "settled_at", new Date());
    return this.reload(invoice);
  }

  async openInvoice(account: AccountKey, amount_minor: bigint, expires_in_ms = 3_600_000) {
    const { ticker, name } = this.node.chain;
    await this.follow();
    const quote = await this.rates(RATE).quote(ticker, "EUR");
    const amount = { amount_minor, currency: "EUR" };
    const due_sats = coinsFor(amount, quote);
    this.invoices += 1;
    return this.database.stores.invoices.open(
      {
        request_key: `call-${this.invoices}`,
        provider_id: providerOf(account),
        attempt_id: `attempt-${this.invoices}`,
        account_id: account.id,
        chain: name,
        ...amount,
        due_sats,
        ...termsOf(due_sats, PaymentPolicySchema.parse({})),
        quote,
        expires_at: new Date(Date.now() + expires_in_ms),
      },
      (index) => receiveAddress(account, index),
    );
  }

  async reload({ id }: StoredInvoice): Promise<StoredInvoice> {
    const invoice = await this.database.stores.invoices.find(id);
    if (!invoice) {
      throw new Error("The invoice is not there.");
    }
    return invoice;
  }

  async mine(blocks: number): Promise<void> {
    await this.purse.mine(blocks);
    await this.follow();
  }

  async follow(): Promise<void> {
    this.follower ??= new ChainFollower(this.source, this.database.stores);
    await this.follower.catchUp();
  }

  async close(): Promise<void> {
    await this.database.drop();
    await this.node.stop();
  }

  private rates(rate: string): RateBook {
    const prices = { [this.node.chain.ticker]: { EUR: rate } };
    return new RateBook({ sources: [fixed(prices)], rules: { minimum_sources: 1 } });
  }
}
