import { InvalidPaymentData } from "../../../gateway/errors";
import { receiveAddress } from "../addresses";
import { readAddress, type GivenAddress } from "../given-address";
import { dustLimit, type ScriptKind } from "../scripts";
import type { StoredInvoice } from "../wallet/wallet-store";
import { decideSats, showCoins } from "./amounts";
import { buildPsbt, type CoinWithParent } from "./build-psbt";
import { chooseCoins, isSameCoin, type Chosen } from "./coin-selection";
import { changedMeanwhile } from "./moving";
import type { RefundParts } from "./parts";
import type { PreparedRefund, StoredRefund, WalletCoin } from "./refund-store";
import { SpendableCoins } from "./spendable-coins";
import { feeOf } from "./weights";

/** Blocks within which a refund is to be mined. */
const FEE_TARGET_BLOCKS = 6;
/** What nodes pass on at all; also where a node has no estimate, since one that is stuck can be prepared anew. */
const LEAST_SATS_PER_KVB = 1_000n;
/** More would make a file that no hardware wallet takes. */
const MOST_COINS = 50;
const MOST_TRIES = 5;

/** What a refund costs and pays, as far as that does not depend on its coins. */
type Terms = Readonly<{
  sats: bigint;
  most_sats: bigint | undefined;
  sats_per_kvb: bigint;
  payee: GivenAddress;
  /** The change's script, of which only the length counts here. */
  change_script_bytes: number;
}>;

/**
 * Makes a refund into an unsigned transaction, and keeps its coins for it. One that was prepared before shares its coins
 * that are left with the new one, so that never both can be mined.
 *
 * @throws InvalidPaymentData that says why it cannot be done
 */
export async function prepare(
  parts: RefundParts,
  refund: StoredRefund,
  invoice: StoredInvoice,
): Promise<StoredRefund> {
  if (refund.destination === null) {
    throw new InvalidPaymentData("The payee has not said yet where the coins go.");
  }
  const { account, wallet } = parts;
  const { prepared } = refund;
  const terms = await termsOf(parts, refund, invoice, refund.destination);
  requireWorth(parts, terms, minersFee(parts, terms, 1, false));
  let change_address = prepared?.account_id === account.id ? prepared.change_address : null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { chosen, coins } = await coinsFor(parts, refund, terms);
    const amounts = amountsOf(parts, terms, chosen);
    if (chosen.change_sats > 0n) {
      // Not before it is needed: wallets look for no more than some unused addresses in a row.
      change_address ??= receiveAddress(account, await wallet.invoices.takeIndex(account.id));
    }
    const { psbt, txid, change_vout } = buildPsbt(account, {
      coins,
      payee: { script: terms.payee.script, sats: amounts.paid_sats },
      change:
        change_address && chosen.change_sats > 0n
          ? { index: change_address.index, sats: chosen.change_sats }
          : null,
    });
    const kept = await wallet.refunds.prepare(
      refund,
      {
        ...amounts,
        account_id: account.id,
        psbt,
        txid,
        earlier_txids: earlierThan(txid, prepared),
        sats: terms.sats,
        change_address,
        change: change_vout === null ? null : { vout: change_vout, value_sats: chosen.change_sats },
      },
      chosen.coins,
      terms.most_sats,
    );
    if (kept === "too_much") {
      throw new InvalidPaymentData("The refunds of this payment come to more than stands at its address.");
    }
    if (kept === undefined) {
      throw changedMeanwhile();
    }
    if (kept !== "coins_taken") {
      return kept;
    }
  }
  throw new InvalidPaymentData("Other refunds take the coins at this moment. Try again.");
}

function earlierThan(txid: string, prepared: PreparedRefund | null): readonly string[] {
  const all = prepared ? [...prepared.earlier_txids, prepared.txid] : [];
  return all.filter((other) => other !== txid);
}

async function termsOf(
  parts: RefundParts,
  refund: StoredRefund,
  invoice: StoredInvoice,
  destination: string,
): Promise<Terms> {
  const { account, source, options } = parts;
  const asked = (await source.feeRate(FEE_TARGET_BLOCKS)) ?? LEAST_SATS_PER_KVB;
  const most = BigInt(options.most_refund_fee_rate) * 1_000n;
  const sats_per_kvb = [asked, LEAST_SATS_PER_KVB].reduce((one, other) => (one > other ? one : other));
  return {
    ...(await decideSats(parts, refund, invoice)),
    sats_per_kvb: sats_per_kvb < most ? sats_per_kvb : most,
    payee: readAddress(account.chain, destination),
    change_script_bytes: receiveAddress(account, 0).script.length / 2,
  };
}

