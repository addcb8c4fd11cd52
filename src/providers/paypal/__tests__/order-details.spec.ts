import { logger } from "@medusajs/framework/logger";
import { Seeded } from "../../../gateway/__tests__/seeded";
import { money, type Money } from "../../../gateway/money";
import { breakdownOf, type OrderDetails } from "../../../gateway/order-details";
import type { CreatePaymentInput } from "../../../gateway/payment-gateway";
import { CURRENCIES, fromApiMoney } from "../amounts";
import { toldOf, type ToldOrder } from "../order-details";
import { call, errorOf, euros, order, ORDER_ID, refused, Stub } from "./support";

const TOTAL = money(2_090n, "EUR");
const BERLIN = {
  ...{ name: "Sam Shopper", line_1: "Street 1", line_2: "Floor 2" },
  ...{ city: "Berlin", postal_code: "10115", country: "DE" },
};
const DETAILS: OrderDetails = {
  breakdown: {
    lines: [
      {
        ...{ name: "Tea", description: "Green", sku: "TEA-1", kind: "physical" },
        ...{ quantity: 2, unit_amount_minor: 500n },
      },
      { name: "E-book", kind: "digital", quantity: 1, unit_amount_minor: 900n },
    ],
    ...{ shipping_minor: 400n, tax_minor: 190n, handling_minor: 1n, discount_minor: 401n },
  },
  ship_to: BERLIN,
};

/** As PayPal's names go over the wire. */
const PARTS = {
  ...euros("20.90"),
  breakdown: {
    item_total: euros("19.00"),
    shipping: euros("4.00"),
    tax_total: euros("1.90"),
    handling: euros("0.01"),
    discount: euros("4.01"),
  },
};
const ITEMS = [
  {
    ...{ name: "Tea", description: "Green", sku: "TEA-1", category: "PHYSICAL_GOODS" },
    ...{ unit_amount: euros("5.00"), quantity: "2" },
  },
  { name: "E-book", category: "DIGITAL_GOODS", unit_amount: euros("9.00"), quantity: "1" },
];
const ADDRESS = {
  ...{ address_line_1: "Street 1", address_line_2: "Floor 2" },
  ...{ admin_area_2: "Berlin", postal_code: "10115", country_code: "DE" },
};
const SHIPPING = { name: { full_name: "Sam Shopper" }, address: ADDRESS };
const TOLD_BEFORE = { amount: PARTS, items: ITEMS, shipping: SHIPPING };

const creating = (more: Partial<CreatePaymentInput> = {}): CreatePaymentInput => ({
  ...{ method: "paypal", amount: TOTAL, attempt_id: "payatt_1", data: {}, order: DETAILS },
  ...more,
});

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

describe("an order at PayPal", () => {
  it("says what is bought, what it is made up of, and where it goes", async () => {
    stub.answersWith({ status: 201, body: order() });
    await stub.gateway().createPayment(creating(), call());
    expect(stub.last?.json).toMatchObject({
      purchase_units: [{ amount: PARTS, items: ITEMS, shipping: SHIPPING, custom_id: "payatt_1" }],
      payment_source: { paypal: { experience_context: { shipping_preference: "SET_PROVIDED_ADDRESS" } } },
    });
  });

  it.each([
    ["paypal", "shipped", DETAILS, "SET_PROVIDED_ADDRESS"],
    ["paypal", "not shipped", { breakdown: DETAILS.breakdown }, "NO_SHIPPING"],
    ["venmo", "shipped", DETAILS, "SET_PROVIDED_ADDRESS"],
    ["venmo", "not shipped", { breakdown: DETAILS.breakdown }, "NO_SHIPPING"],
  ])("in %s that is %s asks its payer for no address", async (method, _shipped, details, expected) => {
    stub.answersWith({ status: 201, body: order() });
    await stub.gateway().createPayment(creating({ method, order: details }), call());
    expect(stub.last?.json).toMatchObject({
      payment_source: { [method]: { experience_context: { shipping_preference: expected } } },
    });
  });

  it("says nothing but the amount where the operator wants that, or nothing is known", async () => {
    for (const [options, details] of [
      [{ send_order_details: false }, DETAILS],
      [{}, undefined],
      [{}, {}],
    ] as const) {
      stub.answersWith({ status: 201, body: order() });
      await stub.gateway(options).createPayment(creating({ order: details }), call());
      const [unit] = (stub.last?.json as { purchase_units: object[] }).purchase_units;
      expect(unit).toEqual({ amount: euros("20.90"), custom_id: "payatt_1" });
    }
  });

  it.each([
    ["ITEM_TOTAL_MISMATCH", {}],
    ["POSTAL_CODE_REQUIRED", {}],
    ["INVALID_STRING_LENGTH", { field: "/purchase_units/0/items/0/name" }],
    ["INVALID_PARAMETER_VALUE", { field: "/purchase_units/0/shipping/address/admin_area_1" }],
  ])("that is refused for what it says (%s) is made of the amount alone", async (issue, at) => {
    const refusal = refused(issue, 422, { details: [{ issue, ...at }] });
    stub.answersWith(refusal, { status: 201, body: order() });
    const made = await stub.gateway().createPayment(creating(), call(5000, "payatt_1:create"));
    expect(made.snapshot.reference).toBe(ORDER_ID);
    expect(stub.received.map(({ headers }) => headers["paypal-request-id"])).toEqual([
      "payatt_1:create",
      "payatt_1:create:amount",
    ]);
    expect(stub.last?.json).toMatchObject({
      purchase_units: [{ amount: euros("20.90"), custom_id: "payatt_1" }],
      payment_source: { paypal: { experience_context: { shipping_preference: "NO_SHIPPING" } } },
    });
    expect(JSON.stringify(stub.last?.json)).not.toMatch(/Tea|Berlin|breakdown/);
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining(issue));
    expect(JSON.stringify(warnings.mock.calls)).not.toMatch(/Sam|Berlin|Tea/);
  });

  it.each([
    ["for another reason", refused("PAYEE_ACCOUNT_RESTRICTED"), "misconfigured"],
    ["without an answer", "reset", "unknown"],
    ["by a page of a proxy", { status: 500, body: "ITEM_TOTAL_MISMATCH" }, "unknown"],
  ] as const)("that fails %s is not made a second time", async (_case, answer, kind) => {
    stub.answersWith(answer);
    expect(await errorOf(stub.gateway().createPayment(creating(), call()))).toMatchObject({ kind });
    expect(stub.received).toHaveLength(1);
  });

  it("is refused only once where the amount alone is refused too", async () => {
    stub.answersWith(refused("AMOUNT_MISMATCH"));
    const error = await errorOf(stub.gateway().createPayment(creating(), call()));
    expect(error).toMatchObject({ kind: "misconfigured" });
    expect(stub.received).toHaveLength(2);
  });
});

