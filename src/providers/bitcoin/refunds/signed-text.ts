import { Psbt, Transaction } from "bitcoinjs-lib";
import { InvalidPaymentData } from "../../../gateway/errors";
import type { Chain } from "../chains";
import { finalTxid } from "./final-txid";
import { badInputs } from "./signatures";

/** The largest file that is exported is half of it. */
export const LONGEST_SIGNED_TEXT = 3_000_000;

const PSBT_START = /^cHNidP/;
const HEX = /^(?:[0-9a-f]{2})+$/i;

/**
 * Reads what the operator's wallet gave back: a PSBT in base64 or hex, or the whole transaction in hex.
 *
 * @param issued the PSBT that was exported, in base64
 * @returns the signed transaction as hex: the one that was issued, with all its signatures right
 * @throws InvalidPaymentData that says what is wrong with it
 */
export function readSigned(chain: Chain, issued: string, text: string): string {
  if (text.length > LONGEST_SIGNED_TEXT) {
    throw new InvalidPaymentData("This is larger than any signed refund.");
  }
  const entered = text.replace(/\s+/g, "");
  const ours = Psbt.fromBase64(issued, { network: chain.network });
  const transaction =
    PSBT_START.test(entered) || entered.startsWith("70736274ff")
      ? fromPsbt(chain, ours, entered)
      : fromTransaction(ours, entered);
  if (transaction.getId() !== finalTxid(ours)) {
    throw altered();
  }
  const spent = ours.data.inputs.map(({ witnessUtxo }) => witnessUtxo).filter((utxo) => utxo !== undefined);
  const bad = badInputs(transaction, spent);
  if (bad.length > 0) {
    throw new InvalidPaymentData(
      `The signature of ${inputsText(bad)} is not right. Sign with the wallet of this account, and with no other ` +
        "signature type than the usual one (ALL).",
    );
  }
  return transaction.toHex();
}

function fromTransaction(ours: Psbt, text: string): Transaction {
  if (!HEX.test(text)) {
    throw unreadable();
  }
  let transaction: Transaction;
  try {
    transaction = Transaction.fromHex(text);
  } catch {
    throw unreadable();
  }
  if (transaction.ins.every(({ witness }) => witness.length === 0)) {
    const is_same = transaction.ins.length > 0 && transaction.getId() === unsignedTxid(ours);
    throw is_same || transaction.getId() === finalTxid(ours) ? unsigned() : altered();
  }
  return transaction;
}

function fromPsbt(chain: Chain, ours: Psbt, text: string): Transaction {
  let given: Psbt;
  try {
    given = HEX.test(text) ? Psbt.fromHex(text) : Psbt.fromBase64(text, { network: chain.network });
  } catch {
    throw unreadable();
  }
  if (Buffer.compare(given.data.getTransaction(), ours.data.getTransaction()) !== 0) {
    throw altered();
  }
  const missing = given.data.inputs.flatMap((input, at) => (holdsSignature(input) ? [] : [at]));
  if (missing.length === given.inputCount) {
    throw unsigned();
  }
  if (missing.length > 0) {
    throw new InvalidPaymentData(`It is signed in part only: ${inputsText(missing)} is not.`);
  }
  return finished(ours, given);
}

/** What is spent is taken from our own file: signers leave it out, or could have changed it. */
function finished(ours: Psbt, given: Psbt): Transaction {
  try {
    const whole = ours.clone().combine(given);
    whole.data.inputs.forEach(({ finalScriptWitness }, at) => {
      if (!finalScriptWitness) {
        whole.finalizeInput(at);
      }
    });
    return whole.extractTransaction(true);
  } catch {
    throw new InvalidPaymentData(
      "Its signatures are not those of this account. Sign it with the account's wallet.",
    );
  }
}

type Input = Psbt["data"]["inputs"][number];

function holdsSignature({ partialSig, tapKeySig, finalScriptWitness }: Input): boolean {
  return (partialSig?.length ?? 0) > 0 || tapKeySig !== undefined || finalScriptWitness !== undefined;
}

const unsignedTxid = (psbt: Psbt) => Transaction.fromBuffer(psbt.data.getTransaction()).getId();

function inputsText(positions: readonly number[]): string {
  const [first = 0, ...more] = positions.map((at) => at + 1);
  return more.length === 0 ? `input ${first}` : `each of the inputs ${[first, ...more].join(", ")}`;
}

const unreadable = () =>
  new InvalidPaymentData(
    "This is neither a PSBT (base64) nor a transaction (hex). Copy it again from your wallet.",
  );
const unsigned = () => new InvalidPaymentData("It is not signed yet. Sign it in your wallet first.");
const altered = () =>
  new InvalidPaymentData(
    "This is not the transaction that was issued: its inputs, outputs or amounts are others. Export the file again and sign that.",
  );
