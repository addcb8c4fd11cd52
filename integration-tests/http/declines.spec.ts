import { withRunningStore } from "../support/suite";
import { authorizationsOf } from "../support/journal";
import { cardOf, type Answer, type Shopper } from "../support/shopper";

/**
 * What each kind of refusal leads to, as in the table of recovery rules: the answer's action, whether the card
 * option is still offered, and how often which provider was asked (twice is a silent retry, the other one a switch).
 */
const CASES: {
  token: string;
  shown: string;
  recovery: string;
  card_offered: boolean;
  /** How often each provider was asked to authorize. */
  asked: Record<string, number>;
}[] = [
  {
    token: "tok_authentication_required",
    shown: "authenticate",
    recovery: "authenticate",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_processing_error",
    shown: "provider_transient",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 2, b: 1 },
  },
  {
    token: "tok_issuer_not_available",
    shown: "issuer_transient",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 2 },
  },
  {
    token: "tok_generic_decline",
    shown: "issuer_generic",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1, b: 1 },
  },
  {
    token: "tok_do_not_honor",
    shown: "issuer_refused",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_insufficient_funds",
    shown: "funds_limit",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_incorrect_cvc",
    shown: "fix_data",
    recovery: "fix_details",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_expired_card",
    shown: "instrument_unusable",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_card_not_supported",
    shown: "unsupported_here",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1, b: 1 },
  },
  {
    token: "tok_lost_card",
    shown: "issuer_generic",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_highest_risk_level",
    shown: "issuer_generic",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_compliance_violation",
    shown: "compliance",
    recovery: "stop",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_duplicate_transaction",
    shown: "reconcile",
    recovery: "reconcile",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_account_capability_missing",
    shown: "merchant_config",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1, b: 1 },
  },
  {
    token: "tok_payment_expired",
    shown: "session_expired",
    recovery: "retry",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_unlisted_code",
    shown: "unclassified",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
];

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

    it("stops after ten attempts of one cart with 429 and Retry-After", async () => {
      const shopper = await running.shopper();
      for (let tries = 0; tries < 10; tries += 1) {
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4000000000000127");
        expect(confirmed.status).toBe(402);
      }
      const eleventh = await shopper.start("pp_sandbox_a:card");
      expect(eleventh.status).toBe(429);
      expect(eleventh.headers.get("retry-after")).toMatch(/^\d+$/);
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

/** Does on the bank's page what the shopper would: presses the button. */
async function decide(url: string, choice: string): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(url).origin },
    body: new URLSearchParams({ decision: choice }),
  });
  expect(answer.status).toBe(303);
}
