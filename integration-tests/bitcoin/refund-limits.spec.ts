import { Psbt } from "bitcoinjs-lib";
import { startLitecoind } from "../nodes/litecoind";
import { signAsOwner } from "./owner";
import { RefundScene } from "./refund-scene";

/** 30.00 EUR: 60,000 satoshis. */
const PRICE_MINOR = 3_000n;

const eur = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });

describe("what is given back of a payment", () => {
  let scene: RefundScene;
  let seed = 700;

  beforeAll(async () => {
    scene = await RefundScene.open(await startLitecoind());
  });
  afterAll(() => scene?.close());

  const newAccount = () => scene.account("p2wpkh", (seed += 1));

  it("is never more than was paid, also where a refund that was given up is sent all the same", async () => {
    const account = newAccount();
    const invoice = await scene.paidInvoice(account, PRICE_MINOR);
    const desk = scene.desk(account);
    const given_up = await desk.intend("given-up", invoice, eur(1_000n));
    await desk.giveDestination(given_up.payee_token, scene.purse.address);
    const { text } = await desk.exportFile(given_up.id);
    await desk.drop(given_up.id);
    const signed = Psbt.fromBase64(signAsOwner(scene.node.chain, scene.ownerOf("p2wpkh", seed).root, text));
    await scene.node.rpc("sendrawtransaction", signed.finalizeAllInputs().extractTransaction(true).toHex());
    await scene.mine(1);
    await desk.followUp();
    await expect(desk.intend("all-of-it", invoice, eur(PRICE_MINOR))).rejects.toThrow("more than is left");
  });
});
