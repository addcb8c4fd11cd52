import { randomUUID } from "node:crypto";
import { money, type CallContext } from "../../src/gateway";
import { StripeGateway } from "../../src/providers/stripe/gateway";
import { isTestMode, parseOptions } from "../../src/providers/stripe/options";

/**
 * Against an account of Stripe's in test mode, whose key is in `STRIPE_API_KEY`; skipped without one. It makes payments
 * and customers there. `STRIPE_API_URL` names another address, such as the simulator's.
 */
const { STRIPE_API_KEY: api_key, STRIPE_API_URL: api_url } = process.env;

const TEN_EUROS = money(1_000n, "EUR");
const PATIENCE_MS = 30_000;

if (api_key) {
  describe("an account at Stripe", () => withAccount(api_key));
} else {
  it.skip("the Stripe gateway at an account of Stripe's (skipped: STRIPE_API_KEY is not set)", () =>
    undefined);
}

function withAccount(api_key: string): void {
  const options = parseOptions({
    api_key,
    ...(api_url && { api_url }),
    return_url: "https://shop.example/back",
  });
  const gateway = new StripeGateway(options);

  beforeAll(() => {
    if (!isTestMode(options)) {
      throw new Error("STRIPE_API_KEY is no key of Stripe's test mode. Nothing was sent.");
    }
  });

  const call = (): CallContext => ({
    idempotency_key: randomUUID(),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

  async function open(customer?: string): Promise<string> {
    const { snapshot } = await gateway.createPayment(
      {
        ...{ method: "card", amount: TEN_EUROS, attempt_id: `payatt_${randomUUID()}`, data: undefined },
        ...(customer !== undefined && { customer: { gateway_customer_id: customer } }),
      },
      call(),
    );
    return snapshot.reference;
  }

  const confirm = (
    reference: string,
    data: unknown,
    more: { off_session?: true; authenticate?: true } = {},
  ) => gateway.confirmPayment(reference, { method: "card", amount: TEN_EUROS, data, ...more }, call());

  async function authorized(): Promise<string> {
    const reference = await open();
    expect(await confirm(reference, { payment_method: "pm_card_visa" })).toMatchObject({ type: "approved" });
    return reference;
  }

  it("can be reached", async () => {
    await gateway.ping(AbortSignal.timeout(PATIENCE_MS));
  });

  it("reserves, captures a part, and gives a part back", async () => {
    const reference = await authorized();
    expect(await gateway.retrievePayment(reference, AbortSignal.timeout(PATIENCE_MS))).toMatchObject({
      status: "authorized",
      authorized: TEN_EUROS,
      authorization_expires_at: expect.any(Date),
    });
    const taken = await gateway.capturePayment(reference, money(600n, "EUR"), call());
    expect(taken).toMatchObject({ captured: money(600n, "EUR"), refunded: money(0n, "EUR") });
    expect(await gateway.refundPayment(reference, money(200n, "EUR"), call())).toMatchObject({
      captured: money(600n, "EUR"),
      refunded: money(200n, "EUR"),
    });
  });

  it("re-prices, and voids", async () => {
    const reference = await open();
    const repriced = await gateway.updatePayment(reference, money(700n, "EUR"), call());
    expect(repriced.snapshot.amount).toEqual(money(700n, "EUR"));
    expect(await gateway.cancelPayment(await authorized(), call())).toMatchObject({
      status: "canceled",
      refunded: money(0n, "EUR"),
    });
  });

  it.each([
    ["pm_card_chargeDeclined", "generic_decline", "issuer_generic"],
    ["pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds", "funds_limit"],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "fix_data"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "instrument_unusable"],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", "provider_transient"],
  ])("refuses %s as %s", async (payment_method, code, category) => {
    expect(await confirm(await open(), { payment_method })).toMatchObject({
      type: "declined",
      decline: { code, category },
    });
  });

  it("asks for 3-D Secure", async () => {
    expect(await confirm(await open(), { payment_method: "pm_card_threeDSecure2Required" })).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", reason: "three_d_secure" },
    });
  });

  it("keeps a card, charges it without the customer, and forgets it", async () => {
    const customer = await gateway.customers.ensure(
      { id: `cus_${randomUUID()}`, email: "test@example.com" },
      call(),
    );
    await confirm(await open(customer), { payment_method: "pm_card_visa", save: true });
    const [saved] = await gateway.saved_methods.list(customer);
    expect(saved).toMatchObject({ method: "card", last4: "4242" });
    const again = await confirm(await open(customer), { saved_method_id: saved?.id }, { off_session: true });
    expect(again.type).toBe("approved");
    await gateway.saved_methods.remove(customer, String(saved?.id));
    expect(await gateway.saved_methods.list(customer)).toEqual([]);
    await gateway.customers.erase(customer);
  });
}
