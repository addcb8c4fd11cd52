import { Psbt, Transaction } from "bitcoinjs-lib";
import { InvalidPaymentData } from "../../../../gateway/errors";
import { CHAINS, type AccountScript } from "../../chains";
import { buildPsbt } from "../build-psbt";
import { LONGEST_SIGNED_TEXT, readSigned } from "../signed-text";
import { accountOf, CHAIN, coinAt, PAYEE, signed } from "./support";

const KINDS: readonly AccountScript[] = ["p2wpkh", "p2tr", "p2sh_p2wpkh"];

function issuedOf(kind: AccountScript, payee = PAYEE, seeds: readonly number[] = [2, 5]) {
  const account = accountOf(kind);
  const coins = seeds.map((index) => coinAt(account, index, 20_000n));
  return buildPsbt(account, { coins, change: { index: 9, sats: 19_000n }, payee });
}

function refusal(issued: string, text: string): string {
  try {
    readSigned(CHAIN, issued, text);
  } catch (error) {
    if (error instanceof InvalidPaymentData) {
      return error.message;
    }
    throw error;
  }
  return "it was taken";
}

describe.each(KINDS)("a signed refund, %s", (kind) => {
  const issued = issuedOf(kind);
  const whole = signed(issued.psbt).finalizeAllInputs().extractTransaction(true);

  it("is taken as a PSBT, as a finished PSBT, and as a transaction", () => {
    const raw = whole.toHex();
    const finished = signed(issued.psbt).finalizeAllInputs();
    const lines = signed(issued.psbt)
      .toBase64()
      .replace(/(.{64})/g, "$1\n");
    for (const text of [signed(issued.psbt).toBase64(), lines, finished.toBase64(), finished.toHex(), raw]) {
      expect(readSigned(CHAIN, issued.psbt, ` ${text}\n`)).toBe(raw);
    }
  });

  it("is refused altered (case 16): another amount, payee, input, sequence or locktime", () => {
    const changes: readonly ((transaction: Transaction) => void)[] = [
      ({ outs }) => outs.forEach((out) => (out.value -= 1n)),
      ({ outs }) => outs.reverse(),
      ({ outs }) => outs.pop(),
      ({ outs }) => outs.forEach((out) => (out.script = Buffer.from(`0014${"cd".repeat(20)}`, "hex"))),
      ({ ins }) => ins.forEach((input) => (input.sequence = 0xffffffff)),
      ({ ins }) => ins.forEach((input) => (input.index = 1)),
      (transaction) => (transaction.locktime = 1),
      (transaction) => (transaction.version = 1),
    ];
    for (const change of changes) {
      const other = Transaction.fromHex(whole.toHex());
      change(other);
      expect(refusal(issued.psbt, other.toHex())).toContain("not the transaction that was issued");
    }
    const elsewhere = issuedOf(kind, { ...PAYEE, sats: 19_999n });
    expect(refusal(issued.psbt, signed(elsewhere.psbt).toBase64())).toContain("not the transaction");
    const fewer = issuedOf(kind, PAYEE, [2]);
    expect(refusal(issued.psbt, signed(fewer.psbt).toBase64())).toContain("not the transaction");
  });

  it("is refused unsigned and signed in part (case 16)", () => {
    const unsigned = Transaction.fromBuffer(Psbt.fromBase64(issued.psbt).data.getTransaction());
    expect(refusal(issued.psbt, issued.psbt)).toContain("not signed yet");
    expect(refusal(issued.psbt, unsigned.toHex())).toContain("not signed yet");
    expect(refusal(issued.psbt, signed(issued.psbt, [0]).toBase64())).toBe(
      "It is signed in part only: input 2 is not.",
    );
    const half = Transaction.fromHex(whole.toHex());
    half.setWitness(1, []);
    expect(refusal(issued.psbt, half.toHex())).toContain("The signature of input 2 is not right");
  });

  it("is refused with a wrong signature, or one that does not commit to all of it (case 16)", () => {
    const wrong = Transaction.fromHex(whole.toHex());
    const [first, second] = wrong.ins.map(({ witness }) => witness);
    wrong.setWitness(0, second ?? []);
    wrong.setWitness(1, first ?? []);
    expect(refusal(issued.psbt, wrong.toHex())).toContain("each of the inputs 1, 2");

    const loose = Transaction.SIGHASH_ALL | Transaction.SIGHASH_ANYONECANPAY;
    const open = signed(issued.psbt, undefined, loose).finalizeAllInputs().extractTransaction(true);
    expect(refusal(issued.psbt, open.toHex())).toContain("no other signature type");
  });

  it("is refused where the amounts it was signed for are not those that are spent", () => {
    const account = accountOf(kind);
    const lied = buildPsbt(account, {
      coins: [2, 5].map((index) => coinAt(account, index, 20_001n)),
      change: { index: 9, sats: 19_000n },
      payee: PAYEE,
    });
    expect(lied.txid).toBe(issued.txid);
    expect(refusal(issued.psbt, signed(lied.psbt).toBase64())).toMatch(/signature/i);
  });
});

describe("what is no signed refund (case 16)", () => {
  const issued = issuedOf("p2wpkh");

  it.each([
    ["nothing", ""],
    ["words", "please send it"],
    ["half a transaction", "0200000000"],
    ["an odd number of digits", "020"],
    ["a PSBT that is cut off", issued.psbt.slice(0, 80)],
    ["a PSBT of nothing", "cHNidP8="],
    ["base64 of something else", Buffer.from("hello, operator").toString("base64")],
    ["an HTML page", "<html></html>"],
  ])("is refused: %s", (_, text) => {
    expect(refusal(issued.psbt, text)).toContain("neither a PSBT (base64) nor a transaction (hex)");
  });

  it("is refused unread where it is larger than any", () => {
    expect(refusal(issued.psbt, "a".repeat(LONGEST_SIGNED_TEXT + 1))).toContain("larger");
  });

  it("is refused where it is another network's: its ids are its own", () => {
    const main = CHAINS.bitcoin.network;
    const foreign = new Psbt({ network: main });
    foreign.addInput({
      hash: "07".repeat(32),
      index: 0,
      witnessUtxo: { script: Buffer.from(PAYEE.script, "hex"), value: 30_000n },
    });
    foreign.addOutput({ script: Buffer.from(PAYEE.script, "hex"), value: PAYEE.sats });
    expect(refusal(issued.psbt, foreign.toBase64())).toContain("not the transaction that was issued");
  });
});
