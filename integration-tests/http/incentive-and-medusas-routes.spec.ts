import type { ILockingModule } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { decideAtBank } from "../support/limited-store";
import { openSession } from "../support/medusas-session";
import { Operator } from "../support/operator";
import { createPercentPromotion, createShippingPromotion } from "../support/promotions";
import type { Answer, Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";
import { until } from "../support/until";

const A = "pp_sandbox_a";
const B = "pp_sandbox_b";
const CARD = `${A}:card`;
const BANK = `${A}:bank_redirect`;
const TOKEN = { token: "tok_visa" };

/** The cart's total with shipping for 4.90, and without it. */
const FULL = 69.8;
const SHIPPED_FREE = 64.9;

withRunningStore((running) => {
  let operator: Operator;
  let shopper: Shopper;
  /** Free shipping for whoever pays by bank at account A. */
  beforeEach(async () => {
    operator = await Operator.logIn(running.base_url());
    await createShippingPromotion(running.container(), "BANKSHIP");
    await tie("BANKSHIP");
    shopper = await running.shopper();
  });
  afterEach(() => jest.restoreAllMocks());

  const tie = (promotion_code: string | null): Promise<Answer> =>
    operator.send("POST", `/admin/tender/providers/${A}/incentive`, {
      promotion_code,
      method: "bank_redirect",
    });
  const brought = () => tenderModule(running.container()).brought_promotions;
  const locking = () => running.container().resolve<ILockingModule>(Modules.LOCKING);
  const complete = () => shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
  const sendCodes = (promo_codes: string[], path = "") =>
    shopper.post(`/store/carts/${shopper.cart_id}${path}`, { promo_codes });
  const enter = (...codes: string[]) => sendCodes(codes, "/promotions");

  async function total(): Promise<number> {
    return (await shopper.get(`/store/carts/${shopper.cart_id}`)).body.cart.total;
  }

  async function codes(): Promise<string[]> {
    const { body } = await shopper.get(`/store/carts/${shopper.cart_id}?fields=*promotions`);
    return body.cart.promotions.map(({ code }: { code: string }) => code).sort();
  }

  /** Codes that stay when another option is chosen than the one that brings free shipping. */
  async function codesWithCard(): Promise<string[]> {
    expect((await shopper.start(CARD)).status).toBe(200);
    return codes();
  }

  describe("Medusa's completion takes a payment at the price that its option brought", () => {
    async function approvedByBank(started: Answer): Promise<void> {
      expect(started.body.payment_attempt.amount).toBe(SHIPPED_FREE);
      const sent = await shopper.confirm(started.body.payment_attempt.id);
      expect(sent.body.type).toBe("action_required");
      await decideAtBank(sent, "approve");
    }

    async function completesAtItsPrice(): Promise<void> {
      const completed = await complete();
      expect(completed.body).toMatchObject({ type: "order", order: { total: SHIPPED_FREE } });
      const [held] = (await running.bank().ledger()).slice(-1);
      expect(held).toMatchObject({ authorized_minor: 6490 });
    }

    it("where another provider took over from one that is down", async () => {
      await running.bank().fault({ provider: A, operation: "create", fault: "refuse" });
      const started = await shopper.start(BANK);
      expect(started.body.payment_attempt.provider_id).toBe(B);
      await approvedByBank(started);
      await completesAtItsPrice();
    });

    it("where the operator took the promotion away while the shopper was at the bank", async () => {
      await approvedByBank(await shopper.start(BANK));
      await tie(null);
      await completesAtItsPrice();
    });
  });

  describe("a session that Medusa's own route makes", () => {
    it("with another method of the same provider is at the full price", async () => {
      await shopper.start(BANK);
      const { body } = await openSession(shopper, A, { ...TOKEN, method: "card" });
      expect(body.payment_collection.payment_sessions).toMatchObject([{ amount: FULL }]);
      expect(await total()).toBe(FULL);
    });

    it("with the option itself keeps what it brought", async () => {
      await shopper.start(BANK);
      const { body } = await openSession(shopper, A, { method: "bank_redirect" });
      expect(body.payment_collection.payment_sessions).toMatchObject([{ amount: SHIPPED_FREE }]);
    });

    it("does not wait for starts where nothing is to be taken off", async () => {
      const key = `tender-start:${shopper.cart_id}`;
      await locking().acquire(key, { ownerId: "a start that hangs" });
      try {
        expect((await openSession(shopper, B, TOKEN)).status).toBe(200);
      } finally {
        await locking().release(key, { ownerId: "a start that hangs" });
      }
    });

    it("changes nothing where it cannot be made", async () => {
      const started = await shopper.start(BANK);
      await operator.send("POST", `/admin/tender/providers/${B}/rules`, { currencies: ["usd"] });
      const { body } = await shopper.get(`/store/carts/${shopper.cart_id}?fields=*payment_collection`);
      const sessions = `/store/payment-collections/${body.cart.payment_collection.id}/payment-sessions`;
      const refused = [
        await shopper.post(sessions, {}),
        await shopper.post(sessions, { provider_id: B }),
        await shopper.post(sessions, { provider_id: "pp_nobody" }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([400, 404, 400]);
      expect(await total()).toBe(SHIPPED_FREE);
      const sent = await shopper.confirm(started.body.payment_attempt.id);
      expect(sent.body.type).toBe("action_required");
    });

    it("is not made where a start with another option comes between", async () => {
      const { find } = brought();
      jest.spyOn(brought(), "find").mockImplementationOnce(async (cart_id) => {
        const before = await find.call(brought(), cart_id);
        await shopper.start(BANK);
        return before;
      });
      const made = await openSession(shopper, B, TOKEN);
      expect([made.status, made.body.code]).toEqual([409, "payment_in_progress"]);
      expect((await complete()).status).not.toBe(200);
      const again = await openSession(shopper, B, TOKEN);
      expect(again.body.payment_collection.payment_sessions).toMatchObject([{ amount: FULL }]);
      expect((await complete()).body).toMatchObject({ type: "order", order: { total: FULL } });
    });
  });

  describe("a code that the option brought is the shopper's own", () => {
    it("once it is entered where a storefront sends all codes of the cart", async () => {
      await shopper.start(BANK);
      expect((await sendCodes(["BANKSHIP", "BANKSHIP"])).status).toBe(200);
      expect(await codesWithCard()).toEqual(["BANKSHIP"]);
    });

    it("once it is entered after it was taken out", async () => {
      await shopper.start(BANK);
      await sendCodes([]);
      expect(await total()).toBe(FULL);
      await sendCodes(["BANKSHIP"]);
      expect(await codesWithCard()).toEqual(["BANKSHIP"]);
    });

    it("not where it is only sent again with others", async () => {
      await createPercentPromotion(running.container(), "MINE");
      await shopper.start(BANK);
      await enter("BANKSHIP", "MINE");
      expect(await codesWithCard()).toEqual(["MINE"]);
      await shopper.start(BANK);
      await sendCodes(["BANKSHIP", "MINE"]);
      expect(await codesWithCard()).toEqual(["MINE"]);
    });

    it("not where the route refused it", async () => {
      await shopper.start(BANK);
      const refused = [
        await enter("BANKSHIP", "BANKSHIP", "no-such-code"),
        await shopper.post(`/store/carts/${shopper.cart_id}/promotions`, {
          promo_codes: ["BANKSHIP"],
          no_such_key: 1,
        }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([400, 400]);
      expect(await codesWithCard()).toEqual([]);
    });

    it.each(["before", "after"])("also where it is entered just %s the option's is noted", async (when) => {
      const { remember } = brought();
      jest.spyOn(brought(), "remember").mockImplementationOnce(async (...noted) => {
        await (when === "before" && enter("BANKSHIP"));
        await remember.apply(brought(), noted);
        await (when === "after" && enter("BANKSHIP"));
      });
      await shopper.start(BANK);
      expect(await codesWithCard()).toEqual(["BANKSHIP"]);
    });
  });

  describe("a promotion that cannot be brought just now", () => {
    it("keeps the start waiting, and comes with the next one", async () => {
      await locking().acquire(shopper.cart_id, { ownerId: "another tab" });
      try {
        const started = await shopper.start(BANK);
        expect([started.status, started.body.code]).toEqual([409, "payment_in_progress"]);
        expect(await brought().find(shopper.cart_id)).toBeUndefined();
      } finally {
        await locking().release(shopper.cart_id, { ownerId: "another tab" });
      }
      const started = await shopper.start(BANK);
      expect(started.status).toBe(200);
      expect(await brought().find(shopper.cart_id)).toBe("BANKSHIP");
    });
  });

  describe("a promotion that cannot be reckoned anew", () => {
    it("just now keeps the start waiting, since its price may not hold", async () => {
      await shopper.start(BANK);
      await locking().acquire(shopper.cart_id, { ownerId: "another tab" });
      try {
        const again = await shopper.start(BANK);
        expect([again.status, again.body.code]).toEqual([409, "payment_in_progress"]);
      } finally {
        await locking().release(shopper.cart_id, { ownerId: "another tab" });
      }
      expect((await shopper.start(BANK)).body.payment_attempt.amount).toBe(SHIPPED_FREE);
    });

    it("for good is taken off: the price is the full one", async () => {
      await shopper.start(BANK);
      const promotions = running.container().resolve(Modules.PROMOTION);
      jest.spyOn(promotions, "computeActions").mockRejectedValueOnce(new Error("out of order"));
      expect((await shopper.start(BANK)).body.payment_attempt.amount).toBe(FULL);
      expect(await codes()).toEqual([]);
    });
  });

  it("what was brought is forgotten with the order", async () => {
    const { body } = await shopper.start(BANK);
    expect(await brought().find(shopper.cart_id)).toBe("BANKSHIP");
    await decideAtBank(await shopper.confirm(body.payment_attempt.id), "approve");
    expect((await shopper.confirm(body.payment_attempt.id)).body.type).toBe("order");
    await until(async () => (await brought().find(shopper.cart_id)) === undefined);
  });
});
