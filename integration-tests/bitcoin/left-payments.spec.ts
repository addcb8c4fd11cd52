import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { CARRY_OUT } from "../../src/workflows/upkeep/finding-actions";
import { lookForNews } from "../../src/workflows/webhooks/look-for-news";
import { workWebhooks } from "../../src/workflows/webhooks/work-webhooks";
import { startLitecoind, type Litecoind } from "../nodes/litecoind";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { Operator } from "../support/operator";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";
import { until } from "../support/until";
import { descriptorOf } from "./descriptor-of";
import { signAsOwner } from "./owner";

/** Blocks that the store waits for. */
const DEPTH = 3;
/** Addresses of a test. */
const ADDRESSES = 100;
const CARD = "4242424242424242";

/** An address of regtest that nobody here has. */
const SOMEBODY = "rltc1qw508d6qejxtdg4y5r3zarvary0c5xw7k693xs3";

type Refund = Readonly<{ id: string; provider_id: string; payee_url: string; status: string }>;

let node: Litecoind;
let shop: CoinShop;

/** Payments in coins that arrive for what nobody waits for any more, and nodes that do not answer. */
withRunningStore(
  (running) => {
    const store = coinStore(running, () => shop);
    let tests = 0;
    beforeEach(async () => {
      const enabled = ["pp_sandbox_a", ...shop.provider_ids];
      await enableProviders(running.container(), running.store().region_id, enabled);
      tests += 1;
      await store
        .knex()("bitcoin_wallet_account")
        .update({ next_index: 500 + tests * ADDRESSES });
    });
    beforeEach(() => shop.purse.mine(5));
    afterAll(() => node.stop());

    const statusOfEvents = async (): Promise<string[]> =>
      (await store.knex()("tender_payment_webhook_event")).map(({ status }) => status);
    /** As the store's own, also where an event is to be tried again. */
    const follow = async () => {
      await store
        .knex()("bitcoin_wallet_cursor")
        .update({ looked_at: new Date(0) });
      await lookForNews(running.container());
      // One provider looked for all of them; the others tell what it saw.
      await lookForNews(running.container());
      await until(async () => !(await statusOfEvents()).includes("received"));
    };
    const mine = async (blocks: number) => {
      await shop.purse.mine(blocks);
      await follow();
    };
    const kinds = async () => (await store.findings()).map(({ kind }) => kind);
    const operator = () => Operator.logIn(running.base_url());
    const refundsOf = async (attempt_id: string) => {
      const path = `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`;
      return (await (await operator()).send("GET", path)).body.manual_refunds as Refund[];
    };

    /** Payee and operator do their part, and it is mined. */
    async function carryOut({ payee_url, provider_id, id }: Refund) {
      const admin = await operator();
      await fetch(payee_url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ destination: shop.purse.address }).toString(),
      });
      const at = `/admin/tender/manual-refunds/${provider_id}/${id}`;
      const text = signAsOwner(
        node.chain,
        shop.wallet,
        await (await admin.download(`${at}/file`, "POST")).text(),
      );
      const { body } = await admin.send("POST", `${at}/signed`, { text });
      expect(body.manual_refund.status).toBe("sent");
      await mine(1);
    }

    /** Coins that arrived while the shopper took more; they are deep enough, and nobody waits for them. */
    async function leftForAnotherTotal() {
      const asked = await store.asked();
      await shop.purse.pay([{ to: asked.address, sats: DUE_SATS }]);
      await asked.shopper.setQuantity(2);
      await follow();
      await mine(DEPTH);
      await store.pass();
      return asked;
    }

    it("tells of coins that were on their way when a card was chosen, so that they can be given back", async () => {
      const { shopper, address } = await store.asked();
      await shop.purse.pay([{ to: address, sats: DUE_SATS }]);
      await store
        .knex()("bitcoin_wallet_cursor")
        .update({ looked_at: new Date(0) });
      await shopper.pay("pp_sandbox_a:card", CARD);
      await follow();
      await mine(DEPTH);
      await store.pass();
      // Seen before the first way was called off or after: their refund is begun, or they were late.
      expect(await kinds()).toEqual(
        expect.arrayContaining([expect.stringMatching(/^(refund_waits|money_beyond)$/)]),
      );
      expect(new Set(await statusOfEvents())).toEqual(new Set(["done"]));
    });

    it("does not say of coins that they were given back before they are", async () => {
      const { address, shopper, attempt_id } = await store.asked("first");
      await shopper.confirm(attempt_id);
      const [order] = await store.orders();
      await (await operator()).cancelOrder(order.id);
      await store.pass();
      await shop.purse.pay([{ to: address, sats: DUE_SATS }]);
      await follow();
      await mine(DEPTH);
      expect(await refundsOf(attempt_id)).toMatchObject([{ status: "waits_for_payee" }]);
      const told = (await store.findings()).map(({ detail }) => detail).join(" ");
      expect(told).not.toContain("It was given back.");
    });

    it("lets the operator give back coins that confirm after their order was canceled", async () => {
      const { address, attempt_id, look } = await store.asked("trusting");
      await store.pay(address, DUE_SATS);
      expect(await look()).toMatchObject({ status: "authorized" });
      const [order] = await store.orders();
      expect(order).toMatchObject({ payment_status: "authorized" });
      const admin = await operator();
      expect((await admin.cancelOrder(order.id)).status).toBe(200);
      await mine(DEPTH);
      await store.pass();
      await admin.refund(order.payment_collections[0].payments[0].id, 69.8);
      const money = await store
        .knex()("tender_payment_finding")
        .where({ kind: "money_without_order" })
        .first();
      // Each says no in its own way where it cannot.
      await CARRY_OUT.return_money(running.container(), money).catch(() => undefined);
      await admin.send("POST", `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`, {});
      expect(await refundsOf(attempt_id)).toMatchObject([{ status: "waits_for_payee" }]);
    });

    it("captures at its depth what was told to be deep enough once before a reorganisation", async () => {
      const { address } = await store.asked();
      await store.pay(address, DUE_SATS);
      const [{ id }] = await store.knex()("bitcoin_wallet_invoice").where({ address });
      // Worked before its depth: the chain took the blocks back between the look and the work.
      await tenderModule(running.container()).webhooks.add([
        {
          provider_id: "pp_bitcoin_main",
          event_id: `${id}:settled`,
          type: "payment.settled",
          reference: id,
          payload: "",
        },
      ]);
      await workWebhooks(running.container());
      for (let depth = 1; depth <= DEPTH + 1; depth += 1) {
        await mine(1);
      }
      expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
    });

    it("ends all that was told of a payment that was left, once its coins are given back", async () => {
      const { attempt_id } = await leftForAnotherTotal();
      const other = await store.asked();
      await store.pay(other.address, DUE_SATS);
      await mine(DEPTH);
      const [refund] = await refundsOf(attempt_id);
      await carryOut(refund!);
      await store.pass();
      expect(await refundsOf(attempt_id)).toMatchObject([{ status: "done" }]);
      expect(await kinds()).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/amount_mismatch|money_without_order/)]),
      );
    });

    it("is alarmed no more by a refund that a reorganisation took back, once it is mined again", async () => {
      const { address, attempt_id } = await store.asked();
      await store.pay(address, DUE_SATS);
      await mine(DEPTH);
      const [order] = await store.orders();
      await (await operator()).refund(order.payment_collections[0].payments[0].id, 20);
      const [refund] = await refundsOf(attempt_id);
      await carryOut(refund!);
      await store.pass();
      expect(await store.findings()).toEqual([]);

      await node.rpc("invalidateblock", await node.rpc("getbestblockhash"));
      for (const _ of [1, 2]) {
        await node.rpc("generateblock", SOMEBODY, []);
      }
      await follow();
      await store.pass();
      expect(await kinds()).toContain("refund_failed");
      await mine(1);
      await store.pass();
      await store.pass();
      expect(await refundsOf(attempt_id)).toMatchObject([{ status: "done" }]);
      expect(await store.findings()).toEqual([]);
    });

    it("lets a shopper choose another way to pay when the node has hung while they confirmed", async () => {
      const { shopper, attempt_id } = await store.asked();
      await node.pause();
      try {
        await store
          .knex()("bitcoin_wallet_cursor")
          .update({ looked_at: new Date(0) });
        const { body } = await shopper.confirm(attempt_id);
        expect(body.payment_attempt?.status).not.toBe("unknown");
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", CARD);
        expect(confirmed.body.type).toBe("order");
      } finally {
        node.goOn();
      }
    });
  },
  async () => {
    node = await startLitecoind({ args: ["-mempoolexpiry=1"] });
    const policy = { confirmations: [{ blocks: DEPTH }] };
    const providers: Record<string, Record<string, unknown>> = {
      main: { policy },
      first: { policy, place_order: "at_once" },
      trusting: { policy: { ...policy, trust_unconfirmed_up_to: "0.01" } },
    };
    shop = new CoinShop(node, providers);
    // With their origin, so that the owner's wallet finds its keys in what it is to sign.
    Object.values(providers).forEach((options, at) => {
      const path = `m/84'/${node.chain.coin_type}'/${at}'`;
      const key = shop.wallet.derivePath(path).neutered().toBase58();
      options["account"] = descriptorOf("p2wpkh", shop.wallet.fingerprint, path, key);
    });
    await shop.purse.fill(60);
    return shop.env;
  },
);
