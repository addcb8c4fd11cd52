import type { Transaction } from "bitcoinjs-lib";
import type { Outpoint } from "../chain/source";
import { satsFrom } from "../coin-amount";
import { AddressError, readAddress, type GivenAddress } from "../given-address";
import { CHAIN, inputsOf, keylessScript, paymentOf, type Output } from "./bytes";
import type { ChainState } from "./chain-state";
import { MATURITY_BLOCKS, WALLET } from "./miner";
import { Refusal } from "./refusal";

/** A payment that was understood: where to, and how much. */
export type Order = Readonly<{ to: GivenAddress; amount_sats: bigint }>;

const FEE_SATS = 1_000n;
/** A node takes a double spend only for a higher fee. */
const REPLACEMENT_FEE_SATS = 10_000n;
const LEAST_CHANGE_SATS = 1_000n;
const MOST_SATS = 100_000_000_000n;
const FOREIGN = keylessScript("somebody else");

/** Reads what is to be paid. @throws Refusal 400 that says what is wrong with it */
export function readOrder(address: string, amount: string): Order {
  const to = addressIn(address);
  const amount_sats = amountIn(amount);
  if (amount_sats < to.dust_limit_sats || amount_sats > MOST_SATS) {
    throw new Refusal(
      400,
      `The amount must be from ${to.dust_limit_sats} to ${MOST_SATS} satoshis to be paid there.`,
    );
  }
  return { to, amount_sats };
}

/** A payment of the demo's wallet. @throws Refusal 409 while its coins wait to be mined */
export function payOrder(state: ChainState, { to, amount_sats }: Order): Transaction {
  const coins: Outpoint[] = [];
  let sum_sats = 0n;
  for (const coin of spendable(state)) {
    if (sum_sats >= amount_sats + FEE_SATS) {
      break;
    }
    coins.push({ txid: coin.txid, vout: coin.vout });
    sum_sats += coin.value_sats;
  }
  const change_sats = sum_sats - amount_sats - FEE_SATS;
  if (change_sats < 0n) {
    throw new Refusal(409, "The demo wallet's coins wait to be mined. Try again after the next block.");
  }
  const payment: Output = { script: Buffer.from(to.script, "hex"), value_sats: amount_sats };
  const change: Output = { script: WALLET, value_sats: change_sats };
  return paymentOf(coins, change_sats >= LEAST_CHANGE_SATS ? [payment, change] : [payment]);
}

/**
 * Spends what a waiting payment spends, to somebody else.
 * @throws Refusal 404 when nothing of that id waits, 409 when it leaves no fee to outbid it with
 */
export function doubleSpend(state: ChainState, txid: string): Transaction {
  const victim = state.transaction(txid);
  if (!victim || victim.height !== undefined) {
    throw new Refusal(404, "No transaction of that id waits to be mined.");
  }
  const inputs = inputsOf(victim.transaction);
  const sum_sats = inputs.reduce((sum, input) => sum + (state.outputOf(input)?.value ?? 0n), 0n);
  const value_sats = sum_sats - REPLACEMENT_FEE_SATS;
  if (value_sats <= 0n) {
    throw new Refusal(409, "What the transaction spends is too little to be spent again.");
  }
  return paymentOf(inputs, [{ script: FOREIGN, value_sats }]);
}

/** The oldest first: change that was mined, and what was earned long enough ago. */
const spendable = (state: ChainState) =>
  state.unspentOf(WALLET).filter(({ height, transaction }) => {
    const depth = height === undefined ? 0 : state.tip.height - height + 1;
    return depth > (transaction.isCoinbase() ? MATURITY_BLOCKS : 0);
  });

function addressIn(text: string): GivenAddress {
  try {
    return readAddress(CHAIN, text);
  } catch (error) {
    throw error instanceof AddressError ? new Refusal(400, error.message) : error;
  }
}

function amountIn(text: string): bigint {
  try {
    return satsFrom(text);
  } catch {
    throw new Refusal(
      400,
      'The amount must be a decimal of coins with at most eight places, such as "0.0001".',
    );
  }
}
