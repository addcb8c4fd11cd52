import { randomBytes } from "node:crypto";
import { GatewayUnavailable, InvalidPaymentData } from "../../../gateway/errors";
import type {
  ManualRefund,
  ManualRefundPage,
  ManualRefundQuery,
  ManualRefunds,
  RefundFile,
} from "../../../gateway/manual-refunds";
import { money, sameMoney, showMoney, type Money } from "../../../gateway/money";
import { ChainSourceError } from "../chain/errors";
import { NoQuote } from "../rates";
import type { StoredInvoice } from "../wallet/wallet-store";
import { moneyOf, satsBeyond } from "./amounts";
import { readDestination, takesDestination } from "./destination";
import { changed } from "./moving";
import { findReplacement, findSent } from "./on-chain";
import type { RefundParts } from "./parts";
import { prepare } from "./preparing";
import type { RefundScope, StoredRefund } from "./refund-store";
import { follow, sentAs, takeSigned } from "./sending";
import { refundView } from "./refund-view";

const TOKEN_BYTES = 32;
const CURSOR = /^btcref_\w{1,60}$/;
const TOKEN = /^[\w-]{43}$/;

/**
 * Gives coins back without a key that could spend them: the payee says where to, the operator signs what is prepared
 * here, and the desk sends it and follows it into the chain. Any number of servers may do it.
 */
export class RefundDesk implements ManualRefunds {
  private readonly scope: RefundScope;

  constructor(private readonly parts: RefundParts) {
    this.scope = { provider_id: parts.provider_id, chain: parts.account.chain.name };
  }

  /**
   * Begins a refund of a settled invoice, once for a key however often it is called.
   *
   * @throws InvalidPaymentData where all refunds would come to more than was paid, or the key was another refund's
   */
  async intend(call_key: string, invoice: StoredInvoice, amount: Money): Promise<ManualRefund> {
    const { amount_minor, currency } = amount;
    if (currency !== invoice.currency || amount_minor <= 0n) {
      throw new InvalidPaymentData(`${showMoney(amount)} cannot be refunded of this payment.`);
    }
    const captured = invoice.settled_at ? invoice.amount_minor : 0n;
    const refund = await this.begin(invoice, call_key, { amount_minor, currency, sats: null }, captured);
    const known = refund && moneyOf(refund);
    if (!refund || refund.invoice_id !== invoice.id || !known || !sameMoney(known, amount)) {
      throw new InvalidPaymentData(
        refund
          ? "This refund was begun before with another amount."
          : `${showMoney(amount)} is more than is left of the ${showMoney(money(captured, currency))} that were paid.`,
      );
    }
    return refundView(this.parts, refund, invoice);
  }

  /**
   * Begins to give back coins that no session stands for: overpaid, late, or partly paid. They count as no refund in money.
   * @throws InvalidPaymentData where that is more than there are
   */
  async intendCoins(invoice: StoredInvoice, sats: bigint): Promise<ManualRefund> {
    const beyond = await this.asking(() => satsBeyond(this.parts, invoice));
    const earlier = (await this.refundsOf(invoice)).filter(({ amount_minor }) => amount_minor === null);
    const key = `${invoice.id}:beyond:${earlier.length}`;
    const refund =
      sats > 0n && (await this.begin(invoice, key, { amount_minor: null, currency: null, sats }, beyond));
    if (!refund) {
      throw new InvalidPaymentData("That is more than was paid beyond the payment's amount.");
    }
    return refundView(this.parts, refund, invoice);
  }

  /**
   * Sends again what has not arrived, and looks how deep the rest is.
   *
   * @returns the ids of the invoices whose refunds changed
   * @throws ChainSourceError where the node cannot be asked and nothing has changed
   */
  async followUp(): Promise<ReadonlySet<string>> {
    const invoices = new Set<string>();
    try {
      for (const refund of await this.parts.wallet.refunds.listToFollow(this.scope)) {
        const after = await follow(this.parts, refund);
        if (after && after.revision !== refund.revision) {
          invoices.add(refund.invoice_id);
        }
      }
    } catch (error) {
      if (!(error instanceof ChainSourceError) || invoices.size === 0) {
        throw error;
      }
    }
    return invoices;
  }

