import { setTimeout as sleep } from "node:timers/promises";
import { Modules } from "@medusajs/framework/utils";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { authorizationsOf, makeDue } from "../support/journal";
import {
  APPROVED,
  CHALLENGED,
  NO_TIGHTENING,
  REFUSED,
  decideAtBank,
  limitedStore,
} from "../support/limited-store";
import { whileSoldOut } from "../support/sell-out";
import { Shopper, type Answer } from "../support/shopper";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  const store = limitedStore(running);
  const { address, comeBack, confirm, limit, pay, settled, start } = store;

  /** How often the bank was asked to authorize this cart. */
  const asked = async ({ cart_id }: Shopper): Promise<number> =>
    (await authorizationsOf(running.container(), cart_id)).pp_sandbox_a ?? 0;

  async function expectChallenge(answer: Promise<Answer>): Promise<Answer> {
    const challenged = await answer;
    expect(challenged.body).toMatchObject({ type: "action_required" });
    await settled();
    return challenged;
  }

  /** A cart with a teapot and no way to ship it: Medusa makes no order of it. */
  async function unshippable(): Promise<Shopper> {
    const shopper = new Shopper(running.base_url(), running.store());
    const { region_id, variant_id } = running.store();
    const { body } = await shopper.post("/store/carts", {
      region_id,
      email: "shopper@example.com",
      items: [{ variant_id, quantity: 1 }],
    });
    shopper.cart_id = body.cart.id;
    return shopper;
  }

  async function ledgerLength(): Promise<number> {
    return (await running.bank().ledger()).length;
  }

  describe("cards that the bank challenges", () => {
    it("count one by one, also when all are sent for one attempt", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 2 } });
      const from = address();
      const shopper = await running.shopper();
      const started = await start(shopper, { from });
      await expectChallenge(confirm(shopper, started, { from, number: CHALLENGED }));
      await expectChallenge(confirm(shopper, started, { from, number: "4000008400001629" }));
      expect(await confirm(shopper, started, { from, number: REFUSED })).toMatchObject({ status: 429 });
      expect(await asked(shopper)).toBe(2);
    });

    it("count one by one, also when all are sent for one attempt at the same moment", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 2 } });
      const from = address();
      const shopper = await running.shopper();
      const started = await start(shopper, { from });
      const numbers = [CHALLENGED, "4000008400001629", "4000002500003155", REFUSED, APPROVED];
      const answers = await Promise.all(numbers.map((number) => confirm(shopper, started, { from, number })));
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
      expect(await asked(shopper)).toBeLessThanOrEqual(2);
    });

    it("count once with a double click, and not at all when the shopper comes back and has paid", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      for (let round = 0; round < 2; round += 1) {
        const shopper = await running.shopper();
        const started = await start(shopper, { from });
        const click = () => confirm(shopper, started, { from, number: CHALLENGED });
        const clicks = await Promise.all([click(), click()]);
        expect(clicks.map(({ body }) => body.type)).toEqual(["action_required", "action_required"]);
        await settled();
        await decideAtBank(await shopper.attempt(started.body.payment_attempt.id), "approve");
        expect((await comeBack(shopper, started, { from })).body.type).toBe("order");
        await settled();
      }
    });

    it("count on Medusa's own route too, and not when they are paid in the end", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 2 } });
      const from = address();
      const challenged = async (): Promise<Shopper> => {
        const shopper = await running.shopper();
        await store.chooseThroughMedusa(shopper, { token: "tok_three_d_secure" });
        const { body } = await store.complete(shopper, { from });
        expect(body.error.type).toBe("payment_requires_more_error");
        await settled();
        return shopper;
      };
      const paying = await challenged();
      const { body } = await paying.get(
        `/store/carts/${paying.cart_id}?fields=+payment_collection.payment_sessions.data`,
      );
      const [session] = body.cart.payment_collection.payment_sessions;
      const attempt = await paying.attempt(session.data.attempt_id);
      await decideAtBank(attempt, "approve");
      expect((await store.complete(paying, { from })).body.type).toBe("order");
      await settled();

      await challenged();
      await challenged();
      const third = await running.shopper();
      await store.chooseThroughMedusa(third, { token: "tok_three_d_secure" });
      expect(await store.complete(third, { from })).toMatchObject({ status: 429 });
    });
  });

  describe("a cart that cannot become an order", () => {
    it.each([
      ["en", /shipp/i],
      ["ar", /الشحن/],
    ])(
      "is not paid: no bank is asked about the card, and the shopper reads why, in %s",
      async (locale, why) => {
        const shopper = await unshippable();
        const before = await ledgerLength();
        const headers = { "x-medusa-locale": locale };
        const { status, body } = await pay(shopper, { number: APPROVED, headers });
        expect([status, body.code]).toEqual([409, "cart_incomplete"]);
        expect(body.message).toMatch(why);
        expect(await asked(shopper)).toBe(0);
        expect((await running.bank().ledger()).slice(before).map((row) => row.status)).not.toContain(
          "authorized",
        );
      },
    );

    it("can be paid once it is shipped somehow", async () => {
      const shopper = await unshippable();
      const refused = await pay(shopper, { number: APPROVED });
      expect(refused.body.code).toBe("cart_incomplete");
      await shopper.post(`/store/carts/${shopper.cart_id}/shipping-methods`, {
        option_id: running.store().shipping_option_id,
      });
      expect((await pay(shopper, { number: APPROVED })).body.type).toBe("order");
    });

    it("is not paid when what it holds has been sold meanwhile", async () => {
      const shopper = await running.shopper();
      const started = await start(shopper);
      await whileSoldOut(running.container(), running.store().variant_id, async () => {
        const { status, body } = await confirm(shopper, started, { number: APPROVED });
        expect([status, body.code]).toEqual([409, "item_unavailable"]);
        expect(await asked(shopper)).toBe(0);
      });
    });

    it("counts where Medusa refuses the order after all, since the bank was asked", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      const shopper = await running.shopper();
      jest
        .spyOn(running.container().resolve(Modules.ORDER), "createOrders")
        .mockRejectedValueOnce(new Error("no order today"));
      const refused = await pay(shopper, { from, number: APPROVED });
      jest.restoreAllMocks();
      expect(refused.body.code).toBe("order_not_placed");
      await settled();
      expect(await pay(await running.shopper(), { from, number: APPROVED })).toMatchObject({ status: 429 });
    });

    it("does not count where no bank was asked", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      await pay(await unshippable(), { from, number: APPROVED });
      await settled();
      expect((await pay(await running.shopper(), { from, number: APPROVED })).body.type).toBe("order");
    });
  });

  describe("a payment whose end comes without its shopper", () => {
    /** A shopper who approves at the bank and closes the window there. */
    async function approvesAndLeaves(from: string): Promise<Shopper> {
      const shopper = await running.shopper();
      const started = await start(shopper, { from });
      const challenged = await expectChallenge(confirm(shopper, started, { from, number: CHALLENGED }));
      await decideAtBank(challenged, "approve");
      return shopper;
    }

    it("does not count against its address once it is paid", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      for (let round = 0; round < 2; round += 1) {
        await approvesAndLeaves(from);
        await makeDue(running.container());
        await reconcile(running.container());
        await settled();
      }
      expect((await pay(await running.shopper(), { from, number: APPROVED })).body.type).toBe("order");
    });

    it("does not count either when the order was placed because the shopper tried to pay again", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      const shopper = await running.shopper();
      const started = await shopper.start("pp_sandbox_a:bank_redirect");
      await decideAtBank(await expectChallenge(comeBack(shopper, started, { from })), "later");
      expect((await comeBack(shopper, started, { from })).body.type).toBe("pending");
      await settled();
      await running
        .bank()
        .control(`/control/payments/${(await running.bank().ledger()).at(-1)!.reference}/approve`);
      const again = await start(shopper, { from: address() });
      expect(again.body.code).toBe("cart_completed");
      expect((await pay(await running.shopper(), { from, number: APPROVED })).body.type).toBe("order");
    });

    it("counts as a refusal when the bank refused it in the end", async () => {
      limit({ card_testing: { refusals: 1, carts: 1 } });
      const from = address();
      const shopper = await running.shopper();
      const started = await start(shopper, { from });
      const challenged = await expectChallenge(confirm(shopper, started, { from, number: CHALLENGED }));
      await decideAtBank(challenged, "fail");
      await makeDue(running.container());
      await reconcile(running.container());
      const { rows } = await store.sql("select state from tender_payment_try");
      expect(rows).toEqual([{ state: "refused" }]);
      await sleep(200);
      expect(await store.findings()).toHaveLength(1);
    });
  });

  describe("an attack behind a proxy that forwards no addresses", () => {
    it("opens the finding all the same", async () => {
      limit({ card_testing: { refusals: 4, carts: 3 } });
      for (let index = 0; index < 5; index += 1) {
        await store.refuse(await running.shopper(), { from: "10.0.0.7" });
      }
      await sleep(200);
      const found = await store.findings();
      expect(found).toHaveLength(1);
      expect(found[0]!.detail).toMatch(/no address that counts/);
    });
  });
});
