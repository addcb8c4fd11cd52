import { Modules } from "@medusajs/framework/utils";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import type { AdminHiddenReason } from "../../src/api/admin/tender/option-preview/contract";
import { logInCustomer } from "../support/customer";
import { Operator } from "../support/operator";
import { createShippingPromotion } from "../support/promotions";
import { cardOf, type Answer, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const NEVER_AGAIN = "4000000000009979";
const A = "pp_sandbox_a";
const FOREIGN = "pp_system_default";
const CARD = `${A}:card`;

withRunningStore((running) => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.logIn(running.base_url());
  });

  const setRules = (rules: unknown, provider_id = A): Promise<Answer> =>
    operator.send("POST", `/admin/tender/providers/${provider_id}/rules`, rules);

  const preview = (wish: unknown): Promise<Answer> =>
    operator.send("POST", "/admin/tender/option-preview", wish);

  async function optionIds(shopper: Shopper): Promise<string[]> {
    const { body } = await shopper.options();
    return body.payment_options.map(({ id }: { id: string }) => id);
  }

  /** The sandbox's other account takes over where this one is not offered. */
  async function offersA(shopper: Shopper): Promise<boolean> {
    return (await optionIds(shopper)).includes(CARD);
  }

  async function reasonsFor(wish: unknown, provider_id = A, method: string | null = "card") {
    const { body } = await preview(wish);
    const hidden: { provider_id: string; method: string | null; reasons: AdminHiddenReason[] }[] =
      body.preview.hidden;
    return hidden.find((one) => one.provider_id === provider_id && one.method === method)?.reasons;
  }

  async function productId(): Promise<string> {
    const [product] = await running
      .container()
      .resolve(Modules.PRODUCT)
      .listProducts({ handle: "demo-teapot" });
    return product!.id;
  }

  async function groupWith(name: string): Promise<string> {
    const customers = running.container().resolve(Modules.CUSTOMER);
    return (await customers.createCustomerGroups({ name })).id;
  }

  describe("rules", () => {
    it("are answered as they were written, with names, and read again", async () => {
      const group = await groupWith("Wholesale");
      const product = await productId();
      const { status, body } = await setRules({
        currencies: ["EUR", "eur"],
        countries: ["DE", "fr"],
        amounts: [{ currency_code: "eur", min: 0.1, max: 5000 }],
        customer_groups: { only: [group] },
        products: { never: [product] },
      });
      expect(status).toBe(200);
      expect(body.rules).toEqual({
        provider_id: A,
        currencies: ["eur"],
        countries: ["de", "fr"],
        amounts: [{ currency_code: "eur", min: 0.1, max: 5000 }],
        customer_groups: { only: [{ id: group, name: "Wholesale" }], never: [] },
        products: { only: [], never: [{ id: product, name: "Teapot" }] },
        unreadable: false,
      });
      expect((await operator.send("GET", `/admin/tender/providers/${A}/rules`)).body).toEqual(body);
    });

    it("hide an option at once, and it cannot be started either", async () => {
      const shopper = await running.shopper();
      expect(await offersA(shopper)).toBe(true);
      await setRules({ amounts: [{ currency_code: "EUR", max: 69.79 }] });
      expect(await offersA(shopper)).toBe(false);
      const elsewhere = await shopper.start(CARD);
      expect(elsewhere.body.payment_attempt.provider_id).toBe("pp_sandbox_b");
      await setRules({ amounts: [{ currency_code: "EUR", max: 69.79 }] }, "pp_sandbox_b");
      expect((await shopper.start(CARD)).status).toBe(404);
      expect((await shopper.start("pp_sandbox_b:card")).status).toBe(404);
      await setRules({ amounts: [{ currency_code: "EUR", max: 69.8 }] });
      expect(await offersA(shopper)).toBe(true);
    });

    it("are obeyed by the confirm of an attempt that was started before", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start(CARD);
      const before = (await running.bank().ledger()).filter(({ status }) => status === "authorized").length;
      await setRules({ countries: ["fr"] });
      const refused = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect([refused.status, refused.body.code]).toEqual([409, "attempt_closed"]);
      const after = (await running.bank().ledger()).filter(({ status }) => status === "authorized").length;
      expect(after).toBe(before);
      await setRules({});
      const paid = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect([paid.status, paid.body.type]).toEqual([200, "order"]);
    });

    it("are obeyed by sessions that Medusa's own routes make", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
      const session = (provider_id: string, data: object = { token: "tok_visa" }) =>
        shopper.post(`/store/payment-collections/${body.payment_collection.id}/payment-sessions`, {
          provider_id,
          data,
        });
      await setRules({ countries: ["fr"] });
      await setRules({ countries: ["fr"] }, FOREIGN);
      expect((await session(A)).status).toBe(404);
      expect((await session(FOREIGN)).status).toBe(404);
      expect((await session("pp_sandbox_b")).status).toBe(200);
      await setRules({}, FOREIGN);
      expect((await session(FOREIGN)).status).toBe(200);
      await setRules({});
      const setting = { methods: { bank_redirect: { enabled: false } } };
      await operator.send("POST", `/admin/tender/providers/${A}/setting`, setting);
      expect((await session(A, { method: "bank_redirect" })).status).toBe(404);
      expect((await session(A)).status).toBe(200);
    });

    it("hold like a region's switch: an attempt that was started before is not confirmed", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start(CARD);
      const path = `/admin/tender/providers/${A}/regions`;
      await operator.send("POST", path, { region_id: running.store().region_id, enabled: false });
      const before = (await running.bank().ledger()).length;
      const refused = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect([refused.status, refused.body.code]).toEqual([409, "attempt_closed"]);
      expect(await running.bank().ledger()).toHaveLength(before);
    });

    it("keep an option from carts with a product, and offer it where the product is wanted", async () => {
      const shopper = await running.shopper();
      const product = await productId();
      await setRules({ products: { never: [product] } });
      expect(await offersA(shopper)).toBe(false);
      await setRules({ products: { only: [product] } });
      expect(await offersA(shopper)).toBe(true);
    });

    it("keep an option for the customers of a group", async () => {
      const shopper = await running.shopper();
      const group = await groupWith("Wholesale");
      await setRules({ customer_groups: { only: [group] } });
      expect(await offersA(shopper)).toBe(false);

      const login = await logInCustomer(shopper);
      await shopper.post(`/store/carts/${shopper.cart_id}/customer`, {}, login);
      expect(await offersA(shopper)).toBe(false);
      const customers = running.container().resolve(Modules.CUSTOMER);
      const [customer] = await customers.listCustomers({ email: "sam@example.com", has_account: true });
      await customers.addCustomerToGroup({ customer_id: customer!.id, customer_group_id: group });
      expect(await offersA(shopper)).toBe(true);

      await setRules({ customer_groups: { never: [group] } });
      expect(await offersA(shopper)).toBe(false);
      expect(await offersA(await running.shopper())).toBe(true);
    });

    it("keep what was deleted meanwhile until it is taken out, since without it everybody would be let in", async () => {
      const customers = running.container().resolve(Modules.CUSTOMER);
      const group = await groupWith("Wholesale");
      await setRules({ customer_groups: { only: [group] } });
      await customers.deleteCustomerGroups([group]);
      const { status, body } = await setRules({
        amounts: [{ currency_code: "eur", min: 1 }],
        customer_groups: { only: [group] },
      });
      expect(status).toBe(200);
      expect(body.rules.customer_groups.only).toEqual([{ id: group, name: null }]);
      expect(await offersA(await running.shopper())).toBe(false);
      expect((await setRules({ customer_groups: { only: [group, "cusgroup_nobody"] } })).status).toBe(400);
      await setRules({});
      expect((await setRules({ customer_groups: { only: [group] } })).status).toBe(400);
    });

    it("are taken away by empty ones, and leave what else was set", async () => {
      await operator.send("POST", `/admin/tender/providers/${A}/setting`, { apart: true });
      await setRules({ countries: ["fr"] });
      const { body } = await setRules({ countries: [], amounts: [], products: { only: [] } });
      expect(body.rules).toMatchObject({ countries: [], amounts: [], products: { only: [], never: [] } });
      const [setting] = await tenderModule(running.container()).settings.rows();
      expect(setting).toMatchObject({ provider_id: A, apart: true, enabled: true, rules: null });
      expect(await offersA(await running.shopper())).toBe(true);
    });

    it("are in the log of changes, with what was before; saving the same again is no change", async () => {
      await setRules({ countries: ["fr"] });
      await setRules({ countries: ["fr"] });
      await setRules({ amounts: [{ currency_code: "eur", min: 1 }] });
      const { body } = await operator.send("GET", `/admin/tender/changes?subject=${A}`);
      expect(body.changes).toMatchObject([
        {
          action: "option_rules.update",
          actor_email: "demo@tender.test",
          before: { countries: ["fr"] },
          after: { amounts: { EUR: { min_minor: "100" } } },
        },
        { action: "option_rules.update", before: null, after: { countries: ["fr"] } },
      ]);
    });

    it("that cannot be read are told, and saved anew", async () => {
      const { settings } = tenderModule(running.container());
      await settings.change(() => ({
        write: [{ provider_id: A, rules: { amounts: "many" } }],
        result: null,
      }));
      const read = await operator.send("GET", `/admin/tender/providers/${A}/rules`);
      expect(read.body.rules).toMatchObject({ unreadable: true, amounts: [] });
      const shopper = await running.shopper();
      expect(await offersA(shopper)).toBe(false);
      expect(await reasonsFor({ cart_id: shopper.cart_id })).toEqual([
        { code: "settings_unreadable", columns: ["rules"] },
      ]);
      expect((await setRules({})).body.rules.unreadable).toBe(false);
      expect(await offersA(shopper)).toBe(true);
    });

    it.each([
      [{ currencies: ["XQX"] }, /XQX/],
      [{ countries: ["qq"] }, /qq/],
      [{ amounts: [{ currency_code: "XQX", max: 1 }] }, /XQX/],
      [{ amounts: [{ currency_code: "eur", min: 10, max: 9.99 }] }, /10\.00 EUR.*9\.99 EUR/],
      [{ amounts: [{ currency_code: "eur", min: 10.005 }] }, /10\.005 EUR/],
      [{ amounts: [{ currency_code: "jpy", min: 10.5 }] }, /10\.5 JPY/],
      [{ amounts: [{ currency_code: "eur", min: -1 }] }, /min/],
      [
        {
          amounts: [
            { currency_code: "eur", min: 1 },
            { currency_code: "EUR", max: 2 },
          ],
        },
        /EUR/,
      ],
      [{ customer_groups: { only: ["cusgroup_nobody"] } }, /cusgroup_nobody/],
      [{ products: { never: ["prod_nothing"] } }, /prod_nothing/],
      [{ products: { only: ["prod_x"], never: ["prod_x"] } }, /prod_x/],
      [{ colour: "red" }, /colour/],
    ])("%j are 400, and the message says what is wrong", async (rules, message) => {
      const { status, body } = await setRules(rules);
      expect(status).toBe(400);
      expect(body.message).toMatch(message);
      expect(body.message).not.toMatch(/\n\s+at /);
    });

    it("of a provider that is not installed are 404", async () => {
      expect((await setRules({}, "pp_nobody")).status).toBe(404);
      expect((await operator.send("GET", "/admin/tender/providers/logger/rules")).status).toBe(404);
    });
  });

  describe("the preview", () => {
    it("of a cart shows what its shopper is offered, in order, with the providers that are asked", async () => {
      const shopper = await running.shopper();
      const { status, body } = await preview({ cart_id: shopper.cart_id });
      expect(status).toBe(200);
      expect(body.preview.offered.map(({ id }: { id: string }) => id)).toEqual(await optionIds(shopper));
      expect(body.preview.offered).toContainEqual(
        expect.objectContaining({
          method: "card",
          provider_ids: expect.arrayContaining([A, "pp_sandbox_b"]),
        }),
      );
    });

    it("of a cart says all that speaks against an option", async () => {
      const shopper = await running.shopper();
      const product = await productId();
      const group = await groupWith("Wholesale");
      await operator.send("POST", `/admin/tender/providers/${A}/setting`, {
        enabled: false,
        methods: { card: { enabled: false } },
      });
      await setRules({
        currencies: ["usd"],
        countries: ["fr"],
        amounts: [{ currency_code: "eur", min: 100 }],
        customer_groups: { only: [group] },
        products: { never: [product] },
      });
      expect(await reasonsFor({ cart_id: shopper.cart_id })).toEqual([
        { code: "disabled" },
        { code: "method_disabled" },
        { code: "currency_of_operator", currency: "EUR", accepted: ["USD"] },
        { code: "country_of_operator", country: "de", accepted: ["fr"] },
        { code: "amount_of_operator", amount: 69.8, min: 100, max: null, currency_code: "eur" },
        { code: "customer_group_only", groups: [{ id: group, name: "Wholesale" }] },
        { code: "product_never", products: [{ id: product, name: "Teapot" }] },
      ]);
    });

    it("says what the region does not enable", async () => {
      const shopper = await running.shopper();
      const region_id = running.store().region_id;
      await operator.send("POST", `/admin/tender/providers/${A}/regions`, { region_id, enabled: false });
      expect(await reasonsFor({ cart_id: shopper.cart_id })).toEqual([{ code: "disabled_for_region" }]);
    });

    it("says which refusal of the cart ruled an option out", async () => {
      const shopper = await running.shopper();
      const { started } = await shopper.pay(CARD, NEVER_AGAIN);
      const reasons = await reasonsFor({ cart_id: shopper.cart_id });
      expect(reasons).toEqual([
        expect.objectContaining({ code: "declined", attempt_id: started.body.payment_attempt.id }),
      ]);
    });

    it("of a region shows what a guest is offered, and changes with what the cart would be like", async () => {
      const group = await groupWith("Wholesale");
      await setRules({
        countries: ["de"],
        amounts: [{ currency_code: "eur", max: 100 }],
        customer_groups: { only: [group] },
      });
      const cart = { region_id: running.store().region_id, currency_code: "EUR" };
      expect((await reasonsFor({ ...cart, country: "FR", amount: 100.01 }))?.map(({ code }) => code)).toEqual(
        ["country_of_operator", "amount_of_operator", "customer_group_only"],
      );
      const fits = { ...cart, country: "de", amount: 100, customer_group_ids: [group] };
      expect(await reasonsFor(fits)).toBeUndefined();
    });

    it("shows what comes with an option", async () => {
      await createShippingPromotion(running.container(), "BANKSHIP");
      await operator.send("POST", `/admin/tender/providers/${A}/incentive`, { promotion_code: "BANKSHIP" });
      const { body } = await preview({
        region_id: running.store().region_id,
        currency_code: "eur",
        locale: "ar",
      });
      expect(body.preview.offered).toContainEqual(
        expect.objectContaining({ id: CARD, incentive: { code: "BANKSHIP", title: "شحن مجاني" } }),
      );
    });

    it.each([
      [{ cart_id: "cart_nobody" }, 404],
      [{ region_id: "reg_nobody", currency_code: "eur" }, 404],
      [{ region_id: "here", currency_code: "xqx" }, 400],
      [{ region_id: "here" }, 400],
      [{ cart_id: "cart_nobody", amount: 1 }, 400],
      [{}, 400],
    ])("of %j is %i", async (wish, expected) => {
      const here =
        "region_id" in wish && wish.region_id === "here" ? { region_id: running.store().region_id } : {};
      expect((await preview({ ...wish, ...here })).status).toBe(expected);
    });

    it("changes nothing", async () => {
      const shopper = await running.shopper();
      const before = await shopper.get(`/store/carts/${shopper.cart_id}`);
      await preview({ cart_id: shopper.cart_id });
      expect((await shopper.get(`/store/carts/${shopper.cart_id}`)).body).toEqual(before.body);
      expect((await operator.send("GET", "/admin/tender/changes")).body.changes).toEqual([]);
    });
  });
});
