import { startLitecoind } from "../nodes/litecoind";
import type { TestNode } from "../nodes/test-node";
import { signAsOwner } from "../bitcoin/owner";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { Operator } from "../support/operator";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

const PROVIDER = "pp_bitcoin_main";

let node: TestNode;
let shop: CoinShop;

withRunningStore(
  (running) => {
    const store = coinStore(running, () => shop);
    let operator: Operator;
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, shop.provider_ids);
      operator = await Operator.logIn(running.base_url());
    });
    afterAll(() => node.stop());

    const wallet = async (provider_id = PROVIDER) => {
      const { body } = await operator.send("GET", "/admin/tender/wallets");
      return body.wallets.find((one: { provider_id: string }) => one.provider_id === provider_id);
    };
    const invoices = async (query = "") =>
      (await operator.send("GET", `/admin/tender/wallets/${PROVIDER}/invoices${query}`)).body;
    const changes = async () =>
      (await operator.send("GET", "/admin/tender/changes")).body.changes.map(
        ({ action }: { action: string }) => action,
      );

    /** An order that was paid in full. */
    async function paid() {
      const asked = await store.asked();
      await store.pay(asked.address, DUE_SATS);
      await store.mine();
      const [order] = await store.orders();
      return { ...asked, order, payment: order.payment_collections[0].payments[0] };
    }

    describe("a wallet", () => {
      it("tells of its node, its account, and nothing that could spend", async () => {
        await paid();
        await store.asked();
        const { overview, ...rest } = await wallet();
        expect(rest).toEqual({ provider_id: PROVIDER, methods: ["litecoin"], has_manual_refunds: true });
        expect(overview.unit).toBe("LTC");
        const height = await node.rpc<number>("getblockcount");
        expect(overview.node).toEqual({
          network: "Litecoin regtest",
          is_test: true,
          trouble: null,
          tip: { height, mined_at: expect.stringMatching(/Z$/) },
          read_height: height,
          blocks_behind: 0,
          looked_at: expect.stringMatching(/Z$/),
          reader: "this_server",
        });
        const [fingerprint] = shop.account_ids;
        expect(overview.account).toMatchObject({
          fingerprint,
          address_kind: "p2wpkh",
          addresses_used: 1,
          unused_since: 1,
          gap_limit: 20,
        });
        expect(overview.account.next_index - overview.account.last_used_index).toBe(2);
        expect(JSON.stringify(await wallet())).not.toMatch(/[tx]pub|[tx]prv/);
      });

      it("says what keeps its node from being asked, and what was known", async () => {
        const { overview } = await wallet("pp_bitcoin_dead");
        expect(overview.node).toMatchObject({
          trouble: { kind: "refused_credentials", message: expect.any(String) },
          tip: null,
          blocks_behind: null,
        });
      });

      it("lists what shoppers were asked to pay, by how far it is", async () => {
        const first = await paid();
        const second = await store.asked();
        await store.pay(second.address, 50_000n);
        const third = await store.asked();
        const all = await invoices();
        expect(all.invoices.map(({ status }: { status: string }) => status)).toEqual([
          "awaiting",
          "partial",
          "settled",
        ]);
        expect(all.invoices[2]).toEqual({
          id: expect.stringMatching(/^btcinv_/),
          payment_attempt_id: first.attempt_id,
          address: first.address,
          address_index: expect.any(Number),
          amount: 69.8,
          currency_code: "eur",
          asked: "0.001396",
          seen: "0.001396",
          confirmed: "0.001396",
          confirmations: 1,
          confirmations_needed: 1,
          status: "settled",
          created_at: expect.any(String),
          expires_at: expect.any(String),
        });
        expect(all.invoices[1]).toMatchObject({ seen: "0.0005", confirmed: "0", confirmations: null });
        expect((await invoices("?status=partial")).invoices).toMatchObject([{ address: second.address }]);
        expect((await invoices(`?search=${third.address}`)).invoices).toMatchObject([
          { payment_attempt_id: third.attempt_id },
        ]);
        expect((await invoices(`?search=${first.attempt_id}`)).invoices).toHaveLength(1);
        expect((await invoices("?search=nothing")).invoices).toEqual([]);
      });

      it("lists them page by page, and takes no other query", async () => {
        for (let count = 0; count < 3; count += 1) await store.asked();
        const page = await invoices("?limit=2");
        expect(page.invoices).toHaveLength(2);
        const next = await invoices(`?limit=2&cursor=${page.next_cursor}`);
        expect(next.invoices).toHaveLength(1);
        expect(next.next_cursor).toBeNull();
        const path = `/admin/tender/wallets/${PROVIDER}/invoices`;
        for (const query of ["?status=lost", "?offset=2", "?cursor=x", "?limit=1000"]) {
          expect([query, (await operator.send("GET", path + query)).status]).toEqual([query, 400]);
        }
        const none = await operator.send("GET", "/admin/tender/wallets/pp_sandbox_a/invoices");
        expect(none.status).toBe(404);
      });
    });

    describe("a refund by hand", () => {
      const byHand = `/admin/tender/manual-refunds/${PROVIDER}`;

      it("is begun by Medusa's refund, and each act of an operator is on record", async () => {
        const { order, payment, attempt_id } = await paid();
        const actions = async () =>
          (await operator.send("GET", `/admin/orders/${order.id}/payment-actions`)).body.payment_actions[0];
        expect(await actions()).toMatchObject({
          payment_attempt_id: attempt_id,
          capturable: 0,
          refundable: 69.8,
          voidable: 0,
          refunds_by_hand: true,
        });
        const noted = await operator.refund(payment.id, 10);
        expect([noted.status, noted.body.message]).toEqual([400, expect.stringContaining("is noted as")]);
        expect(await actions()).toMatchObject({ refundable: 59.8, refunded: 0 });

        const list = async (query = "") => (await operator.send("GET", byHand + query)).body.manual_refunds;
        const [refund] = await list("?status=open");
        expect(refund).toMatchObject({
          payment_attempt_id: attempt_id,
          order_id: order.id,
          amount: 10,
          status: "waits_for_payee",
        });
        await fetch(refund.payee_url, {
          method: "POST",
          redirect: "manual",
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({ destination: shop.purse.address }).toString(),
        });
        const at = `${byHand}/${refund.id}`;
        expect((await operator.download(`${at}/file`)).status).toBe(404);
        const file = await (await operator.download(`${at}/file`, "POST")).text();
        const text = signAsOwner(node.chain, shop.wallet, file).toString();
        expect((await operator.send("POST", `${at}/signed`, { text })).status).toBe(200);
        await store.mine();
        expect(await list("?status=open")).toEqual([]);
        expect(await list()).toMatchObject([{ id: refund.id, status: "done" }]);
        expect(await actions()).toMatchObject({ refunded: 10, refundable: 59.8 });
        expect(await changes()).toEqual([
          "manual_refund.import",
          "manual_refund.export",
          "manual_refund.begin",
        ]);
        const { body } = await operator.send("GET", `/admin/tender/changes?subject=${refund.id}`);
        expect(body.changes.at(-1)).toMatchObject({
          actor_id: expect.stringMatching(/^user_/),
          before: null,
          after: { status: "waits_for_payee", amount: "10.00", currency: "EUR" },
        });
        expect(JSON.stringify(body)).not.toContain(new URL(refund.payee_url).pathname.split("/").at(-1));
      });

      it("is given up once, and that is on record", async () => {
        const { payment } = await paid();
        await operator.refund(payment.id, 10);
        const [{ id }] = (await operator.send("GET", byHand)).body.manual_refunds;
        expect((await operator.send("POST", `${byHand}/${id}/drop`)).body.manual_refund.status).toBe(
          "dropped",
        );
        const { body } = await operator.send("GET", `/admin/tender/changes?subject=${id}`);
        expect(body.changes).toMatchObject([
          {
            action: "manual_refund.drop",
            before: { status: "waits_for_payee" },
            after: { status: "dropped" },
          },
          { action: "manual_refund.begin" },
        ]);
      });

      it("has a link to the payee's page at the address that the store is configured with", async () => {
        const { payment } = await paid();
        await operator.refund(payment.id, 10);
        const config = running.container().resolve("configModule");
        const { admin } = config;
        config.admin = { ...admin, backendUrl: "https://api.example.com/" };
        try {
          const [{ payee_url }] = (await operator.send("GET", byHand)).body.manual_refunds;
          expect(payee_url).toMatch(/^https:\/\/api\.example\.com\/tender\/refunds\/[\w-]+$/);
        } finally {
          config.admin = admin;
        }
      });

      it("is listed of providers that have some", async () => {
        const { status } = await operator.send("GET", "/admin/tender/manual-refunds/pp_sandbox_a");
        expect(status).toBe(404);
      });
    });
  },
  async () => {
    node = await startLitecoind();
    const { rpc_url: url, username } = node;
    // Of a chain of its own: those of one chain share what they have read.
    const dead = { chain: "bitcoin-regtest", node: { url, username, password: "wrong" } };
    shop = new CoinShop(node, { main: {}, dead }).tellOrigins();
    await shop.purse.fill(40);
    return shop.env;
  },
);
