import { Transaction } from "bitcoinjs-lib";
import { readAddress } from "../../src/providers/bitcoin/given-address";
import type { AccountScript } from "../../src/providers/bitcoin/chains";
import { EsploraSource } from "../../src/providers/bitcoin/chain/esplora-source";
import { startBcoin } from "../nodes/bcoin";
import { Electrum } from "../nodes/electrum";
import { startEsploraServer } from "../nodes/esplora-server";
import { startLitecoind } from "../nodes/litecoind";
import { inVersion } from "./key-versions";
import { signAsOwner } from "./owner";
import { RefundScene, refundedOf } from "./refund-scene";

const TEN_EUR = { amount_minor: 1_000n, currency: "EUR" };
/** What 10.00 EUR cost. */
const TEN_EUR_SATS = 20_000n;

describe("a refund on chain that Electrum signs for a watch-only account", () => {
  /** SLIP-132 on test chains: how Electrum tells the kinds of accounts apart. */
  const PRIVATE_VERSIONS = { p2wpkh: 0x045f18bc, p2sh_p2wpkh: 0x044a4e28 } as const;
  let scene: RefundScene;

  beforeAll(async () => {
    scene = await RefundScene.open(await startBcoin());
  });
  afterAll(() => scene?.close());

  it.each([
    ["p2wpkh", "a bare key"],
    ["p2wpkh", "a key with its origin"],
    ["p2sh_p2wpkh", "a bare key"],
  ] as const)(
    "goes from the wish to the block, %s, %s: nothing reads refunded before it is",
    async (script, entered) => {
      const account = scene.account(script, 1, entered === "a key with its origin");
      const desk = scene.desk(account);
      const invoice = await scene.paidInvoice(account, 3_000n);
      const electrum = await Electrum.restore(
        inVersion(scene.ownerOf(script, 1).account.toBase58(), PRIVATE_VERSIONS[script]),
      );
      try {
        const wish = await desk.intend(`${script}, ${entered}`, invoice, TEN_EUR);
        expect(wish).toMatchObject({ status: "waits_for_payee", shown: "0.0002 BTC", destination: null });
        const given = await desk.giveDestination(wish.payee_token, ` ${scene.purse.address.toUpperCase()} `);
        expect(given).toMatchObject({ status: "waits_for_operator", destination: scene.purse.address });

        const { text, file_name } = await desk.exportFile(wish.id);
        expect(file_name).toBe(`refund-${wish.id}.psbt`);
        expect((await desk.exportFile(wish.id)).text).toBe(text);
        const signed = await electrum.sign(text);
        expect(await desk.importSigned(wish.id, signed)).toMatchObject({ status: "sent", note: null });
        expect(await refundedOf(desk, invoice)).toEqual({ amount_minor: 0n, currency: "EUR" });
        expect(await desk.followUp()).toEqual(new Set());

        await scene.mine(1);
        expect(await desk.followUp()).toEqual(new Set([invoice.id]));
        expect(await desk.list(invoice.id)).toMatchObject([{ status: "done", amount: TEN_EUR }]);
        expect(await refundedOf(desk, invoice)).toEqual(TEN_EUR);
        expect(await received(scene, signed)).toBe(TEN_EUR_SATS);
      } finally {
        electrum.remove();
      }
    },
  );
});

describe("a refund on chain that its owner's wallet signs", () => {
  let scene: RefundScene;
  let seed = 10;

  beforeAll(async () => {
    scene = await RefundScene.open(await startLitecoind());
  });
  afterAll(() => scene?.close());

  /** A refund of 10.00 EUR that waits for the operator, of an account of its own. */
  async function begun(script: AccountScript = "p2tr", options = {}) {
    seed += 1;
    const account = scene.account(script, seed);
    const desk = scene.desk(account, options);
    const invoice = await scene.paidInvoice(account, 3_000n);
    const wish = await desk.intend(`refund-${seed}`, invoice, TEN_EUR);
    await desk.giveDestination(wish.payee_token, scene.purse.address);
    const { root } = scene.ownerOf(script, seed);
    const sign = async (id = wish.id) =>
      signAsOwner(scene.node.chain, root, (await desk.exportFile(id)).text);
    return { account, desk, invoice, wish, sign, root };
  }

  it.each(["p2tr", "p2wpkh", "p2sh_p2wpkh"] as const)("goes through on Litecoin, %s", async (script) => {
    const { desk, invoice, wish, sign } = await begun(script);
    expect(await desk.importSigned(wish.id, await sign())).toMatchObject({ status: "sent" });
    await scene.mine(1);
    await desk.followUp();
    expect(await refundedOf(desk, invoice)).toEqual(TEN_EUR);
  });

  it("goes through where the chain is told by an Esplora service", async () => {
    const service = await startEsploraServer(scene.node);
    try {
      const source = () => new EsploraSource(scene.node.chain, { url: service.url });
      const { desk, invoice, wish, sign } = await begun("p2wpkh", {
        source,
        options: { refund_confirmations: 2 },
      });
      expect(await desk.importSigned(wish.id, await sign())).toMatchObject({ status: "sent" });
      await scene.mine(1);
      await desk.followUp();
      expect(await desk.list(invoice.id)).toMatchObject([{ status: "sent" }]);
      await scene.mine(1);
      expect(await desk.followUp()).toEqual(new Set([invoice.id]));
      expect(await refundedOf(desk, invoice)).toEqual(TEN_EUR);
    } finally {
      await service.stop();
    }
  });

  it("spends the change of an earlier one", async () => {
    const { desk, invoice, wish, sign } = await begun();
    await desk.importSigned(wish.id, await sign());
    const second = await desk.intend("second", invoice, TEN_EUR);
    await desk.giveDestination(second.payee_token, scene.purse.address);
    await expect(desk.exportFile(second.id)).rejects.toThrow("no coins can be spent");
    await scene.mine(1);
    await desk.followUp();
    expect(await desk.importSigned(second.id, await sign(second.id))).toMatchObject({ status: "sent" });
    await scene.mine(1);
    await desk.followUp();
    expect(await refundedOf(desk, invoice)).toEqual({ amount_minor: 2_000n, currency: "EUR" });
  });
});

/** What the purse gets of a transaction, in hex. */
async function received(scene: RefundScene, signed: string): Promise<bigint> {
  const { script } = readAddress(scene.node.chain, scene.purse.address);
  const { outs } = Transaction.fromHex(signed);
  const sums = outs.map((out) => (Buffer.from(out.script).toString("hex") === script ? out.value : 0n));
  return sums.reduce((sum, value) => sum + value, 0n);
}
