import { BIP32Factory, type BIP32Interface } from "bip32";
import * as secp256k1 from "tiny-secp256k1";
import type { Chain } from "../../src/providers/bitcoin/chains";
import { lookForNews } from "../../src/workflows/webhooks/look-for-news";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { webhooksWorked } from "./journal";
import type { Running } from "./suite";

/** The provider of a store whose coins these tests pay. */
export const COINS = "pp_bitcoin_main";

/** A key of a wallet of the test's own, and the account of it that the store knows. */
export type CoinAccount = Readonly<{ root: BIP32Interface; descriptor_path: string; account: string }>;

/** A real node, somebody with coins, and the options of a store that is paid through them. */
export class CoinShop {
  readonly purse: Purse;
  readonly wallet: BIP32Interface;

  constructor(
    readonly node: TestNode,
    private readonly options: Readonly<Record<string, unknown>> = {},
  ) {
    this.purse = new Purse(node);
    this.wallet = BIP32Factory(secp256k1).fromSeed(Buffer.alloc(32, node.name.length), node.chain.network);
  }

  get chain(): Chain {
    return this.node.chain;
  }

  /** What medusa-config.ts reads. One coin is 50,000 EUR. */
  get env(): Readonly<Record<string, string>> {
    const { rpc_url: url, username, password, chain } = this.node;
    const account = this.wallet.derivePath(`m/84'/${chain.coin_type}'/0'`).neutered().toBase58();
    const main = {
      chain: chain.name,
      account,
      node: { url, username, password },
      rates: { fixed: { EUR: "50000", JPY: "8000000" } },
      ...this.options,
    };
    return { BITCOIN_GATEWAYS: JSON.stringify({ main }) };
  }
}

/** Has the store look at the chain, and waits until it has done what follows. */
export async function followed(running: Pick<Running, "container">): Promise<void> {
  // A look is not repeated within a moment.
  await running
    .container()
    .resolve("__pg_connection__")("bitcoin_wallet_cursor")
    .update({ looked_at: new Date(0) });
  await lookForNews(running.container());
  await webhooksWorked(running.container());
}
