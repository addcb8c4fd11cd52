import { startBcoin } from "../nodes/bcoin";
import type { TestNode } from "../nodes/test-node";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { Operator } from "../support/operator";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

let node: TestNode;
let shop: CoinShop;

withRunningStore(
  (running) => {
    const store = coinStore(running, () => shop);
    beforeEach(() => enableProviders(running.container(), running.store().region_id, shop.provider_ids));
    afterAll(() => node.stop());

    it("a refund that was given up is asked for anew in Medusa, once Medusa knows that it was given up", async () => {
      const { attempt_id, address, look } = await store.asked();
      await store.pay(address, DUE_SATS);
      await look();
      await store.mine();
      await look();
      const [paid] = await store.orders();
      const operator = await Operator.logIn(running.base_url());
      const payment_id: string = paid.payment_collections[0].payments[0].id;
      const list = async () =>
        (await operator.send("GET", `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`)).body
          .manual_refunds;
      const asked = await operator.refund(payment_id, 20);
      expect(asked.status).toBe(400);
      const [first] = await list();
      await operator.send("POST", `/admin/tender/manual-refunds/${first.provider_id}/${first.id}/drop`);
      const told = await operator.refund(payment_id, 20);
      expect([told.status, told.body.message]).toEqual([400, expect.stringContaining("was given up")]);
      const again = await operator.refund(payment_id, 20);
      expect([again.status, again.body.message]).toEqual([400, expect.stringMatching(/is noted as \w+/)]);
      expect(again.body.message).not.toContain(first.id);
      expect(await list()).toMatchObject([{ status: "dropped" }, { status: "waits_for_payee" }]);
    });
  },
  async () => {
    node = await startBcoin();
    shop = new CoinShop(node, { main: { policy: { confirmations: [{ blocks: 1 }] } } });
    await shop.purse.fill();
    return shop.env;
  },
);
