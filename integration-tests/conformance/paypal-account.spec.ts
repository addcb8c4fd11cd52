import { randomUUID } from "node:crypto";
import { money } from "../../src/gateway";
import { call as callWithin } from "../../src/providers/paypal/__tests__/support";
import { PayPalGateway } from "../../src/providers/paypal/gateway";
import { parseOptions } from "../../src/providers/paypal/options";
import { CARD, enterCard } from "../support/paypal-card-fields";

/**
 * Against an app in PayPal's sandbox, whose keys are in `PAYPAL_CLIENT_ID` and `PAYPAL_CLIENT_SECRET`; skipped without
 * them. It makes orders there. Live keys are refused by the sandbox. `PAYPAL_API_URL` names another address, such as the
 * simulator's.
 */
const {
  PAYPAL_CLIENT_ID: client_id,
  PAYPAL_CLIENT_SECRET: client_secret,
  PAYPAL_API_URL: api_url,
} = process.env;

const SANDBOX = "https://api-m.sandbox.paypal.com";
const TEN_DOLLARS = money(1_000n, "USD");
const PATIENCE_MS = 30_000;

if (client_id && client_secret) {
  describe("an app in PayPal's sandbox", () => withApp({ client_id, client_secret }));
} else {
  it.skip("the PayPal gateway in PayPal's sandbox (skipped: PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET are not set)", () =>
    undefined);
}

type Keys = Readonly<{ client_id: string; client_secret: string }>;

function withApp(keys: Keys): void {
  const gatewayWith = (more: Readonly<Record<string, unknown>> = {}) =>
    new PayPalGateway(
      parseOptions({
        ...keys,
        environment: "sandbox",
        ...(api_url && { api_url }),
        methods: ["paypal", "card"],
        return_url: "https://shop.example/back",
        ...more,
      }),
    );
  const gateway = gatewayWith();

  const call = () => callWithin(PATIENCE_MS);
  const read = (reference: string) => gateway.retrievePayment(reference, AbortSignal.timeout(PATIENCE_MS));

  async function open(method = "paypal", by = gateway): Promise<string> {
    const attempt_id = `payatt_${randomUUID()}`;
    const input = { method, amount: TEN_DOLLARS, attempt_id, data: undefined };
    return (await by.createPayment(input, call())).snapshot.reference;
  }

  const confirm = (reference: string, method = "paypal", by = gateway) =>
    by.confirmPayment(reference, { method, amount: TEN_DOLLARS, data: undefined }, call());

  /** Of an app without advanced card payments this fails, and says so. */
  async function withCard(name = CARD.name, by = gateway) {
    const reference = await open("card", by);
    await enterCard(api_url ?? SANDBOX, keys, reference, { ...CARD, name });
    return { reference, outcome: await confirm(reference, "card", by) };
  }

  it("can be reached", async () => {
    await gateway.ping(AbortSignal.timeout(PATIENCE_MS));
  });

  it("refuses a wrong secret, which is said as such", async () => {
    const wrong = gatewayWith({ client_secret: "a-secret-that-is-wrong" });
    await expect(wrong.ping(AbortSignal.timeout(PATIENCE_MS))).rejects.toMatchObject({
      kind: "misconfigured",
      message: expect.stringContaining("client_secret"),
    });
  });

  it("sends the payer to its own page, and has nothing before they were there", async () => {
    const reference = await open();
    expect(await confirm(reference)).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", url: expect.stringContaining(reference) },
    });
    expect(await read(reference)).toMatchObject({
      amount: TEN_DOLLARS,
      authorized: money(0n, "USD"),
      captured: money(0n, "USD"),
    });
  });

  it("makes one order of a request that comes twice", async () => {
    const again = call();
    const input = {
      method: "paypal",
      amount: TEN_DOLLARS,
      data: undefined,
      attempt_id: `payatt_${randomUUID()}`,
    };
    const first = await gateway.createPayment(input, again);
    const second = await gateway.createPayment(input, again);
    expect(second.snapshot.reference).toBe(first.snapshot.reference);
  });

  it("re-prices an order, and gives it up", async () => {
    const reference = await open();
    const repriced = await gateway.updatePayment(reference, money(700n, "USD"), call());
    expect(repriced.snapshot.amount).toEqual(money(700n, "USD"));
    expect(await gateway.cancelPayment(reference, call())).toMatchObject({ status: "canceled" });
    expect(await read(reference)).toMatchObject({ status: "canceled" });
  });

  it("reserves on a card, captures in two parts, and gives a part back", async () => {
    const { reference, outcome } = await withCard();
    expect(outcome.type).toBe("approved");
    expect(await read(reference)).toMatchObject({
      status: "authorized",
      authorized: TEN_DOLLARS,
      authorization_expires_at: expect.any(Date),
    });
    expect(await gateway.capturePayment(reference, money(600n, "USD"), call())).toMatchObject({
      captured: money(600n, "USD"),
    });
    expect(await gateway.capturePayment(reference, money(400n, "USD"), call())).toMatchObject({
      captured: TEN_DOLLARS,
    });
    expect(await gateway.refundPayment(reference, money(700n, "USD"), call())).toMatchObject({
      captured: TEN_DOLLARS,
      refunded: money(700n, "USD"),
    });
  });

  it("voids what is reserved", async () => {
    const { reference } = await withCard();
    expect(await gateway.cancelPayment(reference, call())).toMatchObject({
      status: "canceled",
      captured: money(0n, "USD"),
    });
  });

  it("takes at once where that is wanted", async () => {
    const automatic = gatewayWith({ capture: "automatic" });
    const { outcome } = await withCard(CARD.name, automatic);
    expect(outcome.snapshot).toMatchObject({ status: "captured", captured: TEN_DOLLARS });
  });

  it.each([
    ["CCREJECT-REFUSED", "0500", "issuer_refused"],
    ["CCREJECT-IF", "5120", "funds_limit"],
    ["CCREJECT-EC", "5400", "instrument_unusable"],
    ["CCREJECT-CVV_F", "00N7", "fix_data"],
    ["CCREJECT-LS", "9520", "never"],
  ])("refuses the card of %s as %s", async (name, code, category) => {
    const { outcome } = await withCard(name);
    expect(outcome).toMatchObject({ type: "declined", decline: { code, category } });
  });
}
