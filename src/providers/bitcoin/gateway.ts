import { setTimeout as sleep } from "node:timers/promises";
import {
  GatewayUnavailable,
  InvalidPaymentData,
  InvalidWebhook,
  OutcomeUndecided,
} from "../../gateway/errors";
import type { ManualRefunds } from "../../gateway/manual-refunds";
import { showMoney, type Money } from "../../gateway/money";
import { outcomeOf, type Outcome, type PaymentSnapshot } from "../../gateway/outcomes";
import type {
  CallContext,
  ClientConfig,
  CreatePaymentInput,
  GatewayCapabilities,
  News,
  PaymentGateway,
  RefundContext,
  SetUp,
  WebhookEvent,
} from "../../gateway/payment-gateway";
import { receiveAddress } from "./addresses";
import { ChainSourceError } from "./chain/errors";
import { shownChain, type ShownChain } from "./client-data";
import { InvoiceReader, type ReadInvoice } from "./invoices/invoice-reader";
import type { BitcoinOptions } from "./options";
import { coinsFor } from "./rates";
import { RefundDesk } from "./refunds/refund-desk";
import type { RefundScope, RefundStore } from "./refunds/refund-store";
import { termsOf } from "./invoices/policy";
import { dustLimit } from "./scripts";
import { snapshotOf } from "./snapshots";
import { rethrowUnavailable } from "./source-errors";
import { ChainFollower } from "./wallet/chain-follower";
import type { OverviewStore } from "./wallet/overview-store";
import { ChainWallet } from "./wallet/wallet-overview";
import type { WalletStore } from "./wallet/wallet-store";

/** A page that waits asks every other second; the chain is not looked at more often. */
const LOOK_MS = 1_500;
/** An address is given out only where the chain has been followed until just now. */
const FOLLOWED_MS = 30_000;
/** How long a page waits for a look that takes long. */
const PATIENCE_MS = 1_000;
/** Coins that are there already and not seen before a payment is called off would need the operator's hand. */
const CALLED_OFF_PATIENCE_MS = 4_000;
/** Where nothing moved, the node is asked about refunds no more often. */
const FOLLOW_REFUNDS_MS = 30_000;
/** News of one look; those left over are told next time. */
const NEWS_AT_ONCE = 200;

const PAYABLE_SCRIPT = { p2wpkh: "p2wpkh", p2tr: "p2tr", p2sh_p2wpkh: "p2sh" } as const;

/** What the gateway keeps in the wallet module. */
export type GatewayWallet = WalletStore & Readonly<{ refunds: RefundStore; overview: OverviewStore }>;

/**
 * Takes coins on chain to addresses of the operator's own account, whose private key is nowhere near: an address and a
 * locked rate for each payment, and the chain itself as the only truth of what was paid.
 */