  async list(reference: string): Promise<readonly ManualRefund[]> {
    const invoice = await this.invoiceOf(reference);
    return invoice
      ? (await this.refundsOf(invoice)).map((refund) => refundView(this.parts, refund, invoice))
      : [];
  }

  async find(id: string): Promise<ManualRefund | undefined> {
    const refund = await this.parts.wallet.refunds.find(this.scope, id);
    return refund && this.view(refund);
  }

  async page({ is_open = false, limit, cursor }: ManualRefundQuery): Promise<ManualRefundPage> {
    if (cursor !== undefined && !CURSOR.test(cursor)) {
      throw new InvalidPaymentData('"cursor" must be the next_cursor of the page before.');
    }
    const found = await this.parts.wallet.refunds.listPage(this.scope, {
      is_open,
      limit: limit + 1,
      ...(cursor !== undefined && { before_id: cursor }),
    });
    const refunds = found.slice(0, limit);
    return {
      refunds: await Promise.all(refunds.map((refund) => this.view(refund))),
      next_cursor: found.length > limit ? (refunds.at(-1)?.id ?? null) : null,
    };
  }

  async ofPayee(token: string): Promise<ManualRefund | undefined> {
    const refund = await this.byToken(token);
    return refund && this.view(refund);
  }

  async giveDestination(token: string, destination: string): Promise<ManualRefund> {
    const refund = await this.byToken(token);
    if (!refund) {
      throw new InvalidPaymentData("There is no such refund.");
    }
    if (!takesDestination(refund)) {
      throw new InvalidPaymentData(
        "The refund is under way already: its address cannot be changed any more.",
      );
    }
    const invoice = await this.invoiceFor(refund);
    const { address } = await readDestination(this.parts, refund, invoice, destination);
    const change = { destination: address, status: "waits_for_operator" } as const;
    return this.view(await changed(this.parts.wallet.refunds, refund, change));
  }

  async exportFile(id: string): Promise<RefundFile> {
    const refund = toBeSigned(await this.byId(id));
    const { prepared } = refund.prepared ? await this.stillPrepared(refund) : await this.prepared(refund);
    return {
      file_name: `refund-${id}.psbt`,
      content_type: "text/plain",
      text: prepared?.psbt ?? "",
    };
  }

  async prepareAnew(id: string): Promise<ManualRefund> {
    const refund = toBeSigned(await this.byId(id));
    await this.requireUnsent(refund);
    return this.view(await this.prepared(refund));
  }

  async importSigned(id: string, text: string): Promise<ManualRefund> {
    const refund = await this.byId(id);
    return this.view(await this.asking(() => takeSigned(this.parts, refund, text)));
  }

  async openBeyond(reference: string): Promise<ManualRefund | undefined> {
    const invoice = await this.invoiceOf(reference);
    if (!invoice) {
      return undefined;
    }
    const earlier = (await this.refundsOf(invoice)).filter(
      ({ amount_minor, status }) => amount_minor === null && status !== "dropped",
    );
    const given = earlier.reduce((sum, { sats }) => sum + (sats ?? 0n), 0n);
    const left = (await satsBeyond(this.parts, invoice)) - given;
    return left > 0n ? this.intendCoins(invoice, left) : undefined;
  }

  async drop(id: string): Promise<ManualRefund> {
    const refund = await this.byId(id);
    if (refund.status === "dropped") {
      return this.view(refund);
    }
    if (refund.status !== "waits_for_payee" && refund.status !== "waits_for_operator") {
      throw new InvalidPaymentData("The refund has been signed: it cannot be given up any more.");
    }
    await this.requireUnsent(refund);
    return this.view(await changed(this.parts.wallet.refunds, refund, { status: "dropped" }));
  }

