import { startBcoin } from "../nodes/bcoin";
import type { TestNode } from "../nodes/test-node";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { setClock } from "../support/clock";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

const HOUR_MS = 3_600_000;

let node: TestNode;
let shop: CoinShop;

withRunningStore(
  (running) => {
    const store = coinStore(running, () => shop);
    beforeEach(() => enableProviders(running.container(), running.store().region_id, shop.provider_ids));
    afterEach(() => jest.useRealTimers());
    afterAll(() => node.stop());

    describe("an order paid with bitcoin", () => {
      it("is placed once all of it is seen, and captured at the policy's depth", async () => {
        const { shopper, attempt_id, address, look } = await store.asked();
        expect(await look()).toMatchObject({
          status: "action_required",
          next_action: { type: "confirm" },
          client: { phase: "awaiting", address, due: "0.001396", missing: "0.001396", received: "0" },
        });
        expect((await shopper.confirm(attempt_id)).body).toMatchObject({ type: "action_required" });

        await store.pay(address, DUE_SATS);
        expect(await look()).toMatchObject({ status: "pending", client: { phase: "confirming" } });
        const { body } = await shopper.confirm(attempt_id);
        expect(body.type).toBe("order");
        const [placed] = await store.orders();
        expect(placed).toMatchObject({ id: body.order.id, payment_status: "awaiting" });

        await store.mine();
        expect(await look()).toMatchObject({ status: "captured", client: { phase: "settled" } });
        const [paid] = await store.orders();
        expect(paid).toMatchObject({ payment_status: "captured", summary: { paid_total: 69.8 } });
        expect(await store.findings()).toEqual([]);
      });

      it("is placed before it is paid where the operator wants that, and waits for its payment", async () => {
        const { shopper, attempt_id, address, look } = await store.asked("first");
        const { body } = await shopper.confirm(attempt_id);
        expect(body.type).toBe("order");
        expect(await look()).toMatchObject({ status: "pending", client: { phase: "awaiting", address } });
        expect(await store.orders()).toMatchObject([{ id: body.order.id, payment_status: "awaiting" }]);
        await store.pay(address, DUE_SATS);
        expect(await look()).toMatchObject({ status: "pending", client: { phase: "confirming" } });
        await store.mine();
        expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
        expect(await store.findings()).toEqual([]);
      });

      it("that was placed first and is never paid ends as a finding", async () => {
        const { shopper, attempt_id } = await store.asked("first");
        await shopper.confirm(attempt_id);
        setClock(Date.now() + HOUR_MS);
        await store.follow();
        await store.pass();
        expect((await shopper.attempt(attempt_id)).body.payment_attempt).toMatchObject({
          status: "canceled",
        });
        expect(await store.findings()).toMatchObject([{ kind: "order_not_covered" }]);
      });

      it("is authorized at once where the operator trusts so little unconfirmed, and captured in a block", async () => {
        const { address, look } = await store.asked("trusting");
        await store.pay(address, DUE_SATS);
        expect(await look()).toMatchObject({ status: "authorized" });
        expect(await store.orders()).toMatchObject([{ payment_status: "authorized" }]);
        await store.mine();
        expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
        expect(await store.findings()).toEqual([]);
      });

      it("is placed for a shopper who paid and closed the page", async () => {
        const { address } = await store.asked();
        await store.pay(address, DUE_SATS);
        await store.mine();
        expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
      });
    });
  },
  async () => {
    node = await startBcoin();
    shop = new CoinShop(node, {
      main: {},
      first: { place_order: "at_once" },
      trusting: { policy: { trust_unconfirmed_up_to: "0.01" } },
    });
    await shop.purse.fill();
    return shop.env;
  },
);
