import { bech32, bech32m } from "bech32";
import { Psbt, Transaction } from "bitcoinjs-lib";
import { GatewayUnavailable, InvalidPaymentData } from "../../src/gateway/errors";
import { receiveAddress } from "../../src/providers/bitcoin/addresses";
import { NodeUnreachable } from "../../src/providers/bitcoin/chain/errors";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import { EsploraSource } from "../../src/providers/bitcoin/chain/esplora-source";
import type { RefundDesk } from "../../src/providers/bitcoin/refunds/refund-desk";
import { startEsploraServer } from "../nodes/esplora-server";
import { startLitecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import { intercepted } from "./intercepted-source";
import { signAsOwner } from "./owner";
import { RefundScene, type SceneOptions, refundedOf } from "./refund-scene";

const eur = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });

/** A node that asks for so much, whatever its estimates make of a test's few payments. */
const atRate = (sats_per_kvb: bigint) => (source: ChainSource) =>
  new Proxy(source, {
    get: (target, name) =>
      name === "feeRate" ? () => Promise.resolve(sats_per_kvb) : (Reflect.get(target, name) as unknown),
  });

describe("a refund on chain, when something goes wrong", () => {
  let scene: RefundScene;
  let seed = 100;

  beforeAll(async () => {
    scene = await RefundScene.open(await startLitecoind());
  });
  afterAll(() => scene?.close());

  /** A store with an account of its own that was paid 30.00 EUR: 60,000 satoshis. */
  async function paid({ paid_sats, ...options }: SceneOptions & { paid_sats?: bigint } = {}) {
    seed += 1;
    const account = scene.account("p2wpkh", seed);
    const invoice = await scene.paidInvoice(account, 3_000n, paid_sats);
    const { root } = scene.ownerOf("p2wpkh", seed);
    const sign = (file: string) => signAsOwner(scene.node.chain, root, file);
    const desk = scene.desk(account, { source: atRate(2_000n), ...options });
    return { account, invoice, sign, root, desk, key: `refund-${seed}` };
  }

  /** The same, with a refund of 10.00 EUR (20,000 satoshis) that waits for the operator. */
  async function begun(options: SceneOptions & { paid_sats?: bigint; amount_minor?: bigint } = {}) {
    const store = await paid(options);
    const { desk, invoice, key } = store;
    const { id, payee_token } = await desk.intend(key, invoice, eur(options.amount_minor ?? 1_000n));
    await desk.giveDestination(payee_token, scene.purse.address);
    const statusOf = async () => (await desk.list(invoice.id)).find((refund) => refund.id === id)?.status;
    return { ...store, id, payee_token, statusOf };
  }

  const feeOf = (file: string) =>
    Psbt.fromBase64(file).data.inputs.reduce((sum, { witnessUtxo }) => sum + (witnessUtxo?.value ?? 0n), 0n) -
    outputsOf(file).reduce((sum, value) => sum + value, 0n);
  const outputsOf = (file: string) =>
    Psbt.fromBase64(file, { network: scene.node.chain.network }).txOutputs.map(({ value }) => value);

  /** The owner spends all coins of a file by themselves, elsewhere. */
  function elsewhere(file: string, sign: (file: string) => string): string {
    const network = scene.node.chain.network;
    const psbt = Psbt.fromBase64(file, { network });
    const other = new Psbt({ network });
    psbt.data.inputs.forEach((fields, at) => other.addInput({ ...psbt.txInputs[at]!, ...fields }));
    const sum = psbt.data.inputs.reduce((total, { witnessUtxo }) => total + (witnessUtxo?.value ?? 0n), 0n);
    other.addOutput({ address: new Purse(scene.node).address, value: sum - 20_000n });
    return finished(sign(other.toBase64()));
  }
  const spendElsewhere = (file: string, sign: (file: string) => string) => broadcast(elsewhere(file, sign));
  /** A block with this transaction, whatever the mempool says. */
  const mineAlone = async (raw: string) => {
    await scene.node.rpc("generateblock", scene.purse.address, [raw]);
    await scene.follow();
  };
  const finished = (psbt: string) =>
    Psbt.fromBase64(psbt).finalizeAllInputs().extractTransaction(true).toHex();
  const broadcast = (raw: string) => scene.node.rpc<string>("sendrawtransaction", raw);

  describe("addresses a payee gives (case 15)", () => {
    const program = (bytes: number) => bech32m.toWords(new Uint8Array(bytes).fill(2));
    let refused: (address: string) => Promise<string>;
    let desk: RefundDesk;
    let token: string;
    let own: string;

    beforeAll(async () => {
      const store = await paid();
      const { invoice, key, account } = store;
      desk = store.desk;
      token = (await desk.intend(key, invoice, eur(1_000n))).payee_token;
      own = receiveAddress(account, 0).address;
      refused = async (address) => {
        const error: unknown = await desk
          .giveDestination(token, address)
          .catch((failure: unknown) => failure);
        return error instanceof InvalidPaymentData ? error.message : `not refused: ${JSON.stringify(error)}`;
      };
    });

    it("are refused of another network, with the network's name", async () => {
      expect(await refused("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")).toContain(
        "of Bitcoin, not of Litecoin",
      );
    });
    it("are refused in mixed case", async () => {
      const { address } = scene.purse;
      expect(await refused(address.slice(0, 10) + address.slice(10).toUpperCase())).toContain("mixes small");
    });
    it("are refused of version 1 with bech32's checksum", async () => {
      expect(await refused(bech32.encode("rltc", [1, ...program(32)]))).toContain("wrong kind of checksum");
    });
    it("are refused of a witness version that has no rules", async () => {
      expect(await refused(bech32m.encode("rltc", [2, ...program(32)]))).toContain("witness version 2");
    });
    it("are refused mistyped, empty and absurd", async () => {
      expect(await refused(`${scene.purse.address.slice(0, -1)}q`)).toContain("mistyped");
      expect(await refused("")).toContain("no Litecoin regtest address");
      expect(await refused("1".repeat(5_000))).toContain("no Litecoin regtest address");
    });
    it("are refused where they are the store's own, such as the one that was paid to", async () => {
      expect(await refused(own)).toContain("the store's own address");
    });
    it("leave the refund as it was, and are taken when they are right; they may be changed until export", async () => {
      expect((await desk.ofPayee(token))?.status).toBe("waits_for_payee");
      await desk.giveDestination(token, scene.purse.address);
      const other = new Purse(scene.node).address;
      expect((await desk.giveDestination(token, other)).destination).toBe(other);
      await desk.exportFile((await desk.ofPayee(token))!.id);
      expect(await refused(scene.purse.address)).toContain("cannot be changed any more");
    });
  });

  describe("amounts (case 15)", () => {
    it("are refused where they are dust", async () => {
      const { desk, invoice, key } = await paid();
      const wish = await desk.intend(key, invoice, eur(1n));
      await expect(desk.giveDestination(wish.payee_token, scene.purse.address)).rejects.toThrow(
        "too small to be sent on chain",
      );
    });

    it("are refused where they are more than was captured, in another currency, or nothing", async () => {
      const { desk, invoice, key } = await paid();
      await expect(desk.intend(key, invoice, eur(3_001n))).rejects.toThrow(
        "30.01 EUR is more than is left of the 30.00 EUR that were paid",
      );
      await expect(desk.intend(key, invoice, { amount_minor: 1n, currency: "USD" })).rejects.toThrow(
        "cannot",
      );
      await expect(desk.intend(key, invoice, eur(0n))).rejects.toThrow("cannot be refunded");
      expect(await desk.list(invoice.id)).toEqual([]);
    });

    it("are refused where nothing was captured yet", async () => {
      const account = scene.account("p2wpkh", (seed += 1));
      const invoice = await scene.openInvoice(account, 3_000n);
      await expect(scene.desk(account).intend("early", invoice, eur(1n))).rejects.toThrow(
        "more than is left",
      );
    });

    it("are refused where the fee would be more than the refund, and nothing is kept for it", async () => {
      const { desk, id, statusOf } = await begun({ source: atRate(400_000n) });
      await expect(desk.exportFile(id)).rejects.toThrow(
        /^Sending 0.0002 LTC would cost .* more than the refund/,
      );
      expect(await statusOf()).toBe("waits_for_operator");
    });

    it("never cost more than the ceiling, nor less than nodes pass on", async () => {
      const dear = await begun({ source: atRate(900_000n), options: { most_refund_fee_rate: 10 } });
      const { text } = await dear.desk.exportFile(dear.id);
      expect(feeOf(text)).toBe(1_410n);
      const cheap = await begun({ source: atRate(1n) });
      expect(feeOf((await cheap.desk.exportFile(cheap.id)).text)).toBe(141n);
    });

    it("are less the fee where the payee pays it", async () => {
      const { desk, id } = await begun({ options: { refund_fee: "payee" }, source: atRate(10_000n) });
      const { text } = await desk.exportFile(id);
      expect(outputsOf(text).toSorted()).toEqual([20_000n - 1_410n, 40_000n]);
    });

    it("are as many coins as they cost when they were paid, or as they cost now: decided once", async () => {
      const kept = await begun({ rate_now: "100000" });
      expect((await kept.desk.list(kept.invoice.id))[0]?.shown).toBe("0.0002 LTC");
      expect(outputsOf((await kept.desk.exportFile(kept.id)).text)).toContain(20_000n);

      const now = await begun({ rate_now: "100000", options: { refund_rate: "current" } });
      expect((await now.desk.list(now.invoice.id))[0]?.shown).toBe("10.00 EUR");
      expect(outputsOf((await now.desk.exportFile(now.id)).text)).toContain(10_000n);
      const later = scene.desk(now.account, { rate_now: "25000", options: { refund_rate: "current" } });
      await later.prepareAnew(now.id);
      expect(outputsOf((await later.exportFile(now.id)).text)).toContain(10_000n);
    });

    it("are never more coins than arrived, where a little less counted as paid", async () => {
      const { desk, id } = await begun({
        paid_sats: 59_700n,
        amount_minor: 3_000n,
        options: { refund_fee: "payee" },
      });
      const outputs = outputsOf((await desk.exportFile(id)).text);
      expect(outputs).toHaveLength(1);
      expect(outputs[0]).toBeLessThan(59_700n);
    });
  });

  describe("what the operator brings back (case 16)", () => {
    it("changes nothing where it is not the signed transaction that was issued", async () => {
      const { desk, id, sign, statusOf } = await begun();
      const { text } = await desk.exportFile(id);
      const altered = Transaction.fromHex(finished(sign(text)));
      altered.outs.forEach((out) => (out.value -= 1n));
      for (const wrong of [text, altered.toHex(), "", "garbage"]) {
        await expect(desk.importSigned(id, wrong)).rejects.toThrow(InvalidPaymentData);
      }
      expect(await statusOf()).toBe("waits_for_operator");
      expect((await desk.importSigned(id, sign(text))).status).toBe("sent");
    });

    it("is refused where its inputs were spent meanwhile; it can be prepared anew then", async () => {
      const { desk, id, sign, account, statusOf } = await begun();
      const { text } = await desk.exportFile(id);
      const signed = sign(text);
      await spendElsewhere(text, sign);
      await expect(desk.importSigned(id, signed)).rejects.toThrow(/spent by another transaction .* anew/);
      await expect(desk.exportFile(id)).rejects.toThrow("Prepare it anew");
      await expect(desk.prepareAnew(id)).rejects.toThrow("no coins can be spent");
      await scene.paidInvoice(account, 2_500n);
      await desk.prepareAnew(id);
      expect((await desk.importSigned(id, sign((await desk.exportFile(id)).text))).status).toBe("sent");
      expect(await statusOf()).toBe("sent");
    });

    it("is kept before it is sent, and sent again where nobody knows whether it arrived", async () => {
      let is_down = true;
      const source = (real: ChainSource) =>
        intercepted(atRate(2_000n)(real), (request) => {
          if (is_down && request === "broadcast") {
            throw new NodeUnreachable("The node does not answer.");
          }
        });
      const { desk, id, sign, invoice } = await begun({ source });
      const { text } = await desk.exportFile(id);
      expect(await desk.importSigned(id, sign(text))).toMatchObject({ status: "signed", note: null });
      await expect(desk.drop(id)).rejects.toThrow("cannot be given up");
      expect(await desk.followUp()).toEqual(new Set());
      is_down = false;
      expect(await desk.followUp()).toEqual(new Set([invoice.id]));
      expect((await desk.list(invoice.id))[0]?.status).toBe("sent");
    });

    it("is not kept where the node cannot be asked whether it would take it", async () => {
      const source = (real: ChainSource) =>
        intercepted(atRate(2_000n)(real), (request) => {
          if (request === "testAcceptance") {
            throw new NodeUnreachable("The node does not answer.");
          }
        });
      const { desk, id, sign, statusOf } = await begun({ source });
      const { text } = await desk.exportFile(id);
      await expect(desk.importSigned(id, sign(text))).rejects.toThrow(GatewayUnavailable);
      expect(await statusOf()).toBe("waits_for_operator");
    });

    it("may be brought twice", async () => {
      const { desk, id, sign } = await begun();
      const signed = sign((await desk.exportFile(id)).text);
      await desk.importSigned(id, signed);
      expect((await desk.importSigned(id, signed)).status).toBe("sent");
    });
  });

  describe("what happens on the chain", () => {
    it("counts a refund as done at its depth, and no more where a reorganisation takes it back", async () => {
      const { desk, id, sign, invoice, statusOf } = await begun({ options: { refund_confirmations: 2 } });
      await desk.importSigned(id, sign((await desk.exportFile(id)).text));
      await scene.mine(1);
      await desk.followUp();
      expect(await statusOf()).toBe("sent");
      await scene.mine(1);
      await desk.followUp();
      expect(await refundedOf(desk, invoice)).toEqual(eur(1_000n));

      const height = await scene.node.rpc<number>("getblockcount");
      await scene.node.rpc("invalidateblock", await scene.node.rpc("getblockhash", height - 1));
      expect(await desk.followUp()).toEqual(new Set([invoice.id]));
      expect(await statusOf()).toBe("sent");
      expect(await refundedOf(desk, invoice)).toEqual(eur(0n));
      // To another address: the same blocks again would be those that are invalid.
      await new Purse(scene.node).mine(3);
      await scene.follow();
      await desk.followUp();
      expect(await statusOf()).toBe("done");
      await scene.mine(6);
      await desk.followUp();
      expect(await desk.followUp()).toEqual(new Set());
    });

    it("notices that the operator's wallet has sent it by itself", async () => {
      const { desk, id, sign, statusOf } = await begun();
      await broadcast(finished(sign((await desk.exportFile(id)).text)));
      await desk.followUp();
      expect(await statusOf()).toBe("sent");
      await expect(desk.prepareAnew(id)).rejects.toThrow("has been sent already");
    });

    it("shares its coins with what it was prepared as before, so that it is never paid twice", async () => {
      const { desk, id, sign, account, invoice } = await begun();
      const first = await desk.exportFile(id);
      await scene.paidInvoice(account, 2_500n);
      await desk.prepareAnew(id);
      const inputsOf = (file: string) =>
        Psbt.fromBase64(file).txInputs.map(
          ({ hash, index }) => `${Buffer.from(hash).toString("hex")}:${index}`,
        );
      const second = await desk.exportFile(id);
      expect(inputsOf(second.text)).toEqual(expect.arrayContaining(inputsOf(first.text)));

      // Of these, the operator's wallet sends the one that should be of no use.
      const dear = scene.desk(account, { source: atRate(20_000n) });
      await dear.prepareAnew(id);
      const third = await dear.exportFile(id);
      expect(third.text).not.toBe(second.text);
      await broadcast(finished(sign(second.text)));
      await expect(dear.importSigned(id, sign(third.text))).resolves.toMatchObject({ status: "sent" });
      await scene.mine(1);
      await desk.followUp();
      expect(await desk.list(invoice.id)).toMatchObject([{ status: "done", shown: "0.0002 LTC" }]);
    });

    it("notices that one was sent that the operator had given up", async () => {
      const { desk, id, sign, invoice, statusOf } = await begun();
      const { text } = await desk.exportFile(id);
      await desk.drop(id);
      await broadcast(finished(sign(text)));
      await scene.mine(1);
      expect(await desk.followUp()).toEqual(new Set([invoice.id]));
      expect(await statusOf()).toBe("done");
    });

    it("is not prepared anew where the node could not tell that it was sent", async () => {
      const { desk, id, sign, account } = await begun();
      const { text } = await desk.exportFile(id);
      await spendElsewhere(text, sign);
      await scene.paidInvoice(account, 2_500n);
      const forgetful = (real: ChainSource) =>
        new Proxy(atRate(2_000n)(real), {
          get: (target, name) =>
            name === "transaction"
              ? () => Promise.resolve(undefined)
              : (Reflect.get(target, name) as unknown),
        });
      await expect(scene.desk(account, { source: forgetful }).prepareAnew(id)).rejects.toThrow("txindex=1");
      expect(await desk.prepareAnew(id)).toMatchObject({ status: "waits_for_operator" });
    });

    it("says so where another transaction spent its coins after it was sent", async () => {
      const { desk, id, sign, invoice } = await begun();
      const { text } = await desk.exportFile(id);
      await desk.importSigned(id, sign(text));
      await mineAlone(elsewhere(text, sign));
      expect(await desk.followUp()).toEqual(new Set([invoice.id]));
      expect((await desk.list(invoice.id))[0]).toMatchObject({
        status: "signed",
        note: expect.stringMatching(/spent by another transaction .* leave it so; else prepare/),
      });
      expect(await desk.followUp()).toEqual(new Set());
    });

    it("knows the operator's own with a higher fee where the service tells who spent its coins", async () => {
      const service = await startEsploraServer(scene.node);
      try {
        const source = () => atRate(2_000n)(new EsploraSource(scene.node.chain, { url: service.url }));
        const { desk, id, sign, invoice, account } = await begun({ source });
        const { text } = await desk.exportFile(id);
        await desk.importSigned(id, sign(text));
        const psbt = Psbt.fromBase64(text, { network: scene.node.chain.network });
        const dearer = new Psbt({ network: scene.node.chain.network });
        psbt.data.inputs.forEach((fields, at) => dearer.addInput({ ...psbt.txInputs[at]!, ...fields }));
        psbt.txOutputs.forEach(({ script, value }) =>
          dearer.addOutput({ script, value: value === 20_000n ? value : value - 5_000n }),
        );
        await mineAlone(finished(sign(dearer.toBase64())));
        await expect(desk.prepareAnew(id)).rejects.toThrow("has been sent already");
        // Finds it, then how deep it is.
        await desk.followUp();
        await desk.followUp();
        expect(await desk.list(invoice.id)).toMatchObject([
          { status: "done", shown: "0.0002 LTC", note: null },
        ]);
        const [change] = await scene.database.stores.refunds.freeCoins(account.id, invoice.id, {
          skip: 0,
          take: 9,
        });
        expect(change?.value_sats).toBeLessThan(35_000n);
        expect(await refundedOf(desk, invoice)).toEqual(eur(1_000n));
      } finally {
        await service.stop();
      }
    });

    it("lets go of its coins where it is given up", async () => {
      const { desk, id, invoice } = await begun();
      await desk.exportFile(id);
      const other = await desk.intend("other", invoice, eur(500n));
      await desk.giveDestination(other.payee_token, scene.purse.address);
      await expect(desk.exportFile(other.id)).rejects.toThrow("no coins can be spent");
      await desk.drop(id);
      expect((await desk.exportFile(other.id)).text).toMatch(/^cHNidP/);
      await expect(desk.exportFile(id)).rejects.toThrow("was given up");
    });
  });

  describe("coins that no session stands for", () => {
    it("are given back of a payment that was never whole, when its time is over, and count as no money", async () => {
      const account = scene.account("p2wpkh", (seed += 1));
      const desk = scene.desk(account);
      // A minute is given to what was sent at the last moment.
      const invoice = await scene.openInvoice(account, 3_000n, -60_000);
      await scene.purse.pay([{ to: invoice.address, sats: 25_000n }]);
      await scene.mine(1);
      expect(await desk.openBeyond(invoice.id)).toBeUndefined();
      await scene.mine(5);
      const [one, same] = await Promise.all([desk.openBeyond(invoice.id), desk.openBeyond(invoice.id)]);
      expect(one).toMatchObject({ amount: null, shown: "0.00025 LTC" });
      expect(same?.id ?? one?.id).toBe(one?.id);
      await expect(desk.intendCoins(invoice, 1n)).rejects.toThrow("more than was paid beyond");
      await desk.giveDestination(one!.payee_token, scene.purse.address);
      await expect(desk.exportFile(one!.id)).rejects.toThrow("and its fee are more than the account has");
      await desk.drop(one!.id);
      const payee = scene.desk(account, { options: { refund_fee: "payee" } });
      const again = await payee.openBeyond(invoice.id);
      await payee.giveDestination(again!.payee_token, scene.purse.address);
      const { root } = scene.ownerOf("p2wpkh", seed);
      const { text } = await payee.exportFile(again!.id);
      await payee.importSigned(again!.id, signAsOwner(scene.node.chain, root, text));
      await scene.mine(1);
      await payee.followUp();
      expect(await payee.list(invoice.id)).toMatchObject([{ status: "dropped" }, { status: "done" }]);
      expect(await refundedOf(payee, invoice)).toEqual(eur(0n));
    });

    it("are none while the payment may still be made whole", async () => {
      const account = scene.account("p2wpkh", (seed += 1));
      const invoice = await scene.openInvoice(account, 3_000n);
      await scene.purse.pay([{ to: invoice.address, sats: 25_000n }]);
      await scene.mine(7);
      expect(await scene.desk(account).openBeyond(invoice.id)).toBeUndefined();
    });
  });

  describe("the same refund, asked for more than once (case 17)", () => {
    it("is one, also asked for at the same moment", async () => {
      const { desk, invoice, key } = await paid();
      const wishes = await Promise.all(
        Array.from({ length: 8 }, () => desk.intend(key, invoice, eur(2_000n))),
      );
      expect(new Set(wishes.map(({ id }) => id)).size).toBe(1);
      expect(new Set(wishes.map(({ payee_token }) => payee_token)).size).toBe(1);
      expect(await desk.list(invoice.id)).toHaveLength(1);
      await expect(desk.intend(key, invoice, eur(1_999n))).rejects.toThrow("with another amount");
    });

    it("is not it where two partial refunds come at the same moment: what does not fit is refused", async () => {
      const { desk, invoice, key } = await paid();
      const both = await Promise.allSettled([
        desk.intend(`${key}-a`, invoice, eur(2_000n)),
        desk.intend(`${key}-b`, invoice, eur(2_000n)),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      const fitting = await Promise.all([
        desk.intend(`${key}-c`, invoice, eur(400n)),
        desk.intend(`${key}-d`, invoice, eur(600n)),
      ]);
      expect(fitting).toHaveLength(2);
      await expect(desk.intend(`${key}-e`, invoice, eur(1n))).rejects.toThrow("more than is left");
    });

    it("takes an address for change only where there is change: wallets look for no more than some in a row", async () => {
      const { desk, id, account, invoice, key } = await begun({ options: { refund_fee: "payee" } });
      const nextIndex = async () => {
        const row = await scene.database.knex("bitcoin_wallet_account").where({ id: account.id }).first();
        return Number(row.next_index);
      };
      expect(await nextIndex()).toBe(1);
      await desk.exportFile(id);
      await desk.prepareAnew(id);
      expect(await nextIndex()).toBe(2);
      const rest = await desk.intend(`${key}-rest`, invoice, eur(2_000n));
      await desk.giveDestination(rest.payee_token, scene.purse.address);
      await expect(desk.exportFile(rest.id)).rejects.toThrow("no coins can be spent");
      await desk.drop(id);
      await desk.drop(rest.id);
      const whole = await desk.intend(`${key}-whole`, invoice, eur(3_000n));
      await desk.giveDestination(whole.payee_token, scene.purse.address);
      expect(outputsOf((await desk.exportFile(whole.id)).text)).toHaveLength(1);
      expect(await nextIndex()).toBe(2);
    });

    it("takes no coin of another's, prepared at the same moment", async () => {
      const { desk, invoice, key, account } = await paid();
      await scene.paidInvoice(account, 3_000n);
      const ids = await Promise.all(
        ["a", "b"].map(async (name) => {
          const { id, payee_token } = await desk.intend(`${key}-${name}`, invoice, eur(1_000n));
          await desk.giveDestination(payee_token, scene.purse.address);
          return id;
        }),
      );
      const files = await Promise.all(ids.map((id) => desk.exportFile(id)));
      const spent = files.flatMap(({ text }) =>
        Psbt.fromBase64(text).txInputs.map(
          ({ hash, index }) => `${Buffer.from(hash).toString("hex")}:${index}`,
        ),
      );
      expect(new Set(spent).size).toBe(2);
    });

    it("is prepared once, also asked for at the same moment", async () => {
      const { desk, id } = await begun();
      const files = await Promise.allSettled([1, 2, 3].map(() => desk.exportFile(id)));
      const texts = files.flatMap((file) => (file.status === "fulfilled" ? [file.value.text] : []));
      expect(texts.length).toBeGreaterThan(0);
      expect(new Set([...texts, (await desk.exportFile(id)).text]).size).toBe(1);
    });
  });
});