describe("an order whose cart changes", () => {
  const path = (attribute: string) => `/purchase_units/@reference_id=='default'/${attribute}`;
  const before = (unit: object) => ({ body: order({}, undefined, unit) });
  const change = (told: object, details?: OrderDetails) => {
    stub.answersWith(before(told), { status: 204 }, before({}));
    return stub.gateway().updatePayment(ORDER_ID, TOTAL, { ...call(), order: details });
  };

  it("says what is bought now, in place of what it said before", async () => {
    await change(TOLD_BEFORE, DETAILS);
    expect(stub.received[1]?.json).toEqual([
      { op: "replace", path: path("amount"), value: PARTS },
      { op: "replace", path: path("items"), value: ITEMS },
      { op: "replace", path: path("shipping/address"), value: ADDRESS },
      { op: "replace", path: path("shipping/name"), value: SHIPPING.name },
    ]);
  });

  it("says it for the first time where it said nothing", async () => {
    await change({}, { breakdown: DETAILS.breakdown });
    expect(stub.received[1]?.json).toEqual([
      { op: "replace", path: path("amount"), value: PARTS },
      { op: "add", path: path("items"), value: ITEMS },
    ]);
  });

  it("says no more than the amount where nothing else is known, and forgets the items", async () => {
    await change(TOLD_BEFORE);
    expect(stub.received[1]?.json).toEqual([
      { op: "replace", path: path("amount"), value: euros("20.90") },
      { op: "remove", path: path("items") },
    ]);
  });

  it.each([
    ["is shipped now", { amount: PARTS, items: ITEMS }, DETAILS],
    ["is not shipped any more", TOLD_BEFORE, { breakdown: DETAILS.breakdown }],
  ])("is replaced when it %s", async (_case, told, details) => {
    expect(await errorOf(change(told, details))).toMatchObject({ kind: "invalid_data" });
    expect(stub.asked).toEqual([`GET /v2/checkout/orders/${ORDER_ID}`]);
  });

  it("is replaced when PayPal does not take what it says now", async () => {
    stub.answersWith(before(TOLD_BEFORE), refused("AMOUNT_MISMATCH"));
    const changed = stub.gateway().updatePayment(ORDER_ID, TOTAL, { ...call(), order: DETAILS });
    expect(await errorOf(changed)).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("AMOUNT_MISMATCH"),
    });
  });
});

