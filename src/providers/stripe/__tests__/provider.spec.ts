import { logger } from "@medusajs/framework/logger";
import { PROVIDER_OPTION } from "../../../gateway/provider-option";
import { MedusaPayments, MemoryJournal } from "../../../testing";
import { StripePaymentProvider } from "..";
import { officialPaymentIn } from "../official-plugin";
import { API_KEY, refused, Stub, WEBHOOK_SECRET } from "./support";

const OPTIONS = { api_key: API_KEY, webhook_secret: WEBHOOK_SECRET, [PROVIDER_OPTION]: "main" };
const HOLDER = { account_holder: { data: { id: "cus_1" } } };

describe("the Stripe provider", () => {
  let stub: Stub;
  let warnings: jest.SpyInstance;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  beforeEach(() => {
    warnings = jest.spyOn(logger, "warn").mockImplementation();
  });
  afterEach(() => warnings.mockRestore());
  afterAll(() => stub.stop());

  const provider = (options: Record<string, unknown> = {}) =>
    new StripePaymentProvider(new MedusaPayments(new MemoryJournal()).cradle, {
      ...OPTIONS,
      api_url: stub.url,
      ...options,
    });

  it("goes by the name of the one it replaces", () => {
    expect(provider().provider_id).toBe("pp_stripe_main");
  });

  it("warns at start when its webhooks cannot be checked", () => {
    StripePaymentProvider.validateOptions(OPTIONS);
    expect(warnings).not.toHaveBeenCalled();
    StripePaymentProvider.validateOptions({ ...OPTIONS, webhook_secret: undefined });
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining("webhook_secret"));
  });

  it("does not start with options that are wrong", () => {
    expect(() => StripePaymentProvider.validateOptions({ ...OPTIONS, capture: "later" })).toThrow(
      '"capture"',
    );
  });

  it("keeps a method without a payment, and hands the browser what it needs", async () => {
    stub.answersWith({
      body: { id: "seti_1", object: "setup_intent", status: "requires_payment_method", client_secret: "s" },
    });
    const saved = await provider().savePaymentMethod({
      data: {},
      context: { ...HOLDER, idempotency_key: "key" },
    });
    expect(saved).toEqual({
      id: "seti_1",
      data: { id: "seti_1", client_secret: "s", status: "requires_payment_method" },
    });
  });

  it("needs an account holder for that", async () => {
    const saving = provider().savePaymentMethod({ data: {}, context: {} });
    await expect(saving).rejects.toThrow("no account holder");
  });

  it("leaves Stripe's customer unless asked to delete it", async () => {
    stub.answersWith({ body: { id: "cus_1", object: "customer", deleted: true } });
    await provider().deleteAccountHolder({ context: HOLDER });
    expect(stub.received).toEqual([]);
    await provider({ delete_customers: true }).deleteAccountHolder({ context: HOLDER });
    expect(stub.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "DELETE /v1/customers/cus_1",
    ]);
  });

  it("tells the operator why wallet buttons will not show, and works all the same", async () => {
    stub.answersWith(refused({ code: "secret_key_required" }, 403));
    provider({ wallet_domains: ["shop.example"] });
    while (warnings.mock.calls.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining("wallet domains could not be registered"));
  });

  it.each([
    [{ id: "pi_1", object: "payment_intent", metadata: { session_id: "payses_1" } }, "pi_1", "payses_1"],
    [{ id: "pi_1", object: "payment_intent", metadata: {} }, "pi_1", undefined],
  ])("knows the official plugin's data %j", (data, reference, payment_session_id) => {
    expect(officialPaymentIn(data)).toEqual({ reference, ...(payment_session_id && { payment_session_id }) });
  });

  it.each([
    [{}],
    [{ id: "pi_1" }],
    [{ id: "../refunds", object: "payment_intent" }],
    [{ id: 7, object: "payment_intent" }],
  ])("does not take %j for it", (data) => {
    expect(officialPaymentIn(data)).toBeUndefined();
  });
});
