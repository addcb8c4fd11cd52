import { Psbt, Transaction, toXOnly } from "bitcoinjs-lib";
import type { AccountKey } from "../account-key";
import { receiveAddress, type ReceiveAddress } from "../addresses";
import "../curve";
import type { WalletCoin } from "./refund-store";
import { finalTxid } from "./final-txid";

/**
 * Does not offer to be replaced (BIP125): a wallet that raised the fee by itself would make a transaction that is not the
 * one that is followed here.
 */
const SEQUENCE = 0xfffffffe;
/** A parent that is larger stays out of the file: signing does not need it, and the file has to be carried about. */
const LARGEST_PARENT_BYTES = 20_000;

/** A coin with the transaction it is an output of, as hex, where that is known. */
export type CoinWithParent = WalletCoin & Readonly<{ parent: string | undefined }>;

export type RefundPlan = Readonly<{
  coins: readonly CoinWithParent[];
  payee: Readonly<{ script: string; sats: bigint }>;
  change: Readonly<{ index: number; sats: bigint }> | null;
}>;

/**
 * The unsigned transaction for the operator's own wallet (BIP174, BIP371), with all that a signer wants to know: what is
 * spent, and where the keys of inputs and change lie where the account was entered with its origin. Inputs and outputs
 * are in the order of BIP69, which tells nobody which output is the change.
 *
 * @returns the PSBT in base64, the transaction's id, and where the change is
 */
export function buildPsbt(
  account: AccountKey,
  { coins, payee, change }: RefundPlan,
): Readonly<{ psbt: string; txid: string; change_vout: number | null }> {
  const psbt = new Psbt({ network: account.chain.network });
  for (const coin of coins.toSorted(inOrder)) {
    const { hash, index, ...fields } = inputOf(account, coin);
    psbt.addInput({ hash, index, sequence: SEQUENCE, ...fields });
  }
  const own = change && receiveAddress(account, change.index);
  const outputs = [
    { script: bytes(payee.script), value: payee.sats },
    ...(change && own ? [{ script: bytes(own.script), value: change.sats, ...keyFields(account, own) }] : []),
  ].toSorted((one, other) => Number(one.value - other.value) || Buffer.compare(one.script, other.script));
  psbt.addOutputs(outputs);
  const change_vout = own ? outputs.findIndex(({ script }) => script.equals(bytes(own.script))) : null;
  return { psbt: psbt.toBase64(), txid: finalTxid(psbt), change_vout };
}

function inputOf(account: AccountKey, coin: CoinWithParent) {
  const own = receiveAddress(account, coin.address_index);
  return {
    hash: coin.txid,
    index: coin.vout,
    witnessUtxo: { script: bytes(coin.script), value: coin.value_sats },
    ...keyFields(account, own),
    ...(own.redeem_script && { redeemScript: bytes(own.redeem_script) }),
    // Taproot's signatures commit to the amounts; those of version 0 do not to all of them, so signers ask for proof.
    ...(account.script !== "p2tr" && parentOf(coin)),
  };
}

function parentOf({ txid, parent }: CoinWithParent): Readonly<{ nonWitnessUtxo?: Uint8Array }> {
  if (parent === undefined || parent.length > 2 * LARGEST_PARENT_BYTES) {
    return {};
  }
  try {
    // Litecoin's longer form is not what the format holds.
    return Transaction.fromHex(parent).getId() === txid ? { nonWitnessUtxo: bytes(parent) } : {};
  } catch {
    return {};
  }
}

function keyFields(account: AccountKey, { public_key, derivation }: ReceiveAddress) {
  const pubkey = bytes(public_key);
  const key = derivation && { masterFingerprint: bytes(derivation.fingerprint), path: derivation.path };
  if (account.script !== "p2tr") {
    return key ? { bip32Derivation: [{ ...key, pubkey }] } : {};
  }
  const internal_key = toXOnly(pubkey);
  return {
    tapInternalKey: internal_key,
    ...(key && { tapBip32Derivation: [{ ...key, pubkey: internal_key, leafHashes: [] }] }),
  };
}

/** By the ids as nodes show them. */
function inOrder(one: WalletCoin, other: WalletCoin): number {
  return one.txid < other.txid ? -1 : one.txid > other.txid ? 1 : one.vout - other.vout;
}

const bytes = (hex: string) => Buffer.from(hex, "hex");