export class BitcoinGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities;
  readonly set_up: SetUp;
  readonly notices = true;
  readonly wallet: ChainWallet;
  private readonly reader: InvoiceReader;
  private readonly shown: ShownChain;
  /** Up to there, nothing waited to be told that it is deep enough. */
  private settled_revision: number | undefined;
  private refunds_followed = { state: "", at: 0 };
  private known_desk: RefundDesk | undefined;
  private known_follower: ChainFollower | undefined;

  /** @param store asked for at each use: modules load in any order */
  constructor(
    private readonly provider_id: string,
    private readonly options: BitcoinOptions,
    private readonly store: () => GatewayWallet,
  ) {
    const { account, chain, rates, simulated_wallet_url, source } = options;
    this.reader = new InvoiceReader(store, chain.name);
    this.wallet = new ChainWallet({ provider_id, account, source, wallet: store });
    this.shown = shownChain(chain, simulated_wallet_url);
    // All that it needs is asked for when it starts.
    this.set_up = { name: chain.title, mode: chain.is_test ? "test" : "live", missing: [] };
    this.capabilities = {
      methods: [{ id: chain.coin, express: false, portable_credential: false }],
      currencies: rates.currencies(chain.ticker),
      capture: "automatic",
      partial_capture: false,
      multiple_capture: false,
      partial_refund: true,
      void: true,
      saved_methods: false,
      update_amount: false,
    };
  }

  clientConfig(): ClientConfig {
    return { form: "coins", expires_in_min: this.options.quote_minutes, ...this.shown };
  }

  /** Locks a rate, and gives out an address that was never given out before. */
  async createPayment(input: CreatePaymentInput, { idempotency_key }: CallContext): Promise<Outcome> {
    const { account, chain, policy, rates } = this.options;
    const { amount, attempt_id } = input;
    await this.requireFollowed();
    const quote = await rates.quote(chain.ticker, amount.currency).catch(rethrowUnavailable);
    const due_sats = coinsFor(amount, quote);
    if (due_sats < dustLimit(chain, PAYABLE_SCRIPT[account.script])) {
      throw new GatewayUnavailable(`${showMoney(amount)} is too little to be sent on chain.`, {
        refused_by_us: true,
      });
    }
    const { id } = await this.store().invoices.open(
      {
        request_key: `${this.provider_id}:${idempotency_key}`,
        provider_id: this.provider_id,
        attempt_id,
        account_id: account.id,
        chain: chain.name,
        amount_minor: amount.amount_minor,
        currency: amount.currency,
        due_sats,
        ...termsOf(due_sats, policy),
        quote,
        expires_at: new Date(quote.expires_at),
      },
      (index) => receiveAddress(account, index),
    );
    return outcomeOf(await this.told(await this.reader.read(id)));
  }

  async updatePayment(): Promise<Outcome> {
    throw new InvalidPaymentData("An address stands for one amount; another amount gets another address.");
  }

  /** Nothing is confirmed but by the chain. With orders placed first, the order may be placed from now on. */
  async confirmPayment(reference: string): Promise<Outcome> {
    const { stored, standing } = await this.looked(reference);
    if (this.options.place_order === "at_once" && standing.phase !== "expired") {
      await this.store().invoices.note(stored.id, "committed_at", new Date());
    }
    return outcomeOf(await this.retrievePayment(reference));
  }

  /** What is paid is captured by itself once it is deep enough. */
  async capturePayment(reference: string, amount: Money): Promise<PaymentSnapshot> {
    const snapshot = await this.retrievePayment(reference);
    if (snapshot.status !== "captured") {
      throw new InvalidPaymentData(
        `${showMoney(amount)} is captured by itself once the payment has enough confirmations.`,
      );
    }
    return snapshot;
  }

  /** Begins a refund that its payee and the operator carry out; it is none before the chain has it. */
  async refundPayment(reference: string, amount: Money, call: RefundContext): Promise<PaymentSnapshot> {
    const { stored } = await this.looked(reference);
    const refund = await this.desk.intend(`${this.provider_id}:${call.idempotency_key}`, stored, amount);
    if (refund.status === "done") {
      return this.retrievePayment(reference);
    }
    if (refund.status === "dropped") {
      throw new InvalidPaymentData("This refund was given up. Ask for it once more.");
    }
    throw new OutcomeUndecided(
      `The refund of ${showMoney(amount)} is noted as ${refund.id}, and nothing has been sent yet: give the customer the ` +
        "link of its page, where they say where the coins go, then sign it. It is on record once the chain has it.",
    );
  }

  /** Nothing that arrives from now on is for it. What arrived before is not lost, and not given back by this. */
  async cancelPayment(reference: string): Promise<PaymentSnapshot> {
    const { stored, standing } = await this.looked(reference, 0, CALLED_OFF_PATIENCE_MS);
    if (standing.phase === "confirming" && !standing.is_undone) {
      throw new InvalidPaymentData(
        "Coins for this payment have been seen and wait for confirmations: it cannot be called off. It can be refunded once " +
          "it is captured.",
      );
    }
    if (standing.phase !== "settled" && !stored.settled_at) {
      await this.store().invoices.note(stored.id, "canceled_at", new Date());
    }
    return this.retrievePayment(reference);
  }

  async retrievePayment(reference: string): Promise<PaymentSnapshot> {
    const read = await this.looked(reference);
    const noted = await this.noteStanding(read);
    return this.told(noted ? await this.reader.read(reference) : read);
  }

  async verifyWebhook(): Promise<WebhookEvent[]> {
    throw new InvalidWebhook("This provider takes no webhooks: it follows the chain.");
  }

  /** What is stored is told even where the chain cannot be looked at just now. */
  async lookForNews(): Promise<News> {
    const trouble = await troubleOf(() => this.follower.catchUp(LOOK_MS));
    const { invoices } = this.store();
    const changed = await invoices.listNews(this.provider_id, NEWS_AT_ONCE);
    const events = [
      ...changed.map(({ id, revision }) => eventOf(id, "payment.changed", `${id}:${revision}`)),
      ...(await this.settlingEvents()),
    ];
    const refund_trouble =
      trouble ?? (await troubleOf(async () => events.push(...(await this.refundEvents()))));
    if (refund_trouble !== undefined && events.length === 0) {
      rethrowUnavailable(refund_trouble);
    }
    return { events, kept: () => invoices.endNews(changed) };
  }

  /** Payments that have become deep enough: told once for each block, until that is noted with them. */
  private async settlingEvents(): Promise<readonly WebhookEvent[]> {
    const seen = await this.store().chains.cursor(this.options.chain.name);
    if (!seen || seen.revision === this.settled_revision) {
      return [];
    }
    const ids = await this.reader.listSettling(this.provider_id, seen);
    if (ids.length === 0) {
      this.settled_revision = seen.revision;
    }
    return ids.map((id) => eventOf(id, "payment.settled", `${id}:settled:${seen.tip_height}`));
  }

  /** Asks the node, and whether enough prices agree. */
  async ping(): Promise<void> {
    const { chain, rates, source } = this.options;
    await source.tip().catch(rethrowUnavailable);
    const [currency] = rates.currencies(chain.ticker);
    await (currency && rates.quote(chain.ticker, currency).catch(rethrowUnavailable));
  }

  /**
   * Read after a look at the chain, which a page does not wait long for. Where the node cannot be asked, what was known stays
   * true, and no time passes.
   * @param at_most_ms a look that is no older is enough
   */
  private async looked(
    reference: string,
    at_most_ms = LOOK_MS,
    patience_ms = PATIENCE_MS,
  ): Promise<ReadInvoice> {
    await Promise.race([troubleOf(() => this.follower.catchUp(at_most_ms)), sleep(patience_ms)]);
    return this.reader.read(reference);
  }

  /** @throws GatewayUnavailable where nobody would see that an address is paid to */
  private async requireFollowed(): Promise<void> {
    await this.follower.catchUp(FOLLOWED_MS).catch(rethrowUnavailable);
    const { chain } = this.options;
    const looked_at = (await this.store().chains.cursor(chain.name))?.looked_at?.getTime() ?? 0;
    if (Date.now() - looked_at > FOLLOWED_MS) {
      throw new GatewayUnavailable(
        `The ${chain.title} chain is not followed just now: its node is not ready.`,
      );
    }
  }

  /** Notes what an invoice has reached for the first time. True where it did. */
  private async noteStanding({ stored, standing: { phase } }: ReadInvoice): Promise<boolean> {
    const now = new Date();
    const is_seen = phase === "confirming" || phase === "settled";
    const notes = [
      ...(is_seen && !stored.committed_at ? (["committed_at"] as const) : []),
      ...(phase === "settled" && !stored.settled_at ? (["settled_at"] as const) : []),
    ];
    await Promise.all(notes.map((what) => this.store().invoices.note(stored.id, what, now)));
    return notes.length > 0;
  }

  /** Refunds that are being followed: each state of one is told as long as it may change, and the last one once. */
  private async refundEvents(): Promise<readonly WebhookEvent[]> {
    const { refunds } = this.store();
    const scope = { provider_id: this.provider_id, chain: this.options.chain.name };
    const changed = await this.followRefunds(scope);
    const followed = await refunds.listToFollow(scope);
    const latest = await Promise.all([...changed].map((invoice_id) => refunds.listOf(scope, invoice_id)));
    return [...followed, ...latest.flat()].map(({ id, invoice_id, revision }) =>
      eventOf(invoice_id, "refund.changed", `${id}:${revision}`),
    );
  }

  /** Asks the node about them where chain or refunds have moved, and now and then: wallets send what they signed themselves. */
  private async followRefunds(scope: RefundScope): Promise<ReadonlySet<string>> {
    const { chains, refunds } = this.store();
    const [seen, followed] = await Promise.all([chains.cursor(scope.chain), refunds.listToFollow(scope)]);
    const state = [seen?.revision, ...followed.map(({ id, revision }) => `${id}:${revision}`)].join(" ");
    const { state: last_state, at } = this.refunds_followed;
    if (state === last_state && Date.now() - at < FOLLOW_REFUNDS_MS) {
      return new Set();
    }
    const changed = await this.desk.followUp();
    this.refunds_followed = { state, at: Date.now() };
    return changed;
  }

  private async told(read: ReadInvoice): Promise<PaymentSnapshot> {
    const { chain, label } = this.options;
    const refunds = await this.store().refunds.listOf(
      { provider_id: this.provider_id, chain: chain.name },
      read.stored.id,
    );
    return snapshotOf(read, { chain, shown: this.shown, label, refunds });
  }

  /** Refunds that people carry out. */
  get manual_refunds(): ManualRefunds {
    return this.desk;
  }

  private get desk(): RefundDesk {
    const { account, source, rates, refunds } = this.options;
    this.known_desk ??= new RefundDesk({
      provider_id: this.provider_id,
      account,
      source,
      rates,
      wallet: this.store(),
      options: refunds,
    });
    return this.known_desk;
  }

  private get follower(): ChainFollower {
    this.known_follower ??= new ChainFollower(this.options.source, this.store());
    return this.known_follower;
  }
}

/** What kept the source of a chain from being asked, if anything did. */
async function troubleOf(ask: () => Promise<unknown>): Promise<ChainSourceError | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (error instanceof ChainSourceError) {
      return error;
    }
    throw error;
  }
}

function eventOf(reference: string, type: string, event_id: string): WebhookEvent {
  return { event_id, type, reference };
}
