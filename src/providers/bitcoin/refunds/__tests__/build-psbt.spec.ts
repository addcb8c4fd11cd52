import { Psbt, Transaction } from "bitcoinjs-lib";
import { receiveAddress } from "../../addresses";
import type { AccountScript } from "../../chains";
import { buildPsbt } from "../build-psbt";
import { feeOf } from "../weights";
import { accountOf, CHAIN, coinAt, PAYEE, signed } from "./support";

const KINDS: readonly AccountScript[] = ["p2wpkh", "p2tr", "p2sh_p2wpkh"];

function built(kind: AccountScript, has_origin = true) {
  const account = accountOf(kind, has_origin);
  const coins = [coinAt(account, 5, 30_000n), coinAt(account, 2, 10_000n)];
  const change = { index: 9, sats: 19_000n };
  const made = buildPsbt(account, { coins, change, payee: PAYEE });
  return { account, made, psbt: Psbt.fromBase64(made.psbt, { network: CHAIN.network }) };
}

describe("the file of a refund", () => {
  it.each(KINDS)("holds the coins, the payee and the change, and offers no replacement, %s", (kind) => {
    const { account, made, psbt } = built(kind);
    expect(psbt.txInputs.map(({ index, sequence }) => [index, sequence])).toEqual([
      [0, 0xfffffffe],
      [0, 0xfffffffe],
    ]);
    expect(psbt.data.inputs.map(({ witnessUtxo }) => witnessUtxo?.value)).toEqual([10_000n, 30_000n]);
    expect(made.change_vout).toBe(0);
    expect(psbt.txOutputs.map(({ script, value }) => [Buffer.from(script).toString("hex"), value])).toEqual([
      [receiveAddress(account, 9).script, 19_000n],
      [PAYEE.script, 20_000n],
    ]);
  });

  it.each(KINDS)("tells a signer where the keys of inputs and change are, %s", (kind) => {
    const { psbt } = built(kind);
    const paths = [...psbt.data.inputs, ...psbt.data.outputs].map(
      ({ bip32Derivation, tapBip32Derivation }) => (bip32Derivation ?? tapBip32Derivation)?.[0]?.path,
    );
    expect(paths).toEqual(["m/84'/1'/0'/0/2", "m/84'/1'/0'/0/5", "m/84'/1'/0'/0/9", undefined]);
  });

  it("holds no derivation where the account was entered without its origin, but taproot's key", () => {
    const { psbt } = built("p2tr", false);
    expect(psbt.data.inputs[0]?.tapBip32Derivation).toBeUndefined();
    expect(psbt.data.inputs[0]?.tapInternalKey).toHaveLength(32);
    expect(built("p2wpkh", false).psbt.data.inputs[0]?.bip32Derivation).toBeUndefined();
  });

  it.each(KINDS)("has the id that the signed transaction has, and costs what was reckoned, %s", (kind) => {
    const { account, made } = built(kind);
    const transaction = signed(made.psbt).finalizeAllInputs().extractTransaction(true);
    expect(transaction.getId()).toBe(made.txid);
    const output_script_bytes = [PAYEE.script.length / 2, receiveAddress(account, 9).script.length / 2];
    const reckoned = feeOf({ input_kind: kind, inputs: 2, output_script_bytes }, 1_000n);
    const size = BigInt(transaction.virtualSize());
    expect(reckoned).toBeGreaterThanOrEqual(size);
    expect(reckoned - size).toBeLessThanOrEqual(2n);
  });

  it("holds the transaction that made a coin, where a signature does not commit to the amount and it is known", () => {
    const parent = new Transaction();
    parent.addInput(Buffer.alloc(32, 1), 0);
    const account = accountOf("p2wpkh");
    const { script } = receiveAddress(account, 0);
    parent.addOutput(Buffer.from(script, "hex"), 50_000n);
    const known = { ...coinAt(account, 0, 50_000n), txid: parent.getId(), parent: parent.toHex() };
    const fileOf = (coin: typeof known) =>
      Psbt.fromBase64(buildPsbt(account, { coins: [coin], change: null, payee: PAYEE }).psbt);
    expect(fileOf(known).data.inputs[0]?.nonWitnessUtxo).toEqual(Uint8Array.from(parent.toBuffer()));
    const foreign = { ...known, txid: "07".repeat(32) };
    expect(fileOf(foreign).data.inputs[0]?.nonWitnessUtxo).toBeUndefined();
  });
});
