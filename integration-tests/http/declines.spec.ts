import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { decide } from "../support/bank-page";
import { CASES } from "../support/decline-cases";
import { withRunningStore } from "../support/suite";
import { attemptsOf, authorizationsOf, makeDue } from "../support/journal";
import { cardOf, type Answer, type Shopper } from "../support/shopper";

withRunningStore((running) => {
  describe("a decline of each category", () => {
    it.each(CASES)("$token is shown as $shown and leads to $recovery", async (expected) => {
      const shopper = await running.shopper();
      const started = await shopper.start("pp_sandbox_a:card");
      const declined = await shopper.confirm(started.body.payment_attempt.id, { token: expected.token });
      expect(declined.status).toBe(402);
      expect(declined.body.decline).toMatchObject({ category: expected.shown, recovery: expected.recovery });
      expect(declined.body.decline.message.length).toBeGreaterThan(10);
      expect(await authorizations(shopper)).toEqual(expected.asked);
      expect(offers(declined, "card")).toBe(expected.card_offered);
      expect(declined.body.payment_options.length).toBeGreaterThanOrEqual(2);
    });

    it("says nothing of a lost card, and does not ask the bank about that card again", async () => {
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4000000000009987");
      expect(JSON.stringify(confirmed.body)).not.toMatch(/lost|stolen|pickup/i);
      expect(offers(confirmed, "card")).toBe(false);
      expect(confirmed.body.declined_options).toEqual([
        expect.objectContaining({ method: "card", another_instrument: true }),
      ]);

      for (const option_id of ["pp_sandbox_a:card", "pp_sandbox_b:card"]) {
        const again = await shopper.pay(option_id, "4000000000009987");
        expect([option_id, again.confirmed.status]).toEqual([option_id, 402]);
        expect([option_id, await authorizations(shopper)]).toEqual([option_id, { a: 1 }]);
      }

      const other_card = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
      expect(other_card.confirmed.body).toMatchObject({ type: "order", order: { display_id: 1 } });
    });

    it("tells a decline in Arabic when the shopper reads Arabic", async () => {
      const shopper = await running.shopper();
      const started = await shopper.start("pp_sandbox_a:card");
      const declined = await shopper.post(
        `/store/carts/${shopper.cart_id}/payment-attempts/${started.body.payment_attempt.id}/confirm`,
        { data: { card: cardOf("4000000000009995") } },
        { "x-medusa-locale": "ar" },
      );
      expect(declined.body.decline.message).toMatch(/[\u0600-\u06FF]/);
      expect(declined.body.payment_options[0].title).toMatch(/[\u0600-\u06FF]|Pay/);
    });

    it("stops after ten attempts of one cart with 429, and promises no time at which it goes on", async () => {
      const shopper = await running.shopper();
      for (let tries = 0; tries < 10; tries += 1) {
        expect((await shopper.start("pp_sandbox_a:card")).status).toBe(200);
      }
      const eleventh = await shopper.start("pp_sandbox_a:card");
      expect([eleventh.status, eleventh.body.code]).toEqual([429, "attempts_used_up"]);
      expect(eleventh.body.message).toMatch(/contact the store/);
      expect(eleventh.headers.get("retry-after")).toBeNull();
    });
  });

  describe("what is left of a cart's recovery budget", () => {
    it("is told from its attempts: a second card is not asked about twice, nor a third provider", async () => {
      const shopper = await running.shopper();
      const first = await shopper.start("pp_sandbox_a:card");
      await shopper.confirm(first.body.payment_attempt.id, { token: "tok_processing_error" });
      expect(await authorizations(shopper)).toEqual({ a: 2, b: 1 });

      const second = await shopper.start("pp_sandbox_a:card");
      const { provider_id } = second.body.payment_attempt;
      const refused = await shopper.confirm(second.body.payment_attempt.id, {
        token: "tok_issuer_not_available",
      });
      expect(refused.body.decline).toMatchObject({
        category: "issuer_transient",
        recovery: "choose_another_method",
      });
      expect(await authorizations(shopper)).toEqual(
        provider_id === "pp_sandbox_a" ? { a: 3, b: 1 } : { a: 2, b: 2 },
      );
    });

    it("lets a bank's plain no be put to another provider once for the cart", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", "4000000000000002");
      expect(await authorizations(shopper)).toEqual({ a: 1, b: 1 });
      const second = await shopper.start("pp_sandbox_a:card");
      await shopper.confirm(second.body.payment_attempt.id, { token: "tok_call_issuer" });
      const asked = Object.values(await authorizations(shopper));
      expect(asked.reduce((sum, times) => sum + times)).toBe(3);
    });
  });

  describe("a payment refused as suspected fraud", () => {
    afterEach(() => {
      tenderModule(running.container()).options.risk_switch = false;
    });

    it.each([
      [false, { a: 1 }],
      [true, { a: 1, b: 1 }],
    ])("is put to another provider when the operator's option risk_switch is %s: %j", async (on, asked) => {
      tenderModule(running.container()).options.risk_switch = on;
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", "4100000000000019");
      expect(await authorizations(shopper)).toEqual(asked);
    });
  });

  describe("a refusal that says the payment may have been made already", () => {
    const DUPLICATE = "4000009990000047";

    it("is read at once: unpaid for certain, it is a refusal with the other ways to pay", async () => {
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", DUPLICATE);
      expect(confirmed.status).toBe(402);
      expect(confirmed.body.decline).toMatchObject({
        category: "reconcile",
        recovery: "choose_another_method",
      });
      expect(confirmed.body.decline.message).not.toMatch(/checking/i);
      const other_card = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
      expect(other_card.confirmed.body).toMatchObject({ type: "order" });
    });

    it("places the order when it turns out to be paid", async () => {
      const { gateway } = findGateway(running.container(), "pp_sandbox_a")!;
      const confirm = gateway.confirmPayment.bind(gateway);
      const told = jest.spyOn(gateway, "confirmPayment").mockImplementationOnce(async (...asked) => {
        const { snapshot } = await confirm(...asked);
        return { type: "declined", decline: { category: "reconcile", code: "already_paid" }, snapshot };
      });
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
      told.mockRestore();
      expect(confirmed.body).toMatchObject({ type: "order", order: { display_id: 1 } });
      expect(await authorizations(shopper)).toEqual({ a: 1 });
    });

    it("is pending while the payment shows neither, and keeps the cart from being paid another way", async () => {
      const { gateway } = findGateway(running.container(), "pp_sandbox_a")!;
      const told = jest.spyOn(gateway, "confirmPayment").mockImplementationOnce(async (reference) => {
        const snapshot = await gateway.retrievePayment(reference, AbortSignal.timeout(5_000));
        return { type: "declined", decline: { category: "reconcile", code: "in_progress" }, snapshot };
      });
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
      told.mockRestore();
      expect(confirmed.body).toMatchObject({ type: "pending", payment_attempt: { status: "unknown" } });
      expect((await shopper.start("pp_sandbox_b:card")).body).toMatchObject({ code: "payment_unknown" });
    });

    it("is pending while the gateway cannot be read, and then says what the payment says", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ operation: "retrieve", fault: "http_500" });
      const { confirmed, started } = await shopper.pay("pp_sandbox_a:card", DUPLICATE);
      expect(confirmed.status).toBe(200);
      expect(confirmed.body).toMatchObject({
        type: "pending",
        payment_attempt: { status: "unknown", decline: null, next_action: { type: "wait" } },
      });
      expect((await shopper.start("pp_sandbox_b:card")).body).toMatchObject({ code: "payment_unknown" });

      await running.bank().clearFaults();
      await makeDue(running.container());
      await reconcile(running.container());
      const { body } = await shopper.attempt(started.body.payment_attempt.id);
      expect(body.payment_attempt).toMatchObject({
        status: "declined",
        decline: { recovery: "choose_another_method" },
      });
      const again = await shopper.confirm(started.body.payment_attempt.id);
      expect(again.status).toBe(402);
      expect(again.body.payment_options.length).toBeGreaterThanOrEqual(2);
    });

    it("is looked at by the reconciler too where nobody read it", async () => {
      const shopper = await running.shopper();
      const started = await shopper.start("pp_sandbox_a:card", { token: "tok_duplicate_transaction" });
      const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      expect(completed.body).toMatchObject({ type: "cart" });
      const attempts = await attemptsOf(running.container(), shopper.cart_id);
      expect(attempts).toEqual([
        expect.objectContaining({
          id: started.body.payment_attempt.id,
          status: "declined",
          next_check_at: expect.any(Date),
        }),
      ]);
    });
  });

  describe("a refusal that asks for 3-D Secure", () => {
    const SOFT_DECLINED = "4000009990000096";

    it.each([
      ["approve", 200, "order"],
      ["fail", 402, "declined"],
    ])(
      "sends the shopper to the bank with the card in hand; %s there is answered with %s %s",
      async (choice, status, type) => {
        const shopper = await running.shopper();
        const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", SOFT_DECLINED);
        expect(confirmed.body).toMatchObject({
          type: "action_required",
          payment_attempt: {
            id: started.body.payment_attempt.id,
            next_action: { type: "redirect", reason: "three_d_secure" },
          },
        });
        expect(await authorizations(shopper)).toEqual({ a: 2 });
        await decide(confirmed.body.payment_attempt.next_action.url, choice);
        const after = await shopper.confirm(started.body.payment_attempt.id);
        expect([after.status, after.body.type]).toEqual([status, type]);
      },
    );

    it("is made once: a failed challenge leads to another card or method, whoever heard of it first", async () => {
      const shopper = await running.shopper();
      const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", SOFT_DECLINED);
      await decide(confirmed.body.payment_attempt.next_action.url, "fail");
      await makeDue(running.container());
      await reconcile(running.container());
      const after = await shopper.confirm(started.body.payment_attempt.id);
      expect(after.body.decline).toMatchObject({ recovery: "choose_another_method" });
      expect(await authorizations(shopper)).toEqual({ a: 2 });
    });

    it("keeps the option where the card is not at hand, and the next card is asked to authenticate", async () => {
      const shopper = await running.shopper();
      const first = await shopper.start("pp_sandbox_a:card", { token: "tok_authentication_required" });
      const refused = await shopper.confirm(first.body.payment_attempt.id);
      expect(refused.status).toBe(402);
      expect(refused.body.decline).toMatchObject({ category: "authenticate", recovery: "authenticate" });
      expect(offers(refused, "card")).toBe(true);

      const { confirmed } = await shopper.pay("pp_sandbox_a:card", SOFT_DECLINED);
      expect(confirmed.body).toMatchObject({
        type: "action_required",
        payment_attempt: { next_action: { reason: "three_d_secure" } },
      });
      expect(await authorizations(shopper)).toEqual({ a: 2 });
    });
  });

  describe("3-D Secure", () => {
    it.each([
      ["approve", 200, "order"],
      ["fail", 402, "declined"],
      ["close", 200, "action_required"],
    ])("when the shopper chooses %s the answer is %s %s", async (choice, status, type) => {
      const shopper = await running.shopper();
      const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", "4000002760003184");
      expect(confirmed.body).toMatchObject({
        type: "action_required",
        payment_attempt: { next_action: { type: "redirect", reason: "three_d_secure" } },
      });
      await decide(confirmed.body.payment_attempt.next_action.url, choice);
      const after = await shopper.confirm(started.body.payment_attempt.id);
      expect([after.status, after.body.type]).toEqual([status, type]);
    });
  });

  /** How often each sandbox was asked to authorize this cart: `{ a: 2, b: 1 }`. */
  async function authorizations(shopper: Shopper): Promise<Record<string, number>> {
    const counts = await authorizationsOf(running.container(), shopper.cart_id);
    return Object.fromEntries(
      Object.entries(counts).map(([id, count]) => [id.replace("pp_sandbox_", ""), count]),
    );
  }
});

function offers(answer: Answer, method: string): boolean {
  return answer.body.payment_options.some((option: { method: string }) => option.method === method);
}
