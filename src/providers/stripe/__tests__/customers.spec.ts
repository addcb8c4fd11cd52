import { registerWalletDomains } from "../wallet-domains";
import { call, errorOf, refused, Stub } from "./support";

const MISSING = refused({ code: "resource_missing" }, 404);
const list = (...data: unknown[]) => ({ body: { object: "list", data, has_more: false } });

describe("customers at Stripe", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  const customers = () => stub.gateway().customers;
  const paths = () => stub.received.map(({ method, path }) => `${method} ${path}`);

  it("may be meant by the id of a payment method, which says not whose it is", () => {
    const { saved_methods } = stub.gateway();
    const sent = [{ payment_method: "pm_1" }, { confirmation_token: "ctoken_1" }, {}, undefined];
    expect(sent.map((data) => saved_methods.mayBeNamedIn(data))).toEqual([true, false, false, false]);
  });

  it("are found again by the store's own id (medusajs/medusa#15618)", async () => {
    stub.answersWith(
      list({ id: "cus_other", metadata: {} }, { id: "cus_1", metadata: { medusa_customer_id: "cus_m" } }),
    );
    expect(await customers().ensure({ id: "cus_m", email: "a@example.com" }, call())).toBe("cus_1");
    expect(stub.received).toHaveLength(1);
  });

  it("are made once, under a key that goes with the e-mail", async () => {
    stub.answersWith(list(), { body: { id: "cus_1", object: "customer" } }, list(), {
      body: { id: "cus_1", object: "customer" },
    });
    await customers().ensure({ id: "cus_m", email: "a@example.com" }, call(5000, "key"));
    await customers().ensure({ id: "cus_m", email: "b@example.com" }, call(5000, "key"));
    const keys = stub.received.flatMap(({ method, headers }) =>
      method === "POST" ? [String(headers["idempotency-key"])] : [],
    );
    expect(keys.every((key) => key.startsWith("key:"))).toBe(true);
    expect(new Set(keys).size).toBe(2);
    expect(stub.last?.form).toEqual({ email: "b@example.com", "metadata[medusa_customer_id]": "cus_m" });
  });

  it("keep methods, the default first", async () => {
    const card = { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2040 };
    stub.answersWith(list({ id: "pm_1", type: "sepa_debit" }, { id: "pm_2", type: "card", card }), {
      body: { id: "cus_1", object: "customer", invoice_settings: { default_payment_method: "pm_2" } },
    });
    expect(await customers().list("cus_1")).toEqual([
      { id: "pm_2", method: "card", ...card },
      { id: "pm_1", method: "sepa_debit" },
    ]);
  });

  it("keep none when they are gone", async () => {
    stub.answersWith(MISSING);
    expect(await customers().list("cus_1")).toEqual([]);
    await customers().remove("cus_1", "pm_1");
    await customers().erase("cus_1");
  });

  it("forget their own methods only", async () => {
    stub.answersWith({ body: { id: "pm_1", type: "card" } });
    await customers().remove("cus_1", "pm_1");
    expect(paths()).toEqual([
      "GET /v1/customers/cus_1/payment_methods/pm_1",
      "POST /v1/payment_methods/pm_1/detach",
    ]);
    stub.answersWith(MISSING);
    await customers().remove("cus_1", "pm_of_somebody_else");
    expect(stub.received).toHaveLength(1);
  });

  it("choose a default", async () => {
    stub.answersWith({ body: { id: "cus_1", object: "customer" } });
    await customers().setDefault("cus_1", "pm_1");
    expect(stub.last?.form).toEqual({ "invoice_settings[default_payment_method]": "pm_1" });
  });

  it("keep a method without paying", async () => {
    const setup = {
      id: "seti_1",
      object: "setup_intent",
      status: "requires_payment_method",
      client_secret: "s",
    };
    stub.answersWith({ body: setup });
    expect(await customers().save("cus_1", { customer: "cus_of_somebody_else" }, "key")).toEqual(setup);
    expect(stub.last?.form).toEqual({
      customer: "cus_1",
      usage: "off_session",
      "automatic_payment_methods[enabled]": "true",
    });
    expect(await errorOf(customers().save("cus_1", { payment_method: "4242" }, "key"))).toMatchObject({
      kind: "invalid_data",
    });
  });
});

describe("wallet domains", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  const domain = (more: Record<string, unknown> = {}) => ({
    id: "pmd_1",
    object: "payment_method_domain",
    domain_name: "shop.example",
    enabled: true,
    apple_pay: { status: "active" },
    google_pay: { status: "active" },
    link: { status: "active" },
    ...more,
  });
  const register = () =>
    registerWalletDomains(stub.gateway().client, ["shop.example"], AbortSignal.timeout(5000));
  const paths = () => stub.received.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  const ACTIVE = { active: true };

  it("that work are left alone", async () => {
    stub.answersWith(list(domain()));
    expect(await register()).toEqual([
      { domain: "shop.example", apple_pay: ACTIVE, google_pay: ACTIVE, link: ACTIVE },
    ]);
    expect(stub.received).toHaveLength(1);
  });

  it("that are missing are registered, those switched off switched on", async () => {
    stub.answersWith(list(), { body: domain() });
    await register();
    expect(paths()).toEqual(["GET /v1/payment_method_domains", "POST /v1/payment_method_domains"]);
    stub.answersWith(list(domain({ enabled: false })), { body: domain() });
    await register();
    expect(paths()).toEqual(["GET /v1/payment_method_domains", "POST /v1/payment_method_domains/pmd_1"]);
  });

  it("that do not work are checked again, and say why", async () => {
    const broken = domain({
      apple_pay: { status: "inactive", status_details: { error_message: "The file is not there." } },
    });
    stub.answersWith(list(broken), { body: broken });
    expect(await register()).toMatchObject([
      { apple_pay: { active: false, problem: "The file is not there." }, google_pay: ACTIVE },
    ]);
    expect(paths().at(-1)).toBe("POST /v1/payment_method_domains/pmd_1/validate");
  });
});
