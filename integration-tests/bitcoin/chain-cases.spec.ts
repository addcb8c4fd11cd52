import { startLitecoind, type Litecoind } from "../nodes/litecoind";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { setClock } from "../support/clock";
import type { Shopper } from "../support/shopper";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";
import { until } from "../support/until";

/** Blocks that the store waits for. */
const DEPTH = 3;
const HOUR_MS = 3_600_000;
/** An address of regtest that nobody here has. */
const SOMEBODY = "rltc1qw508d6qejxtdg4y5r3zarvary0c5xw7k693xs3";
const HIGH_FEE_SATS = 500_000n;

let node: Litecoind;
let shop: CoinShop;

/** What a chain does to a store that is paid on it; every one of these is done by a real node. */
withRunningStore(
  (running) => {
    const store = coinStore(running, () => shop);
    beforeEach(() => enableProviders(running.container(), running.store().region_id, shop.provider_ids));
    // A store has looked at its chain before anybody pays; the first look may take longer than a shopper is made to wait.
    beforeEach(() => store.mine(5));
    afterEach(() => jest.useRealTimers());
    afterAll(() => node.stop());

    const foreign = () => shop.purse.address;
    /** Blocks right after others were undone would be the same ones again, which the node refuses. */
    const mineElsewhere = () => node.rpc("generatetoaddress", 1, SOMEBODY);
    const anHourLater = async () => {
      setClock(Date.now() + HOUR_MS);
      await store.follow();
    };
    /** Chooses another way to pay, and waits until the store has called off the first. */
    async function leave(shopper: Shopper, attempt_id: string): Promise<void> {
      await shopper.start("pp_bitcoin_tolerant:litecoin");
      await until(async () => (await shopper.attempt(attempt_id)).body.payment_attempt.status === "canceled");
    }
    const captures = async () => {
      const [order] = await store.orders();
      return order.payment_collections[0].payments[0].captures;
    };

    describe("what a chain does", () => {
      it("captures once what a reorganisation took back before its capture and what was mined again", async () => {
        const { address, look } = await store.asked();
        await store.pay(address, DUE_SATS);
        const [block] = await store.mine();
        expect((await look()).client).toMatchObject({ phase: "confirming", confirmations: 1 });
        await node.rpc("invalidateblock", block);
        // A chain that is shorter than what is known is no news.
        expect((await look()).client).toMatchObject({ phase: "confirming", confirmations: 1 });
        await mineElsewhere();
        await store.mine(DEPTH);
        expect(await look()).toMatchObject({ status: "captured" });
        expect(await captures()).toHaveLength(1);
        expect(await store.findings()).toEqual([]);
      });

      it("raises the alarm over a reorganisation below the depth of a capture with a conflicting spend", async () => {
        const { address } = await store.asked();
        const payment = await store.pay(address, DUE_SATS);
        const [block] = await store.mine(DEPTH);
        expect(await captures()).toHaveLength(1);
        await node.rpc("invalidateblock", block);
        await shop.purse.send(
          shop.purse.sign(payment.spent, [{ to: foreign(), sats: 100_000n }], HIGH_FEE_SATS),
        );
        await store.mine(DEPTH + 1);
        expect(await store.findings()).toMatchObject([
          { kind: "payment_undone", detail: expect.stringContaining("spent otherwise") },
        ]);
      });

      it("counts nothing of a payment replaced by one to somebody else, before any block", async () => {
        const { address, look } = await store.asked();
        const payment = await store.pay(address, DUE_SATS);
        expect((await look()).client).toMatchObject({ phase: "confirming" });
        await shop.purse.send(
          shop.purse.sign(payment.spent, [{ to: foreign(), sats: 100_000n }], HIGH_FEE_SATS),
        );
        expect((await look()).client).toMatchObject({
          phase: "awaiting",
          received: "0",
          missing: "0.001396",
        });
        await store.mine(DEPTH);
        await anHourLater();
        await store.pass();
        expect(await look()).toMatchObject({ status: "canceled" });
        expect(await store.orders()).toMatchObject([{ payment_status: "awaiting" }]);
        expect(await store.findings()).toMatchObject([{ kind: "order_not_covered" }]);
      });

      it("counts a payment once whose fee was raised", async () => {
        const { address, look } = await store.asked();
        const payment = await store.pay(address, DUE_SATS);
        await shop.purse.send(
          shop.purse.sign(payment.spent, [{ to: address, sats: DUE_SATS }], HIGH_FEE_SATS),
        );
        expect((await look()).client).toMatchObject({ phase: "confirming", received: "0.001396" });
        await store.mine(DEPTH);
        expect(await captures()).toMatchObject([{ amount: 69.8 }]);
        expect(await store.findings()).toEqual([]);
      });

      it("adds up two transactions, and two outputs of one, exactly", async () => {
        const { address, look } = await store.asked();
        await store.pay(address, 39_600n);
        expect(await look()).toMatchObject({
          status: "action_required",
          client: { phase: "partial", received: "0.000396", missing: "0.001" },
        });
        await store.pay(address, 60_000n, 40_000n);
        expect((await look()).client).toMatchObject({
          phase: "confirming",
          received: "0.001396",
          missing: "0",
        });
        await store.mine(DEPTH);
        expect(await captures()).toMatchObject([{ amount: 69.8 }]);
      });

      it("does not take one satoshi less without tolerance, and takes what is exactly at it", async () => {
        const strict = await store.asked();
        await store.pay(strict.address, DUE_SATS - 1n);
        expect((await strict.look()).client).toMatchObject({ phase: "partial", missing: "0.00000001" });
        const tolerant = await store.asked("tolerant");
        await store.pay(tolerant.address, DUE_SATS - DUE_SATS / 100n);
        expect((await tolerant.look()).client).toMatchObject({ phase: "confirming" });
        const short = await store.asked("tolerant");
        await store.pay(short.address, DUE_SATS - DUE_SATS / 100n - 1n);
        expect((await short.look()).client).toMatchObject({ phase: "partial" });
      });

      it("captures the session's amount of what was overpaid, and tells of the rest", async () => {
        const { address } = await store.asked();
        await store.pay(address, DUE_SATS + 50_000n);
        await store.mine(DEPTH);
        expect(await captures()).toMatchObject([{ amount: 69.8 }]);
        expect(await store.findings()).toMatchObject([
          {
            kind: "money_beyond",
            detail: expect.stringMatching(/^0\.0005 LTC more than was asked for arrived/),
          },
        ]);
      });

      it("tells of what is paid after the time is over, and captures nothing of it", async () => {
        const { address, attempt_id, shopper } = await store.asked();
        await anHourLater();
        await store.pass();
        expect((await shopper.attempt(attempt_id)).body.payment_attempt).toMatchObject({
          status: "canceled",
        });
        await store.pay(address, DUE_SATS);
        await store.mine(DEPTH);
        expect(await store.orders()).toEqual([]);
        expect(await store.findings()).toMatchObject([
          { kind: "money_beyond", detail: expect.stringMatching(/^0\.001396 LTC arrived too late/) },
        ]);
      });

      it("tells of what is paid to an address that was left for another way to pay", async () => {
        const { shopper, address, attempt_id } = await store.asked();
        await leave(shopper, attempt_id);
        await store.pay(address, DUE_SATS);
        await store.mine(DEPTH);
        expect(await store.orders()).toEqual([]);
        expect(await store.findings()).toMatchObject([{ kind: "money_beyond" }]);
      });

      it("tells of a part that was paid and mined before another way to pay was chosen", async () => {
        const { shopper, address, attempt_id } = await store.asked();
        await store.pay(address, 100_000n);
        await store.mine(DEPTH);
        await leave(shopper, attempt_id);
        await store.pass();
        expect(await store.findings()).toMatchObject([
          { kind: "money_beyond", detail: expect.stringMatching(/^0\.001 LTC arrived, which is less/) },
        ]);
      });

      it("takes for its cart what was paid in full just as it was left for another way to pay", async () => {
        const { shopper, address } = await store.asked();
        await shop.purse.pay([{ to: address, sats: DUE_SATS }]);
        await store.nobodyLeads();
        await shopper.start("pp_bitcoin_tolerant:litecoin");
        await store.follow();
        await store.mine(DEPTH);
        expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
        expect(await store.findings()).toMatchObject([{ kind: "late_money_adopted" }]);
      });

      it("misses nothing while the server is down through payment, end of time and reorganisation", async () => {
        const { address } = await store.asked();
        const payment = await shop.purse.pay([{ to: address, sats: DUE_SATS }]);
        const [block] = await shop.purse.mine(1);
        await node.rpc("invalidateblock", block);
        expect(await node.rpc<string[]>("getrawmempool")).toContain(payment.txid);
        await mineElsewhere();
        await shop.purse.mine(50);
        // Nobody looked until now: what its block says of the time counts.
        await anHourLater();
        expect(await store.orders()).toMatchObject([{ payment_status: "captured" }]);
        expect(await captures()).toHaveLength(1);
        expect(await store.findings()).toEqual([]);
      });

      it("changes nothing while the node cannot be asked, however long", async () => {
        const { address, look, attempt_id, shopper } = await store.asked();
        await node.pause();
        try {
          setClock(Date.now() + HOUR_MS);
          expect((await shopper.attempt(attempt_id)).body.payment_attempt).toMatchObject({
            status: "action_required",
            client: { phase: "awaiting" },
          });
        } finally {
          node.goOn();
          jest.useRealTimers();
        }
        await store.pay(address, DUE_SATS);
        expect((await look()).client).toMatchObject({ phase: "confirming" });
      });

      it("takes no address, amount or status from a shopper", async () => {
        const shopper = await running.shopper();
        const data = { address: foreign(), amount: "1", due_sats: "1", status: "captured", phase: "settled" };
        const { body } = await shopper.start("pp_bitcoin_main:litecoin", data);
        const { client, status, id } = body.payment_attempt;
        expect(status).toBe("action_required");
        expect(client).toMatchObject({ phase: "awaiting", due: "0.001396" });
        expect(client.address).not.toBe(foreign());
        expect((await shopper.confirm(id, data)).body).toMatchObject({ type: "action_required" });
        expect(await store.orders()).toEqual([]);
      });

      it("waits again for a payment that the node has dropped", async () => {
        const { address, look } = await store.asked();
        const payment = await store.pay(address, DUE_SATS);
        expect((await look()).client).toMatchObject({ phase: "confirming" });
        const now_s = Math.floor(Date.now() / 1_000);
        try {
          await node.rpc("setmocktime", now_s + 2 * 3_600);
          // The node forgets what is old when it takes something new.
          await shop.purse.pay([{ to: foreign(), sats: 100_000n }]);
          expect(await node.rpc<string[]>("getrawmempool")).not.toContain(payment.txid);
        } finally {
          await node.rpc("setmocktime", 0);
        }
        expect((await look()).client).toMatchObject({ phase: "awaiting", received: "0" });
      });

      it("counts neither newly mined coins nor outputs of nothing", async () => {
        const { address, look } = await store.asked();
        await node.rpc("generatetoaddress", 1, address);
        await store.pay(foreign(), 100_000n);
        await store.mine(DEPTH);
        expect((await look()).client).toMatchObject({ phase: "awaiting", received: "0" });
      });
    });
  },
  async () => {
    node = await startLitecoind({ args: ["-mempoolexpiry=1"] });
    const policy = { confirmations: [{ blocks: DEPTH }] };
    shop = new CoinShop(node, { main: { policy }, tolerant: { policy: { ...policy, tolerance_bps: 100 } } });
    await shop.purse.fill();
    return shop.env;
  },
);
