import { bip32 } from "../../src/providers/bitcoin/curve";
import { startBcoin } from "../nodes/bcoin";
import { Electrum } from "../nodes/electrum";
import type { TestNode } from "../nodes/test-node";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { Operator } from "../support/operator";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";
import { inVersion } from "./key-versions";

/** SLIP-132: the account's private key as Electrum takes it on test chains. */
const VPRV = 0x045f18bc;
/** Blocks that the store waits for. */
const DEPTH = 3;

let node: TestNode;
let shop: CoinShop;

/** What `npm run regtest` shows of a whole life of a payment. */
const say = (line: string) => process.stdout.write(`  regtest: ${line}\n`);

withRunningStore(
  (running) => {
    const store = coinStore(running, () => shop);
    beforeEach(() => enableProviders(running.container(), running.store().region_id, shop.provider_ids));
    afterAll(() => node.stop());

    it("pays an order on regtest, and refunds it with what Electrum has signed", async () => {
      const { attempt_id, address, look } = await store.asked();
      say(`a cart of 69.80 EUR is to be paid with 0.001396 BTC to ${address}`);
      await store.pay(address, DUE_SATS);
      const [placed] = await store.orders();
      expect(placed.payment_status).toBe("awaiting");
      say(`the payment is seen: order ${placed.display_id} is placed, payment ${placed.payment_status}`);
      for (let depth = 1; depth < DEPTH; depth += 1) {
        await store.mine();
        expect(await look()).toMatchObject({ status: "pending", client: { confirmations: depth } });
        say(`${depth} of ${DEPTH} confirmations`);
      }
      await store.mine();
      const [paid] = await store.orders();
      expect(paid).toMatchObject({ payment_status: "captured", summary: { paid_total: 69.8 } });
      say(`${DEPTH} of ${DEPTH} confirmations: payment ${paid.payment_status}`);

      const operator = await Operator.logIn(running.base_url());
      const payment_id: string = paid.payment_collections[0].payments[0].id;
      const asked = await operator.refund(payment_id, 20);
      expect([asked.status, asked.body.message]).toEqual([
        400,
        expect.stringMatching(/is noted as \w+, and nothing has been sent yet/),
      ]);
      say(`a refund of 20.00 EUR is asked for: ${asked.body.message}`);
      expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);

      const waiting = `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`;
      const [refund] = (await operator.send("GET", waiting)).body.manual_refunds;
      const given = await fetch(refund.payee_url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ destination: shop.purse.address }).toString(),
      });
      expect(given.status).toBe(303);
      say(`the customer gives the address ${shop.purse.address}`);

      const at = `/admin/tender/manual-refunds/${refund.provider_id}/${refund.id}`;
      const psbt = await (await operator.download(`${at}/file`, "POST")).text();
      say(`the operator takes the file of ${psbt.length} characters to Electrum, which has the key`);
      const owner = bip32.fromBase58(
        shop.wallet.derivePath(`m/84'/${node.chain.coin_type}'/0'`).toBase58(),
        node.chain.network,
      );
      const electrum = await Electrum.restore(inVersion(owner.toBase58(), VPRV));
      const signed = await electrum.sign(psbt).finally(() => electrum.remove());
      const sent = await operator.send("POST", `${at}/signed`, { text: signed });
      expect([sent.status, sent.body.manual_refund.status]).toEqual([200, "sent"]);
      expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
      say("what Electrum has signed is what was issued: it is sent, and not refunded yet");

      await store.mine();
      const [refunded] = await store.orders();
      expect(refunded).toMatchObject({ payment_status: "partially_refunded" });
      expect(refunded.payment_collections[0].payments[0].refunds).toMatchObject([{ amount: 20 }]);
      expect(await store.findings()).toEqual([]);
      say(`it is in the chain: payment ${refunded.payment_status}, 20.00 EUR on record`);
    });
  },
  async () => {
    node = await startBcoin();
    shop = new CoinShop(node, { main: { policy: { confirmations: [{ blocks: DEPTH }] } } });
    await shop.purse.fill();
    return shop.env;
  },
);
