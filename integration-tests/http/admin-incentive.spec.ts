import { Modules } from "@medusajs/framework/utils";
import { Operator } from "../support/operator";
import { createPercentPromotion, createShippingPromotion } from "../support/promotions";
import { cardOf, type Answer, type Shopper } from "../support/shopper";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const A = "pp_sandbox_a";
const CARD = `${A}:card`;
const BANK = `${A}:bank_redirect`;
const FOREIGN = "pp_system_default";

/** The cart's total: with shipping for 4.90, without it, and without a tenth of the goods. */
const FULL = 69.8;
const SHIPPED_FREE = 64.9;
const TENTH_OFF = 63.31;

withRunningStore((running) => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.logIn(running.base_url());
  });

  const tie = (promotion_code: string | null, method?: string, provider_id = A): Promise<Answer> =>
    operator.send("POST", `/admin/tender/providers/${provider_id}/incentive`, {
      promotion_code,
      ...(method !== undefined && { method }),
    });

  /** Free shipping for whoever pays by bank at either account. */
  async function freeShippingByBank(): Promise<void> {
    await createShippingPromotion(running.container(), "BANKSHIP");
    await tie("BANKSHIP", "bank_redirect");
    await tie("BANKSHIP", "bank_redirect", "pp_sandbox_b");
  }

  async function total(shopper: Shopper): Promise<number> {
    return (await shopper.get(`/store/carts/${shopper.cart_id}`)).body.cart.total;
  }

  async function codes(shopper: Shopper): Promise<string[]> {
    const { body } = await shopper.get(`/store/carts/${shopper.cart_id}?fields=*promotions`);
    return body.cart.promotions.map(({ code }: { code: string }) => code).sort();
  }

  async function amountOf(started: Promise<Answer>): Promise<number> {
    const { status, body } = await started;
    expect(status).toBe(200);
    return body.payment_attempt.amount;
  }

  const enter = (shopper: Shopper, code: string): Promise<Answer> =>
    shopper.post(`/store/carts/${shopper.cart_id}/promotions`, { promo_codes: [code] });

  const incentiveOf = async (shopper: Shopper, id: string) =>
    (await shopper.options()).body.payment_options.find((option: { id: string }) => option.id === id)
      .incentive;

  describe("an incentive", () => {
    it("is told with its option before it is chosen, and changes nothing yet", async () => {
      await freeShippingByBank();
      const shopper = await running.shopper();
      expect(await incentiveOf(shopper, BANK)).toEqual({ title: "Free shipping" });
      expect(await incentiveOf(shopper, CARD)).toBeUndefined();
      expect(await total(shopper)).toBe(FULL);
    });

    it("is applied when an attempt with its option is started, and the attempt is for the new total", async () => {
      await freeShippingByBank();
      const shopper = await running.shopper();
      expect(await amountOf(shopper.start(BANK))).toBe(SHIPPED_FREE);
      expect(await total(shopper)).toBe(SHIPPED_FREE);
      expect(await incentiveOf(shopper, BANK)).toEqual({ title: "Free shipping" });
    });

    it("is taken off when another option is started, and comes back with its own", async () => {
      await freeShippingByBank();
      const shopper = await running.shopper();
      await shopper.start(BANK);
      expect(await amountOf(shopper.start(CARD))).toBe(FULL);
      expect([await total(shopper), await codes(shopper)]).toEqual([FULL, []]);
      expect(await amountOf(shopper.start(BANK))).toBe(SHIPPED_FREE);
    });

    it("of a method goes before the provider's, and one gives way to the other", async () => {
      await createPercentPromotion(running.container(), "TENTH");
      await freeShippingByBank();
      await tie("TENTH");
      const shopper = await running.shopper();
      expect(await amountOf(shopper.start(CARD))).toBe(TENTH_OFF);
      expect(await amountOf(shopper.start(BANK))).toBe(SHIPPED_FREE);
      expect(await codes(shopper)).toEqual(["BANKSHIP"]);
    });

    it("is paid and ordered: bank, payment and order agree to the cent", async () => {
      await createPercentPromotion(running.container(), "TENTH");
      await tie("TENTH", "card");
      const shopper = await running.shopper();
      const { started, confirmed } = await shopper.pay(CARD, APPROVES);
      expect(started.body.payment_attempt.amount).toBe(TENTH_OFF);
      expect(confirmed.body).toMatchObject({ type: "order", order: { total: TENTH_OFF } });
      const [held] = (await running.bank().ledger()).slice(-1);
      expect(held).toMatchObject({ authorized_minor: 6331 });
      const order = await operator.order(confirmed.body.order.id);
      expect(order.payment_collections[0].payments[0].amount).toBe(TENTH_OFF);
    });

    it("leaves alone what the shopper entered, the same code too", async () => {
      await createPercentPromotion(running.container(), "MINE");
      await freeShippingByBank();
      const shopper = await running.shopper();
      await enter(shopper, "MINE");
      await shopper.start(BANK);
      expect(await codes(shopper)).toEqual(["BANKSHIP", "MINE"]);
      await shopper.start(CARD);
      expect(await codes(shopper)).toEqual(["MINE"]);

      await enter(shopper, "BANKSHIP");
      await shopper.start(BANK);
      await shopper.start(CARD);
      expect(await codes(shopper)).toEqual(["BANKSHIP", "MINE"]);
    });

    it("is the shopper's own once they enter its code, also after the option brought it", async () => {
      await freeShippingByBank();
      const shopper = await running.shopper();
      await shopper.start(BANK);
      await enter(shopper, "BANKSHIP");
      await shopper.start(CARD);
      expect(await codes(shopper)).toEqual(["BANKSHIP"]);
    });

    it("goes with the option, however often the same start is sent", async () => {
      await freeShippingByBank();
      const shopper = await running.shopper();
      const key = { "idempotency-key": "one-and-the-same" };
      const first = await shopper.start(BANK, undefined, key);
      const again = await shopper.start(BANK, undefined, key);
      expect(again.body.payment_attempt.id).toBe(first.body.payment_attempt.id);
      expect(await total(shopper)).toBe(SHIPPED_FREE);
    });

    it("comes with another plugin's provider too", async () => {
      await createShippingPromotion(running.container(), "LATER");
      await tie("LATER", undefined, FOREIGN);
      const shopper = await running.shopper();
      const { body } = await shopper.start(`${FOREIGN}:${FOREIGN}`);
      expect(body.payment_attempt.amount).toBe(SHIPPED_FREE);
      const paid = await shopper.confirm(body.payment_attempt.id);
      expect(paid.body).toMatchObject({ type: "order", order: { total: SHIPPED_FREE } });
    });

    it("does not stay for a session that Medusa's own route makes with somebody else", async () => {
      await createShippingPromotion(running.container(), "ONLYA");
      await tie("ONLYA");
      const shopper = await running.shopper();
      await shopper.start(CARD);
      expect(await total(shopper)).toBe(SHIPPED_FREE);
      const { body } = await shopper.get(`/store/carts/${shopper.cart_id}?fields=*payment_collection`);
      const sessions = `/store/payment-collections/${body.cart.payment_collection.id}/payment-sessions`;

      await shopper.post(sessions, { provider_id: A });
      expect(await total(shopper)).toBe(SHIPPED_FREE);
      const made = await shopper.post(sessions, { provider_id: FOREIGN });
      expect(await total(shopper)).toBe(FULL);
      expect(made.body.payment_collection.payment_sessions).toMatchObject([{ amount: FULL }]);
    });
  });

  describe("a promotion that is of no use does not keep anybody from paying", () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const campaign = { starts_at: new Date(Date.now() - 2 * 86_400_000), ends_at: yesterday };

    async function paysInFull(): Promise<void> {
      const shopper = await running.shopper();
      expect(await incentiveOf(shopper, CARD)).toBeUndefined();
      const { started, confirmed } = await shopper.pay(CARD, APPROVES);
      expect(started.body.payment_attempt.amount).toBe(FULL);
      expect(confirmed.body).toMatchObject({ type: "order", order: { total: FULL } });
    }

    it("when it has expired", async () => {
      await createShippingPromotion(running.container(), "PAST", { campaign });
      await tie("PAST");
      await paysInFull();
    });

    it("when it is used up", async () => {
      await createShippingPromotion(running.container(), "FEW", { limit: 1 });
      await tie("FEW");
      const first = await running.shopper();
      const { confirmed } = await first.pay(CARD, APPROVES);
      expect(confirmed.body.order.total).toBe(SHIPPED_FREE);
      await paysInFull();
    });

    it("when somebody else used it up after it was brought", async () => {
      await createShippingPromotion(running.container(), "LAST", { limit: 1 });
      await tie("LAST");
      const before = (await running.bank().ledger()).length;
      const [first, second] = [await running.shopper(), await running.shopper()];
      const late = await second.start(CARD);
      expect((await first.pay(CARD, APPROVES)).confirmed.body.order.total).toBe(SHIPPED_FREE);
      const refused = await second.confirm(late.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(refused.status).toBe(409);
      const { started, confirmed } = await second.pay(CARD, APPROVES);
      expect(started.body.payment_attempt.amount).toBe(FULL);
      expect(confirmed.body).toMatchObject({ type: "order", order: { total: FULL } });
      const held = (await running.bank().ledger()).slice(before);
      expect(held.filter(({ status }) => status === "authorized")).toHaveLength(2);
    });

    it("when it was deleted or switched off", async () => {
      const promotions = running.container().resolve(Modules.PROMOTION);
      const id = await createShippingPromotion(running.container(), "GONE");
      await tie("GONE");
      await promotions.updatePromotions([{ id, status: "inactive" }]);
      await paysInFull();
      await promotions.deletePromotions([id]);
      await paysInFull();
      const { body } = await operator.send("GET", `/admin/tender/providers/${A}/incentive`);
      expect(body.incentive.all).toEqual({ id, code: null, active: false });
    });

    it("when Medusa fails to apply it", async () => {
      await createShippingPromotion(running.container(), "BROKEN");
      await tie("BROKEN");
      const shopper = await running.shopper();
      const promotions = running.container().resolve(Modules.PROMOTION);
      const compute = jest.spyOn(promotions, "computeActions").mockRejectedValue(new Error("out of order"));
      try {
        expect(await amountOf(shopper.start(CARD))).toBe(FULL);
      } finally {
        compute.mockRestore();
      }
    });

    it("when nobody takes what is left to pay with it: the full price stays", async () => {
      await createPercentPromotion(running.container(), "HALF", { value: 50 });
      await tie("HALF", "card");
      const rules = { amounts: [{ currency_code: "eur", min: 60 }] };
      for (const id of [A, "pp_sandbox_b"]) {
        await operator.send("POST", `/admin/tender/providers/${id}/rules`, rules);
      }
      const shopper = await running.shopper();
      expect(await amountOf(shopper.start(CARD))).toBe(FULL);
      expect(await total(shopper)).toBe(FULL);
    });
  });

  describe("the discount of the chosen option does not decide on the others", () => {
    const LATER = `${FOREIGN}:${FOREIGN}`;

    /** Paying later takes a tenth of the goods off, which is on the other side of the limit that cards have. */
    async function discountLater(card_limit: { min?: number; max?: number }): Promise<void> {
      await createPercentPromotion(running.container(), "TENTH");
      await tie("TENTH", undefined, FOREIGN);
      const rules = { amounts: [{ currency_code: "eur", ...card_limit }] };
      for (const id of [A, "pp_sandbox_b"]) {
        await operator.send("POST", `/admin/tender/providers/${id}/rules`, rules);
      }
    }

    async function offersCard(shopper: Shopper): Promise<boolean> {
      return (await shopper.options()).body.payment_options.some(({ id }: { id: string }) => id === CARD);
    }

    it("one that is above its least amount without it stays on offer, and is charged in full", async () => {
      await discountLater({ min: 65 });
      const shopper = await running.shopper();
      expect(await amountOf(shopper.start(LATER))).toBe(TENTH_OFF);
      expect(await offersCard(shopper)).toBe(true);
      expect(await amountOf(shopper.start(CARD))).toBe(FULL);
    });

    it("one that is above its greatest amount without it is neither offered nor started", async () => {
      await discountLater({ max: 65 });
      const shopper = await running.shopper();
      expect(await amountOf(shopper.start(LATER))).toBe(TENTH_OFF);
      expect(await offersCard(shopper)).toBe(false);
      expect((await shopper.start(CARD)).status).toBe(404);
      expect(await total(shopper)).toBe(TENTH_OFF);
    });
  });

  describe("races", () => {
    it("starts of two options at once leave one whose amount is the cart's total", async () => {
      await freeShippingByBank();
      for (let round = 0; round < 3; round += 1) {
        const shopper = await running.shopper();
        const started = await Promise.all([shopper.start(BANK), shopper.start(CARD), shopper.start(BANK)]);
        expect(started.every(({ status }) => status === 200 || status === 409)).toBe(true);
        const attempts = await Promise.all(
          started
            .filter(({ status }) => status === 200)
            .map(({ body }) => shopper.attempt(body.payment_attempt.id)),
        );
        const usable = attempts.filter(({ body }) => body.payment_attempt.status === "ready");
        expect(usable).toHaveLength(1);
        expect(usable[0]!.body.payment_attempt.amount).toBe(await total(shopper));
      }
    });

    it("a confirm while another option is started pays what its attempt says, or nothing", async () => {
      await createPercentPromotion(running.container(), "TENTH");
      await tie("TENTH", "card");
      for (let round = 0; round < 4; round += 1) {
        const shopper = await running.shopper();
        const before = (await running.bank().ledger()).length;
        const { body } = await shopper.start(CARD);
        const [confirmed] = await Promise.all([
          shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) }),
          shopper.start(BANK),
        ]);
        expect([200, 409]).toContain(confirmed.status);
        const held = (await running.bank().ledger())
          .slice(before)
          .filter(({ status }) => ["authorized", "captured"].includes(status));
        if (confirmed.status === 200) {
          expect(confirmed.body).toMatchObject({ type: "order", order: { total: TENTH_OFF } });
          expect(held).toMatchObject([{ authorized_minor: 6331 }]);
        } else {
          expect(held).toEqual([]);
        }
      }
    });

    it("an attempt of before the change cannot be paid at its old price", async () => {
      await createPercentPromotion(running.container(), "TENTH");
      await tie("TENTH", "card");
      const shopper = await running.shopper();
      const discounted = await shopper.start(CARD);
      await shopper.start(BANK);
      const before = (await running.bank().ledger()).length;
      const old = await shopper.confirm(discounted.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect([old.status, old.body.code]).toEqual([409, "attempt_closed"]);
      const held = (await running.bank().ledger()).slice(before);
      expect(held.filter(({ authorized_minor }) => authorized_minor > 0)).toEqual([]);
    });
  });

  describe("what operators set", () => {
    it("is answered, read again, and in the log of changes", async () => {
      const id = await createShippingPromotion(running.container(), "BANKSHIP");
      const { status, body } = await tie("BANKSHIP", "bank_redirect");
      expect(status).toBe(200);
      const tied = { id, code: "BANKSHIP", active: true };
      expect(body.incentive).toEqual({ provider_id: A, all: null, methods: { bank_redirect: tied } });
      expect((await operator.send("GET", `/admin/tender/providers/${A}/incentive`)).body).toEqual(body);
      await tie("BANKSHIP", "bank_redirect");
      await tie(null, "bank_redirect");
      const { body: log } = await operator.send("GET", `/admin/tender/changes?subject=${A}`);
      expect(log.changes).toMatchObject([
        {
          action: "option_incentive.update",
          before: { methods: { bank_redirect: { promotion_id: id } } },
          after: { methods: {} },
        },
        { action: "option_incentive.update", after: { methods: { bank_redirect: { promotion_id: id } } } },
      ]);
    });

    it("is kept by two at once", async () => {
      await createShippingPromotion(running.container(), "ONE");
      await createShippingPromotion(running.container(), "TWO");
      await Promise.all([tie("ONE"), tie("TWO", "card"), tie("ONE", "bank_redirect")]);
      const { body } = await operator.send("GET", `/admin/tender/providers/${A}/incentive`);
      expect(body.incentive).toMatchObject({
        all: { code: "ONE" },
        methods: { card: { code: "TWO" }, bank_redirect: { code: "ONE" } },
      });
    });

    it("is 400 for what does not exist, and 404 for a provider that does not", async () => {
      await createShippingPromotion(running.container(), "AUTO", { is_automatic: true });
      const unknown = await tie("NOBODY");
      expect([unknown.status, unknown.body.message]).toEqual([400, expect.stringContaining("NOBODY")]);
      expect((await tie("AUTO")).status).toBe(400);
      expect((await tie(null, "no_method")).status).toBe(400);
      expect((await tie(null, "__proto__")).status).toBe(400);
      expect((await tie(null, undefined, "pp_nobody")).status).toBe(404);
      const without = await operator.send("POST", `/admin/tender/providers/${A}/incentive`, {});
      expect(without.status).toBe(400);
    });

    it("is told of no region that does not enable the provider", async () => {
      await freeShippingByBank();
      await enableProviders(running.container(), running.store().region_id, [FOREIGN]);
      const shopper = await running.shopper();
      const { body } = await shopper.options();
      expect(body.payment_options.map(({ incentive }: { incentive?: unknown }) => incentive)).toEqual([
        undefined,
      ]);
    });
  });
});
