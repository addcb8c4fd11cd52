import { setTimeout as sleep } from "node:timers/promises";
import { BIP32Factory, type BIP32Interface } from "bip32";
import * as secp256k1 from "tiny-secp256k1";
import { readAccountKey } from "../../src/providers/bitcoin/account-key";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { lookForNews } from "../../src/workflows/webhooks/look-for-news";
import { descriptorOf } from "../bitcoin/descriptor-of";
import { Purse, type Spending } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { makeDue, webhooksWorked } from "./journal";
import { Operator } from "./operator";
import type { Shopper } from "./shopper";
import type { Running } from "./suite";

/** What a cart of 69.80 EUR costs at 50,000 EUR a coin. */
export const DUE_SATS = 139_600n;

/** Far longer than a look takes; a follower that was stopped in the middle keeps the lead for longer. */
const OWN_LOOK_MS = 5_000;
/** Few enough that a wallet looks at those of many tests. */
const ADDRESSES_OF_A_TEST = 5;

type ProviderOptions = Readonly<Record<string, unknown>>;

/** A real node, somebody with coins, and a store whose providers are paid through them. */
export class CoinShop {
  readonly purse: Purse;
  readonly wallet: BIP32Interface;
  private tells_origins = false;

  /** @param providers the options of each, by the end of its id; each has an account of its own */
  constructor(
    readonly node: TestNode,
    private readonly providers: Readonly<Record<string, ProviderOptions>>,
  ) {
    this.purse = new Purse(node);
    this.wallet = BIP32Factory(secp256k1).fromSeed(Buffer.alloc(32, node.name), node.chain.network);
  }

  /** Enters the accounts with their origin, so that the owner's wallet finds its keys in what it is to sign. */
  tellOrigins(): this {
    this.tells_origins = true;
    return this;
  }

  get provider_ids(): string[] {
    return Object.keys(this.providers).map((id) => `pp_bitcoin_${id}`);
  }

  /** What medusa-config.ts reads. */
  get env(): Readonly<Record<string, string>> {
    const { rpc_url: url, username, password, chain } = this.node;
    const node = { url, username, password };
    const rates = { fixed: { EUR: "50000" } };
    const gateways = Object.entries(this.providers).map(([id, options], at) => [
      id,
      { chain: chain.name, account: this.accounts[at], node, rates, ...options },
    ]);
    return { BITCOIN_GATEWAYS: JSON.stringify(Object.fromEntries(gateways)) };
  }

  /** Ids under which the store counts the addresses of its accounts. */
  get account_ids(): string[] {
    return this.accounts.map((account) => readAccountKey(this.node.chain, account).id);
  }

  private get accounts(): string[] {
    const { chain } = this.node;
    return Object.keys(this.providers).map((_, at) => {
      const path = `m/84'/${chain.coin_type}'/${at}'`;
      const key = this.wallet.derivePath(path).neutered().toBase58();
      return this.tells_origins ? descriptorOf("p2wpkh", this.wallet.fingerprint, path, key) : key;
    });
  }
}

/** What tests do with a store that is paid with coins. */
export function coinStore(running: Running, shop: () => CoinShop) {
  const knex = () => running.container().resolve("__pg_connection__");
  let tests = 0;

  // Each test finds the store as new, but not the chain: addresses of the one before would be given out again.
  beforeEach(async () => {
    const next_index = tests * ADDRESSES_OF_A_TEST;
    tests += 1;
    await knex()("bitcoin_wallet_account").insert(shop().account_ids.map((id) => ({ id, next_index })));
  });

  const cursor = () => knex()("bitcoin_wallet_cursor");

  /** Has whoever looks next see what there is now; else one provider looks for all, at its time. */
  async function nobodyLeads(): Promise<void> {
    await cursor().update({ looked_at: new Date(0), led_until: knex().fn.now() });
  }

  /** A look that begins now. The store's own job may be at one that began before, and one look at a time is made. */
  async function lookNow(): Promise<void> {
    const asked_at = new Date();
    const given_up_at = performance.now() + OWN_LOOK_MS;
    do {
      // A look is not repeated within a moment.
      await cursor().update({ looked_at: new Date(0) });
      await lookForNews(running.container());
      if (await cursor().where("looked_at", ">=", asked_at).first()) {
        return;
      }
      await sleep(50);
      // Who could not ask the node has left the lead.
    } while (
      (await cursor().where("led_until", ">", knex().fn.now()).first()) &&
      performance.now() < given_up_at
    );
  }

  /** Has the store look at the chain, and waits until it has done what follows. */
  async function follow(): Promise<void> {
    await lookNow();
    // One provider looked for all of them; the others tell what it saw.
    await lookForNews(running.container());
    await webhooksWorked(running.container());
  }

  async function mine(blocks = 1): Promise<readonly string[]> {
    const hashes = await shop().purse.mine(blocks);
    await follow();
    return hashes;
  }

  /** A shopper who was shown an address and an amount. */
  async function asked(provider = "main") {
    const shopper = await running.shopper();
    return { shopper, ...(await askedBy(shopper, provider)) };
  }

  async function askedBy(shopper: Shopper, provider = "main") {
    // A store has looked at its chain by then; the first look may take longer than a shopper is made to wait.
    await lookNow();
    const option_id = `pp_bitcoin_${provider}:${shop().node.chain.coin}`;
    const { status, body } = await shopper.start(option_id);
    if (status !== 200) {
      throw new Error(`${option_id} could not be started: ${status} ${JSON.stringify(body)}`);
    }
    const { id, client } = body.payment_attempt;
    const attempt_id = id as string;
    const address = client.address as string;
    const look = async () => {
      await follow();
      // A page that asks so soon again would be told what it was told before.
      await settleAttempt(running.container(), attempt_id);
      return (await shopper.attempt(attempt_id)).body.payment_attempt;
    };
    return { attempt_id, address, look };
  }

  return {
    knex,
    follow,
    nobodyLeads,
    mine,
    asked,
    askedBy,

    /** Pays and has the store see it. */
    async pay(address: string, ...sats: readonly bigint[]): Promise<Spending> {
      const spending = await shop().purse.pay(sats.map((amount) => ({ to: address, sats: amount })));
      await follow();
      return spending;
    },

    /** One pass of the reconciler over everything it still looks at. */
    async pass(): Promise<void> {
      await makeDue(running.container());
      await reconcile(running.container());
    },

    /** The orders with their payments, as the dashboard shows them. */
    async orders() {
      const operator = await Operator.logIn(running.base_url());
      const { body } = await operator.send("GET", "/admin/orders?fields=id");
      return Promise.all((body.orders as { id: string }[]).map(({ id }) => operator.order(id)));
    },

    /** Kind and sentence of the findings that are open. */
    async findings(): Promise<{ kind: string; detail: string }[]> {
      return knex()("tender_payment_finding")
        .where({ status: "open" })
        .select("kind", "detail")
        .orderBy("kind");
    },
  };
}
