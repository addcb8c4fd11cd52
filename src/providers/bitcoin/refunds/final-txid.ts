import { script, Transaction, type Psbt } from "bitcoinjs-lib";

/**
 * The id a PSBT's transaction has once it is signed. Of all that signing adds, only the redeem script of a nested segwit
 * input is part of the id, and that is known before.
 */
export function finalTxid(psbt: Psbt): string {
  const transaction = Transaction.fromBuffer(psbt.data.getTransaction());
  psbt.data.inputs.forEach(({ redeemScript }, at) => {
    if (redeemScript) {
      transaction.setInputScript(at, script.compile([redeemScript]));
    }
  });
  return transaction.getId();
}
