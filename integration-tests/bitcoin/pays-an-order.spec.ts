import { Modules } from "@medusajs/framework/utils";
import { startBcoin } from "../nodes/bcoin";
import type { TestNode } from "../nodes/test-node";
import { COINS, CoinShop, followed } from "../support/coin-shop";
import { Operator } from "../support/operator";
import { openFindings } from "../support/journal";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

let node: TestNode;
let shop: CoinShop;

withRunningStore(
  (running) => {
    beforeEach(() => enableProviders(running.container(), running.store().region_id, [COINS]));
    afterAll(() => node.stop());

    describe("an order paid with coins", () => {
      it("is placed once all of them are seen, and captured at the policy's depth", async () => {
        const shopper = await running.shopper();
        const { body } = await shopper.start(`${COINS}:bitcoin`);
        expect(body.payment_attempt).toMatchObject({
          status: "action_required",
          next_action: { type: "confirm" },
        });
        const { client, id } = body.payment_attempt;
        expect(client).toMatchObject({
          phase: "awaiting",
          due: "0.001396",
          missing: "0.001396",
          received: "0",
        });
        expect((await shopper.confirm(id)).body).toMatchObject({ type: "action_required" });

        await shop.purse.pay([{ to: client.address, sats: 139_600n }]);
        await followed(running);
        const seen = await shopper.attempt(id);
        expect(seen.body.payment_attempt).toMatchObject({
          status: "pending",
          client: { phase: "confirming" },
        });
        const { body: placed } = await shopper.confirm(id);
        expect(placed.type).toBe("order");
        const [order] = await running.container().resolve(Modules.ORDER).listOrders({});
        expect(order?.id).toBe(placed.order.id);

        await shop.purse.mine(1);
        await followed(running);
        const operator = await Operator.logIn(running.base_url());
        expect(await operator.order(placed.order.id)).toMatchObject({ payment_status: "captured" });
        expect(await openFindings(running.container())).toEqual([]);
      });
    });
  },
  async () => {
    node = await startBcoin();
    shop = new CoinShop(node);
    await shop.purse.fill();
    return shop.env;
  },
);
