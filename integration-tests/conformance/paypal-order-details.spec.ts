import { randomUUID } from "node:crypto";
import { logger } from "@medusajs/framework/logger";
import { breakdownOf, money, type Money, type OrderDetails } from "../../src/gateway";
import { Seeded } from "../../src/gateway/__tests__/seeded";
import { call } from "../../src/providers/paypal/__tests__/support";
import { PayPalGateway } from "../../src/providers/paypal/gateway";
import { parseOptions } from "../../src/providers/paypal/options";
import { startPaypalSimulator, type PaypalSimulator } from "../simulators/paypal";
import { CARD_WITH_QUESTION, enterCard } from "../support/paypal-card-fields";

const KEYS = { client_id: "client-id-of-the-store", client_secret: "client-secret-of-the-store" };
const AMERICAN = { client_id: "client-id-in-america", client_secret: "client-secret-in-america" };
const BERLIN = {
  name: "Sam Shopper",
  line_1: "Street 1",
  city: "Berlin",
  postal_code: "10115",
  country: "DE",
};
const PRICES = [6_490n, 1_250n, 333n];

/** What PayPal is told beside the amount, checked by its simulator as PayPal checks it. */
describe("an order at PayPal", () => {
  let simulator: PaypalSimulator;
  let warnings: jest.SpyInstance;

  beforeAll(async () => {
    simulator = await startPaypalSimulator({
      accounts: [
        { ...KEYS, country: "DE" },
        { ...AMERICAN, country: "US" },
      ],
    });
  });
  beforeEach(() => {
    warnings = jest.spyOn(logger, "warn").mockImplementation();
  });
  afterEach(() => warnings.mockRestore());
  afterAll(() => simulator.stop());

  const gatewayOf = (more: object = {}) =>
    new PayPalGateway(
      parseOptions({ ...KEYS, methods: ["paypal", "card"], api_url: simulator.url, ...more }),
    );
  const unitOf = (reference: string) => simulator.api.order(reference).purchase_units?.[0];
  const asked = (operation: string) =>
    simulator.api.requests().filter((request) => request.operation === operation).length;

  async function made(amount: Money, order?: OrderDetails, by = gatewayOf()): Promise<string> {
    const attempt_id = `payatt_${randomUUID()}`;
    const input = { method: "paypal", amount, attempt_id, data: undefined, order };
    return (await by.createPayment(input, call())).snapshot.reference;
  }

  /** So many pieces of each, and where they go. */
  function bought(pieces: readonly number[], ship_to?: OrderDetails["ship_to"]): [Money, OrderDetails] {
    const lines = pieces.map((quantity, at) => ({
      name: `Item ${at}`,
      quantity,
      kind: "physical" as const,
      unit_amount_minor: PRICES[at] ?? 100n,
    }));
    const goods = lines.reduce(
      (sum, { quantity, unit_amount_minor }) => sum + BigInt(quantity) * unit_amount_minor,
      0n,
    );
    const breakdown = { lines, shipping_minor: 490n, tax_minor: 0n, handling_minor: 0n, discount_minor: 0n };
    return [money(goods + 490n, "EUR"), { breakdown, ...(ship_to && { ship_to }) }];
  }

  it("shows its payer what they buy and where it goes, and is paid", async () => {
    const gateway = gatewayOf();
    const [amount, order] = bought([2, 1], BERLIN);
    const reference = await made(amount, order, gateway);
    expect(unitOf(reference)).toMatchObject({
      items: [
        { name: "Item 0", quantity: "2", unit_amount: { value: "64.90" } },
        { name: "Item 1", quantity: "1", unit_amount: { value: "12.50" } },
      ],
      amount: {
        value: "147.20",
        breakdown: { item_total: { value: "142.30" }, shipping: { value: "4.90" } },
      },
      shipping: { name: { full_name: "Sam Shopper" }, address: { country_code: "DE", postal_code: "10115" } },
    });
    simulator.api.approve(reference);
    const paid = await gateway.confirmPayment(
      reference,
      { method: "paypal", amount, data: undefined },
      call(),
    );
    expect(paid).toMatchObject({ type: "approved", snapshot: { authorized: amount } });
    expect(warnings).not.toHaveBeenCalled();
  });

  it("is changed together with what it says", async () => {
    const gateway = gatewayOf();
    const [amount, order] = bought([1], BERLIN);
    const reference = await made(amount, order, gateway);
    for (const pieces of [[1, 3], [2], [1, 1, 7]]) {
      const [dearer, changed] = bought(pieces, { ...BERLIN, line_1: `Street ${pieces.length}` });
      const { snapshot } = await gateway.updatePayment(reference, dearer, { ...call(), order: changed });
      expect(snapshot).toMatchObject({ reference, amount: dearer });
      const unit = unitOf(reference);
      expect(unit?.items?.map(({ quantity }) => Number(quantity))).toEqual(pieces);
      expect(unit?.shipping?.address?.address_line_1).toBe(`Street ${pieces.length}`);
    }
    const plain = money(12_345n, "EUR");
    await gateway.updatePayment(reference, plain, call());
    expect(unitOf(reference)).not.toHaveProperty("items");
    expect(unitOf(reference)?.amount).toEqual({ currency_code: "EUR", value: "123.45" });
    simulator.api.approve(reference);
    const paid = await gateway.confirmPayment(
      reference,
      { method: "paypal", amount: plain, data: undefined },
      call(),
    );
    expect(paid).toMatchObject({ type: "approved", snapshot: { authorized: plain } });
  });

  it("is made of the amount alone where PayPal refuses the address, and a repeat of the call is the same order", async () => {
    const gateway = gatewayOf();
    const { postal_code: _, ...incomplete } = BERLIN;
    const [amount, order] = bought([1], incomplete);
    const input = { method: "paypal", amount, attempt_id: "payatt_again", data: undefined, order };
    const once = call();
    const first = await gateway.createPayment(input, once);
    expect(unitOf(first.snapshot.reference)).not.toHaveProperty("items");
    expect(unitOf(first.snapshot.reference)).not.toHaveProperty("shipping");
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining("POSTAL_CODE_REQUIRED"));
    const orders = simulator.api.ledger().length;
    const again = await gateway.createPayment(input, { ...once, signal: AbortSignal.timeout(5000) });
    expect(again.snapshot.reference).toBe(first.snapshot.reference);
    expect(simulator.api.ledger()).toHaveLength(orders);
  });

  it("is replaced, not broken, where PayPal refuses what a changed cart says", async () => {
    const gateway = gatewayOf();
    const [amount, order] = bought([1], BERLIN);
    const reference = await made(amount, order, gateway);
    const [dearer, changed] = bought([2], { ...BERLIN, postal_code: undefined });
    await expect(
      gateway.updatePayment(reference, dearer, { ...call(), order: changed }),
    ).rejects.toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("POSTAL_CODE_REQUIRED"),
    });
    expect(unitOf(reference)?.amount?.value).toBe("69.80");
  });

  it.each([31, 32, 33])("takes whatever a cart comes to at the first call: seed %d", async (seed) => {
    const gateway = gatewayOf();
    const random = new Seeded(seed);
    for (let order = 0; order < 40; order += 1) {
      const currency = random.one(["EUR", "USD", "JPY", "HUF", "TWD"]);
      const coin = currency === "HUF" || currency === "TWD" ? 100n : 1n;
      const amount = money(BigInt(random.whole(1, 500_000)) * coin, currency);
      const lines = Array.from({ length: random.whole(1, 6) }, (_, at) => ({
        name: `Item ${at} ${"ö🫖".repeat(random.whole(0, 90))}`,
        sku: "S".repeat(random.whole(0, 200)),
        quantity: random.whole(1, 30),
        total: random.decimal(400, 4),
      }));
      const [shipping, tax, discount] = [1, 2, 3].map(() => [random.decimal(40, 3)]) as [
        string[],
        string[],
        string[],
      ];
      const breakdown = breakdownOf({ lines, shipping, tax, discount }, amount);
      const before = asked("orders.create");
      const reference = await made(amount, { breakdown, ship_to: BERLIN }, gateway);
      expect(asked("orders.create")).toBe(before + 1);
      expect(unitOf(reference)?.items?.length).toBe(lines.length);
    }
    expect(warnings).not.toHaveBeenCalled();
  });

  it.each([
    ["always", AMERICAN, true],
    ["when_required", AMERICAN, false],
    ["when_required", KEYS, true],
  ] as const)(
    "asks a card's holder by 3-D Secure %s as %j has it",
    async (three_d_secure, keys, is_asked) => {
      const gateway = gatewayOf({ ...keys, three_d_secure });
      const amount = money(1_000n, "USD");
      const attempt_id = `payatt_${randomUUID()}`;
      const input = { method: "card", amount, attempt_id, data: undefined };
      const { reference } = (await gateway.createPayment(input, call())).snapshot;
      await enterCard(simulator.url, { client_id: keys.client_id }, reference, CARD_WITH_QUESTION);
      const confirmed = await gateway.confirmPayment(
        reference,
        { method: "card", amount, data: undefined },
        call(),
      );
      expect(confirmed).toMatchObject(
        is_asked
          ? { type: "action_required", next_action: { reason: "three_d_secure" } }
          : { type: "approved", snapshot: { authorized: amount } },
      );
    },
  );
});