  private async begin(
    invoice: StoredInvoice,
    request_key: string,
    what: Pick<StoredRefund, "amount_minor" | "currency" | "sats">,
    most: bigint,
  ): Promise<StoredRefund | undefined> {
    const payee_token = randomBytes(TOKEN_BYTES).toString("base64url");
    const key = `${this.scope.provider_id}:${request_key}`;
    const refund = { ...this.scope, ...what, request_key: key, payee_token, invoice_id: invoice.id };
    const begun = await this.parts.wallet.refunds.intend(refund, most);
    return begun === "too_much" ? undefined : begun;
  }

  private async prepared(refund: StoredRefund): Promise<StoredRefund> {
    return this.asking(async () => prepare(this.parts, refund, await this.invoiceFor(refund)));
  }

  /** @throws InvalidPaymentData where its coins are gone */
  private async stillPrepared(refund: StoredRefund): Promise<StoredRefund> {
    if (refund.status === "waits_for_operator") {
      await this.requireUnsent(refund);
      const { source, wallet } = this.parts;
      const coins = await wallet.refunds.coinsOf(refund);
      const states = await this.asking(() => Promise.all(coins.map((coin) => source.outputState(coin))));
      if (states.some(({ kind }) => kind !== "unspent")) {
        throw new InvalidPaymentData("Coins of this refund have been spent meanwhile. Prepare it anew.");
      }
    }
    return refund;
  }

  /** Notes that it was sent where it was. @throws InvalidPaymentData then */
  private async requireUnsent(refund: StoredRefund): Promise<void> {
    const { source, wallet } = this.parts;
    const found = await this.asking(
      async () =>
        (await findSent(source, refund)) ??
        (await findReplacement(source, refund, await wallet.refunds.coinsOf(refund))),
    );
    if (found) {
      await changed(wallet.refunds, refund, sentAs(this.parts, refund, found));
      throw new InvalidPaymentData("The refund has been sent already.");
    }
  }

  private async byId(id: string): Promise<StoredRefund> {
    const refund = await this.parts.wallet.refunds.find(this.scope, id);
    if (!refund) {
      throw new InvalidPaymentData("There is no such refund.");
    }
    return refund;
  }

  private async byToken(token: string): Promise<StoredRefund | undefined> {
    return TOKEN.test(token) ? this.parts.wallet.refunds.findByToken(this.scope, token) : undefined;
  }

  private async invoiceOf(reference: string): Promise<StoredInvoice | undefined> {
    const invoice = await this.parts.wallet.invoices.find(reference);
    const is_ours = invoice?.provider_id === this.scope.provider_id && invoice.chain === this.scope.chain;
    return is_ours ? invoice : undefined;
  }

  private async invoiceFor({ invoice_id }: StoredRefund): Promise<StoredInvoice> {
    const invoice = await this.parts.wallet.invoices.find(invoice_id);
    if (!invoice) {
      throw new Error(`The invoice ${invoice_id} of a refund is not on record.`);
    }
    return invoice;
  }

  private refundsOf({ id }: StoredInvoice): Promise<readonly StoredRefund[]> {
    return this.parts.wallet.refunds.listOf(this.scope, id);
  }

  private async view(refund: StoredRefund): Promise<ManualRefund> {
    return refundView(this.parts, refund, await this.invoiceFor(refund));
  }

  /** What a node or the rate sources cannot tell now can be asked again. */
  private async asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ChainSourceError || error instanceof NoQuote) {
        throw new GatewayUnavailable(error.message, { cause: error });
      }
      throw error;
    }
  }
}

/** @throws InvalidPaymentData where it is too early or too late to sign it */
function toBeSigned(refund: StoredRefund): StoredRefund {
  if (refund.status === "waits_for_payee") {
    throw new InvalidPaymentData(
      "The payee has not said yet where the coins go. Send them the link of their page.",
    );
  }
  if (refund.status !== "waits_for_operator" && refund.status !== "signed") {
    throw new InvalidPaymentData(
      refund.status === "dropped" ? "The refund was given up." : "The refund has been sent already.",
    );
  }
  return refund;
}