describe("what PayPal is told", () => {
  const told = (details: OrderDetails, amount: Money = TOTAL) =>
    toldOf(details, amount, { send_order_details: true });

  it("has whole forints, as PayPal counts them", () => {
    const amount = money(300_000n, "HUF");
    const order = { lines: [{ name: "Tea", quantity: 3, total: "2362.20" }], tax: ["637.80"] };
    const breakdown = breakdownOf({ ...order, shipping: [], discount: [] }, amount);
    expect(told({ breakdown }, amount)).toMatchObject({
      breakdown: { itemTotal: { value: "2362" }, taxTotal: { value: "638" } },
      items: [{ name: "3 × Tea", quantity: "1", unitAmount: { value: "2362" } }],
    });
  });

  it.each([
    [{ country: "CN" }, { countryCode: "C2" }],
    [
      { country: "US", province: "us-ca" },
      { countryCode: "US", adminArea1: "CA" },
    ],
    [{ country: "US", province: "CA" }, { adminArea1: "CA" }],
    [{ country: "IT", province: "Roma" }, { adminArea1: "Roma" }],
    [{ city: "Berlin\n\u0000 Mitte" }, { adminArea2: "Berlin Mitte" }],
  ])("has addresses as PayPal writes them: %j", (given, expected) => {
    expect(told({ ship_to: { ...BERLIN, ...given } }).shipping?.address).toMatchObject(expected);
  });

  it.each([{ city: undefined }, { city: "  " }, { line_1: "" }, { country: "D" }])(
    "has no address that is none: %j",
    (missing) => {
      expect(told({ ship_to: { ...BERLIN, ...missing } })).toEqual({});
    },
  );

  it.each([21, 22, 23, 24, 25, 26])("is what PayPal takes, whatever the order: seed %d", (seed) => {
    const random = new Seeded(seed);
    for (let made = 0; made < 500; made += 1) {
      const { details, amount } = anyDetails(random);
      const sent = told(details, amount);
      assertSums(sent, amount);
      assertLengths(sent);
    }
  });
});

/** Orders v2: "the amount equals item_total plus tax_total plus shipping plus handling […] minus discount". */
function assertSums({ breakdown, items = [] }: ToldOrder, amount: Money): void {
  if (!breakdown) {
    throw new Error("Nothing was told.");
  }
  const minor = (api: { currencyCode: string; value: string } | undefined): bigint => {
    expect(api?.value ?? "0").toMatch(/^\d+(\.\d\d)?$/);
    return api ? fromApiMoney(api).amount_minor : 0n;
  };
  const { itemTotal, taxTotal, shipping, handling, discount } = breakdown;
  const added = minor(itemTotal) + minor(taxTotal) + minor(shipping) + minor(handling);
  expect(added - minor(discount)).toBe(amount.amount_minor);
  const goods = items.reduce(
    (sum, { unitAmount, quantity }) => sum + minor(unitAmount) * BigInt(quantity),
    0n,
  );
  expect(goods).toBe(minor(itemTotal));
}

function assertLengths({ items = [], shipping }: ToldOrder): void {
  for (const { name, sku = "", description = "", quantity } of items) {
    expect(name.length).toBeGreaterThanOrEqual(1);
    expect(Math.max(name.length, sku.length, description.length)).toBeLessThanOrEqual(127);
    expect([name, sku, description].every(isWhole)).toBe(true);
    expect(quantity).toMatch(/^[1-9][0-9]{0,9}$/);
  }
  const { addressLine1 = "", adminArea2 = "", adminArea1 = "", postalCode = "" } = shipping?.address ?? {};
  expect(addressLine1.length).toBeLessThanOrEqual(300);
  expect(adminArea2.length).toBeLessThanOrEqual(120);
  expect(adminArea1.length).toBeLessThanOrEqual(300);
  expect(postalCode.length).toBeLessThanOrEqual(60);
  expect((shipping?.name?.fullName ?? "").length).toBeLessThanOrEqual(300);
}

/** No half of a character that takes two UTF-16 units. */
function isWhole(text: string): boolean {
  return Buffer.from(text, "utf8").toString("utf8") === text;
}

function anyDetails(random: Seeded): { details: OrderDetails; amount: Money } {
  const currency = random.one(CURRENCIES);
  const coin = ["HUF", "TWD"].includes(currency) ? 100n : 1n;
  const amount = money(BigInt(random.whole(1, 2_000_000)) * coin, currency);
  const text = () => random.one(["Tea ", "ö", "🫖", "\n", " ", "茶"]).repeat(random.whole(0, 400));
  const lines = Array.from({ length: random.whole(1, 8) }, () => ({
    ...{ name: text(), description: text(), sku: text() },
    quantity: random.often(0.2) ? random.decimal(3, 2) : random.whole(1, 9_999),
    total: random.decimal(900, 4),
  }));
  const some = () => [random.decimal(90, 3)];
  const order = { lines: [...lines, { name: "Tea", quantity: 1, total: 1 }], shipping: some(), tax: some() };
  const breakdown = breakdownOf({ ...order, discount: some() }, amount);
  const ship_to = {
    ...{ name: text(), line_1: text(), line_2: text(), city: text(), province: text(), postal_code: text() },
    country: random.one(["DE", "US", "CN"]),
  };
  return { details: { breakdown, ship_to }, amount };
}