async function coinsFor(
  parts: RefundParts,
  refund: StoredRefund,
  terms: Terms,
): Promise<Readonly<{ chosen: Chosen; coins: readonly CoinWithParent[] }>> {
  const { account, options } = parts;
  const spendable = new SpendableCoins(parts, refund);
  let required = await spendable.kept();
  if (refund.prepared && required.length === 0) {
    await spendable.requireTelling();
  }
  const cost = (coins: number, with_change: boolean) =>
    terms.sats + (options.refund_fee === "store" ? minersFee(parts, terms, coins, with_change) : 0n);
  const dust_limit_sats = dustLimit(account.chain, changeKind(parts));
  let pool: readonly WalletCoin[] = [];
  for (;;) {
    const chosen = chooseCoins(pool, { cost, required, dust_limit_sats, most_coins: MOST_COINS });
    // What leaves dust is taken only where no coin is left to be looked at.
    if (chosen && (chosen.left_sats === 0n || spendable.is_exhausted)) {
      const coins = await spendable.withParents(chosen.coins);
      if (coins) {
        return { chosen, coins };
      }
      pool = pool.filter((coin) => !spendable.isRefused(coin));
      required = required.filter((coin) => !spendable.isRefused(coin));
    } else if (spendable.is_exhausted) {
      throw tooFew(parts, terms, [...required, ...pool]);
    } else {
      pool = [...pool, ...(await spendable.more())].filter(
        (coin) => !required.some((other) => isSameCoin(coin, other)),
      );
    }
  }
}

/** What the payee gets and the miners get. @throws InvalidPaymentData where that is not worth it */
function amountsOf(
  parts: RefundParts,
  terms: Terms,
  { coins, change_sats, left_sats }: Chosen,
): Readonly<{ paid_sats: bigint; fee_sats: bigint }> {
  const asked = minersFee(parts, terms, coins.length, change_sats > 0n);
  const fee_sats = asked + left_sats;
  requireWorth(parts, terms, fee_sats);
  const paid_sats = terms.sats - (parts.options.refund_fee === "payee" ? asked : 0n);
  requireSendable(parts, terms.payee, paid_sats);
  return { paid_sats, fee_sats };
}

/** @throws InvalidPaymentData where the miners would get more than the payee */
function requireWorth({ account: { chain } }: RefundParts, { sats }: Terms, fee_sats: bigint): void {
  if (fee_sats > sats) {
    throw new InvalidPaymentData(
      `Sending ${showCoins(chain, sats)} would cost ${showCoins(chain, fee_sats)}, which is more than the refund. Wait until fees are lower, or give the money back another way.`,
    );
  }
}

/** @throws InvalidPaymentData for dust */
export function requireSendable(
  { account }: Pick<RefundParts, "account">,
  { dust_limit_sats }: GivenAddress,
  sats: bigint,
): void {
  if (sats < dust_limit_sats) {
    throw new InvalidPaymentData(
      `The refund is too small to be sent on chain: less than ${showCoins(account.chain, dust_limit_sats)} cannot be sent to this address.`,
    );
  }
}

function minersFee({ account }: RefundParts, terms: Terms, inputs: number, with_change: boolean): bigint {
  const paid = terms.payee.script.length / 2;
  return feeOf(
    {
      input_kind: account.script,
      inputs,
      output_script_bytes: with_change ? [paid, terms.change_script_bytes] : [paid],
    },
    terms.sats_per_kvb,
  );
}

const changeKind = ({ account }: RefundParts): ScriptKind =>
  account.script === "p2sh_p2wpkh" ? "p2sh" : account.script;

function tooFew({ account }: RefundParts, terms: Terms, pool: readonly WalletCoin[]): InvalidPaymentData {
  const values = pool.map(({ value_sats }) => value_sats).toSorted((one, other) => (one < other ? 1 : -1));
  const sum = values.slice(0, MOST_COINS).reduce((total, value) => total + value, 0n);
  const has = sum === 0n ? "no coins" : showCoins(account.chain, sum);
  return new InvalidPaymentData(
    `The refund of ${showCoins(account.chain, terms.sats)} and its fee are more than the account has: of what was paid to the store, ${has} can be spent in one transaction now.`,
  );
}
