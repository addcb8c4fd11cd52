import { Modules } from "@medusajs/framework/utils";
import { createPromotionsWorkflow } from "@medusajs/medusa/core-flows";
import { moneyFromDecimal, moneyToDecimal } from "../../src/gateway";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { orderOf, PAYPAL, PaypalAccount } from "../support/paypal-store";
import type { Shopper } from "../support/shopper";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

const ASSOCIATION = "7B227073704964223A22";
const account = new PaypalAccount();

/** What PayPal is told of a real cart of Medusa's, with the simulator checking that it sums. */
withRunningStore(
  (running) => {
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, [PAYPAL]);
    });
    afterAll(() => account.stop());

    const hand = () => account.simulator.api;
    const asked = (operation: string) =>
      hand()
        .requests()
        .filter((request) => request.operation === operation).length;
    const unitOf = (paypal_id: string) => hand().order(paypal_id).purchase_units?.[0];

    async function started(shopper: Shopper): Promise<{ attempt_id: string; paypal_id: string }> {
      const { status, body } = await shopper.start(`${PAYPAL}:paypal`);
      expect({ status, body }).toMatchObject({ status: 200 });
      return { attempt_id: body.payment_attempt.id, paypal_id: body.payment_attempt.client.order_id };
    }

    /** Approves what stands in the order, and expects an order of Medusa's at this total. */
    async function paid(
      { shopper, attempt_id, paypal_id }: { shopper: Shopper; attempt_id: string; paypal_id: string },
      total: number,
    ) {
      hand().approve(paypal_id);
      const { body } = await shopper.confirm(attempt_id);
      expect(body).toMatchObject({ type: "order", order: { total } });
    }

    async function taxed(rate: number): Promise<void> {
      const tax = running.container().resolve(Modules.TAX);
      const [germany] = await tax.listTaxRegions({ country_code: "de" });
      await tax.createTaxRates([
        { tax_region_id: germany!.id, name: "VAT", code: "vat", rate, is_default: true },
      ]);
    }

    async function promoted(code: string, percent: number): Promise<void> {
      await createPromotionsWorkflow(running.container()).run({
        input: {
          promotionsData: [
            {
              code,
              type: "standard",
              status: "active",
              is_automatic: false,
              application_method: {
                type: "percentage",
                target_type: "items",
                allocation: "across",
                value: percent,
                currency_code: "eur",
              },
            },
          ],
        },
      } as never);
    }

    const lineOf = async ({ cart_id }: Shopper) => {
      const carts = running.container().resolve(Modules.CART);
      const { items } = await carts.retrieveCart(cart_id, { relations: ["items"] });
      return items![0]!;
    };

    it("names the goods, the shipping and the address, and is paid", async () => {
      const shopper = await running.shopper(2);
      const { attempt_id, paypal_id } = await started(shopper);
      const { product_title, variant_sku } = await lineOf(shopper);
      expect(unitOf(paypal_id)).toMatchObject({
        items: [
          {
            name: product_title,
            quantity: "2",
            category: "PHYSICAL_GOODS",
            unit_amount: { currency_code: "EUR", value: "64.90" },
          },
        ],
        amount: {
          value: "134.70",
          breakdown: { item_total: { value: "129.80" }, shipping: { value: "4.90" } },
        },
        shipping: {
          name: { full_name: "Sam Shopper" },
          address: {
            address_line_1: "Street 1",
            admin_area_2: "Berlin",
            postal_code: "10115",
            country_code: "DE",
          },
        },
      });
      expect(unitOf(paypal_id)?.items?.[0]?.sku).toBe(variant_sku ?? undefined);
      await paid({ shopper, attempt_id, paypal_id }, 134.7);
    });

    it("sums with tax on top and a promotion", async () => {
      // Carts are copied from one that is filled before.
      const shopper = await running.shopper();
      await taxed(19);
      await promoted("TEN", 10);
      await shopper.fillCart(3);
      await shopper.post(`/store/carts/${shopper.cart_id}/promotions`, { promo_codes: ["TEN"] });
      const { body } = await shopper.get(`/store/carts/${shopper.cart_id}`);
      const total = moneyFromDecimal(body.cart.total, "EUR");
      const { attempt_id, paypal_id } = await started(shopper);
      const creates = asked("orders.create");
      // 3 × 64.90 less a tenth, and shipping, each and 19 % of it.
      expect(unitOf(paypal_id)?.amount).toMatchObject({
        value: moneyToDecimal(total),
        breakdown: {
          item_total: { value: "194.70" },
          shipping: { value: "4.90" },
          discount: { value: "19.47" },
          tax_total: { value: "34.22" },
        },
      });
      expect(unitOf(paypal_id)?.items).toMatchObject([{ quantity: "3", unit_amount: { value: "64.90" } }]);
      expect(asked("orders.create")).toBe(creates);
      hand().approve(paypal_id);
      const confirmed = await shopper.confirm(attempt_id);
      expect(confirmed.body).toMatchObject({ type: "order" });
      expect(account.booked(paypal_id).authorized).toBe(Number(total.amount_minor));
    });

    it("sums where a unit price is finer than a cent, and is captured and refunded whole", async () => {
      const shopper = await running.shopper();
      const { id, product_title } = await lineOf(shopper);
      const carts = running.container().resolve(Modules.CART);
      await carts.updateLineItems(id, { unit_price: 33.335, quantity: 3 });
      const { attempt_id, paypal_id } = await started(shopper);
      // 100.005 and 4.90 EUR are 104.905 EUR, which is 104.91 EUR.
      expect(unitOf(paypal_id)).toMatchObject({
        items: [{ name: `3 × ${product_title}`, quantity: "1", unit_amount: { value: "100.01" } }],
        amount: {
          value: "104.91",
          breakdown: { item_total: { value: "100.01" }, shipping: { value: "4.90" } },
        },
      });
      hand().approve(paypal_id);
      const { operator, payment_id, payment } = await orderOf(running, shopper, attempt_id);
      const refused = await operator.capture(payment_id, 10.005);
      expect([refused.status, refused.body.message]).toEqual([
        400,
        expect.stringContaining("10.005 EUR is not possible"),
      ]);
      expect(account.booked(paypal_id)).toMatchObject({ captured: 0 });
      expect((await payment()).captures).toEqual([]);
      // What Medusa reckoned in fractions can be moved whole, and the rest of it.
      expect((await operator.capture(payment_id, 4)).status).toBe(200);
      expect((await operator.capture(payment_id, 100.905)).status).toBe(200);
      expect(account.booked(paypal_id)).toMatchObject({ captured: 10_491 });
      expect((await operator.refund(payment_id, 10.005)).status).toBe(400);
      expect((await operator.refund(payment_id, 104.905)).status).toBe(200);
      expect(account.booked(paypal_id)).toMatchObject({ refunded: 10_491 });
    });

    it("changes with the cart, in an order of its own that alone can be paid", async () => {
      const shopper = await running.shopper();
      const first = await started(shopper);
      const { id } = await lineOf(shopper);
      await shopper.post(`/store/carts/${shopper.cart_id}/line-items/${id}`, { quantity: 4 });
      const { attempt_id, paypal_id } = await started(shopper);
      expect(unitOf(first.paypal_id)).toMatchObject({ items: [{ quantity: "1" }] });
      expect(unitOf(paypal_id)).toMatchObject({
        items: [{ quantity: "4" }],
        amount: { value: "264.50", breakdown: { item_total: { value: "259.60" } } },
      });
      hand().approve(first.paypal_id);
      await settleAttempt(running.container(), first.attempt_id);
      expect(account.booked(first.paypal_id)).toMatchObject({ authorized: 0 });
      await paid({ shopper, attempt_id, paypal_id }, 264.5);
    });

    it("is left out where PayPal refuses the address, and the shopper pays all the same", async () => {
      const shopper = await running.shopper();
      await shopper.fillCart();
      const address = { first_name: "Sam", address_1: "Street 1", city: "Berlin", country_code: "de" };
      await shopper.post(`/store/carts/${shopper.cart_id}`, {
        shipping_address: { ...address, postal_code: "" },
      });
      const { attempt_id, paypal_id } = await started(shopper);
      expect(unitOf(paypal_id)).not.toHaveProperty("items");
      expect(unitOf(paypal_id)).not.toHaveProperty("shipping");
      await paid({ shopper, attempt_id, paypal_id }, 69.8);
    });

    it("stands in no session of Medusa's", async () => {
      const shopper = await running.shopper();
      await started(shopper);
      const rows = await running.container().resolve("__pg_connection__")("payment_session");
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toMatch(/Street 1|Sam|unit_amount/);
    });

    it("serves Apple's association file for PayPal", async () => {
      const file = "apple-developer-merchantid-domain-association";
      const served = await fetch(`${running.base_url()}/.well-known/${file}`);
      expect([served.status, await served.text()]).toEqual([200, ASSOCIATION]);
    });
  },
  () => account.start({ PAYPAL_GATEWAY_APPLE_PAY_DOMAIN_ASSOCIATION: ASSOCIATION }),
);
