import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import type {
  AdminConnectionCheck,
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
} from "../../src/api/admin/tender/providers/contract";
import { Operator } from "../support/operator";
import type { Answer } from "../support/shopper";
import { withRunningStore } from "../support/suite";
import { until } from "../support/until";

const A = "pp_sandbox_a";
const B = "pp_sandbox_b";
const FOREIGN = "pp_system_default";
const FUNDS = "4000000000009995";

/** What medusa-config.ts sets for the two sandbox accounts. */
const SECRETS = ["api-key-of-sandbox", "webhook-secret-of-sandbox"];

withRunningStore((running) => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.logIn(running.base_url());
  });

  async function overview(): Promise<AdminPaymentProvidersResult> {
    const { status, body } = await operator.send("GET", "/admin/tender/providers");
    expect(status).toBe(200);
    return body;
  }

  async function provider(id: string): Promise<AdminPaymentProvider> {
    const found = (await overview()).providers.find((listed) => listed.id === id);
    if (!found) throw new Error(`${id} is not listed.`);
    return found;
  }

  function set(id: string, body: unknown): Promise<Answer> {
    return operator.send("POST", `/admin/tender/providers/${id}/setting`, body);
  }

  function setRegion(id: string, enabled: boolean, region_id = running.store().region_id): Promise<Answer> {
    return operator.send("POST", `/admin/tender/providers/${id}/regions`, { region_id, enabled });
  }

  async function regionProviders(): Promise<string[]> {
    const { data } = await running
      .container()
      .resolve(ContainerRegistrationKeys.QUERY)
      .graph({
        entity: "region_payment_provider",
        fields: ["payment_provider_id"],
        filters: { region_id: running.store().region_id },
      });
    return data.map((link: { payment_provider_id: string }) => link.payment_provider_id).sort();
  }

  async function changes(subject: string) {
    const { body } = await operator.send("GET", `/admin/tender/changes?subject=${subject}`);
    return (body.changes as Record<string, unknown>[]).map(({ action, before, after, actor_email }) => ({
      action,
      before,
      after,
      actor_email,
    }));
  }

  async function offered(): Promise<{ id: string; title: string; description: string | null }[]> {
    return (await (await running.shopper()).options()).body.payment_options;
  }

  describe("the list of providers", () => {
    it("tells of a gateway how it is set up, where its webhooks go and how it fares", async () => {
      expect(await provider(A)).toMatchObject({
        kind: "gateway",
        name: "Sandbox bank",
        account: "a",
        mode: "test",
        missing: [],
        webhook_url: `${running.base_url()}/hooks/payment/sandbox_a`,
        last_webhook_at: null,
        health: "closed",
        last_error: null,
        enabled: true,
        apart: false,
        region_ids: [running.store().region_id],
        methods: expect.arrayContaining([
          { id: "card", icon: "card", names: {}, express: false, enabled: true, apart: false, titles: {} },
        ]),
      });
    });

    it("tells of another plugin's provider what is known of it", async () => {
      expect(await provider(FOREIGN)).toMatchObject({
        kind: "foreign",
        name: null,
        mode: null,
        webhook_url: null,
        health: null,
        methods: [{ id: FOREIGN, enabled: true }],
      });
    });

    it("tells the last webhook and the last failure", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ provider: A, fault: "refuse" });
      await shopper.start(`${A}:card`);
      await running
        .container()
        .resolve(ContainerRegistrationKeys.PG_CONNECTION)("tender_payment_webhook_event")
        .insert({
          id: "payevt_one",
          provider_id: A,
          event_id: "evt_one",
          type: "payment.authorized",
          status: "done",
          tries: 1,
          created_at: new Date("2026-01-02T03:04:05Z"),
        });
      expect(await provider(A)).toMatchObject({
        last_webhook_at: "2026-01-02T03:04:05.000Z",
        last_error: { kind: "unavailable", at: expect.stringMatching(/^20/) },
      });
      expect(await provider(B)).toMatchObject({ last_webhook_at: null, last_error: null });
    });

    it("does not call a refused card or a wrong entry a failure of the provider's", async () => {
      await (await running.shopper()).pay(`${A}:card`, FUNDS);
      expect((await provider(A)).last_error).toBeNull();
    });

    it("holds no secret of the configuration", async () => {
      const text = JSON.stringify(await overview());
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    });
  });

  describe("a check of the connection", () => {
    async function check(id: string): Promise<AdminConnectionCheck> {
      const { status, body } = await operator.send("POST", `/admin/tender/providers/${id}/check`);
      expect(status).toBe(200);
      return body;
    }

    it("says that the service answers", async () => {
      expect(await check(A)).toMatchObject({ ok: true, error: null, message: null });
    });

    it("says why it does not, without a secret", async () => {
      await running.bank().fault({ provider: A, fault: "refuse" });
      const failed = await check(A);
      expect(failed).toMatchObject({ ok: false, error: "unavailable" });
      for (const secret of SECRETS) expect(JSON.stringify(failed)).not.toContain(secret);
      expect(await check(B)).toMatchObject({ ok: true });
    });

    it("gives up after a while on a service that never answers", async () => {
      await running.bank().fault({ provider: A, fault: "black_hole" });
      expect(await check(A)).toMatchObject({
        ok: false,
        error: expect.stringMatching(/timeout|unavailable|unknown/),
      });
    });

    it("is refused for another plugin's provider, and 404 for one that is not installed", async () => {
      expect((await operator.send("POST", `/admin/tender/providers/${FOREIGN}/check`)).status).toBe(400);
      expect((await operator.send("POST", "/admin/tender/providers/pp_nobody/check")).status).toBe(404);
    });
  });

  describe("a provider's setting", () => {
    it("takes a provider, or one of its methods, from shoppers at once and gives it back", async () => {
      await set(A, { enabled: false });
      expect((await offered()).map(({ id }) => id)).toContain(`${B}:card`);
      await set(B, { methods: { card: { enabled: false } } });
      expect((await offered()).map(({ id }) => id)).not.toContain(`${B}:card`);
      expect((await offered()).map(({ id }) => id)).toContain(`${B}:bank_redirect`);
      await set(A, { enabled: true });
      expect((await offered()).map(({ id }) => id)).toContain(`${A}:card`);
    });

    it("leaves a provider that nobody placed where it was", async () => {
      const before = (await offered()).map(({ id }) => id);
      await set(B, { enabled: true });
      expect((await offered()).map(({ id }) => id)).toEqual(before);
    });

    it("shows a method apart, under the operator's words in any script", async () => {
      const title = "  بطاقة 💳 \u202bمتجرنا\u202c " + "ط".repeat(90);
      const { status } = await set(B, {
        methods: {
          card: { apart: true, titles: { ar: { title }, en: { title: "Our card 💳", description: "" } } },
        },
      });
      expect(status).toBe(200);
      const apart = (await offered()).find(({ id }) => id === `${B}:card`);
      expect(apart).toMatchObject({ title: "Our card 💳", description: null });
      const [card] = (await provider(B)).methods;
      expect(card).toMatchObject({ apart: true, titles: { ar: { title: title.trim() } } });
      await set(B, { methods: { card: { titles: { ar: null } } } });
      expect((await provider(B)).methods[0]?.titles).toEqual({
        en: { title: "Our card 💳", description: null },
      });
    });

    it("names another plugin's provider", async () => {
      await set(FOREIGN, { titles: { en: { title: "Pay in the shop" } } });
      expect((await offered()).find(({ id }) => id.startsWith(FOREIGN))).toMatchObject({
        title: "Pay in the shop",
      });
    });

    it("names a method in a language that nothing else is in", async () => {
      await set(A, { methods: { card: { titles: { de: { title: "Karte" } } } } });
      const shopper = await running.shopper();
      const german = { "x-medusa-locale": "de-AT" };
      const path = `/store/carts/${shopper.cart_id}`;
      const { body } = await shopper.send("GET", `${path}/payment-options`, undefined, german);
      expect(body.payment_options[0].title).toBe("Karte");
    });

    it("keeps one spelling of a language", async () => {
      await set(A, { titles: { "ar-eg": { title: "أ" } } });
      await set(A, { titles: { "AR-EG": { title: "ب" } } });
      expect((await provider(A)).titles).toEqual({ "ar-EG": { title: "ب", description: null } });
    });

    it("keeps what two operators change at once", async () => {
      const locales = ["de", "fr", "it", "es", "nl", "pt", "sv", "pl"];
      const answers = await Promise.all([
        ...locales.map((locale) =>
          set(A, { methods: { card: { titles: { [locale]: { title: locale } } } } }),
        ),
        set(A, { enabled: false }),
        set(A, { methods: { apple_pay: { enabled: false } } }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const after = await provider(A);
      expect(after.enabled).toBe(false);
      expect(after.methods.find(({ id }) => id === "apple_pay")?.enabled).toBe(false);
      expect(Object.keys(after.methods[0]?.titles ?? {}).sort()).toEqual([...locales].sort());
    });

    it("says which columns cannot be read, and replaces one that is written anew", async () => {
      await running
        .container()
        .resolve(ContainerRegistrationKeys.PG_CONNECTION)("tender_payment_provider_setting")
        .where({ provider_id: A })
        .update({ methods: JSON.stringify({ card: { enabled: "no" } }) });
      expect(await provider(A)).toMatchObject({ enabled: true, unreadable: ["methods"] });
      await set(A, { methods: { card: { enabled: true } } });
      expect(await provider(A)).toMatchObject({ unreadable: [] });
    });

    it.each([
      ["a name nobody knows", { enabled: true, secret: "x" }],
      ["a wrong type", { enabled: "yes" }],
      ["an empty title", { titles: { en: { title: "  " } } }],
      ["a title of many lines", { titles: { en: { title: "a\nb" } } }],
      ["a title that nobody can see", { titles: { en: { title: "\u200b\u2060" } } }],
      ["half a character", { titles: { en: { title: "a\ud83d" } } }],
      ["a title that turns what follows", { titles: { en: { title: "a\u202eb" } } }],
      ["an object where words are wanted", { titles: { en: { title: { toString: 1 } } } }],
      ["a title that is too long", { titles: { en: { title: "a".repeat(121) } } }],
      ["what is no language", { titles: { "not a language": { title: "a" } } }],
      ["a method the provider does not have", { methods: { bitcoin: { enabled: true } } }],
      ["an inherited name for a method", { methods: { constructor: { enabled: true } } }],
    ])("refuses %s with 400 and changes nothing", async (_what, body) => {
      expect((await set(A, body)).status).toBe(400);
      expect(await changes(A)).toEqual([]);
    });

    it("is 404 for a provider that is not installed", async () => {
      expect((await set("pp_nobody", { enabled: true })).status).toBe(404);
    });

    it("is on record with who, what, before and after; what changes nothing is not", async () => {
      await set(A, { enabled: false });
      await set(A, { enabled: false });
      await set(A, { methods: { card: { titles: { en: { title: "Ours" } } } } });
      expect(await changes(A)).toEqual([
        {
          action: "provider_setting.update",
          before: { methods: { card: { titles: { en: null } } } },
          after: { methods: { card: { titles: { en: { title: "Ours", description: null } } } } },
          actor_email: "demo@tender.test",
        },
        {
          action: "provider_setting.update",
          before: { enabled: true },
          after: { enabled: false },
          actor_email: "demo@tender.test",
        },
      ]);
    });
  });

  describe("a region's providers", () => {
    it("are Medusa's own: one is taken away and given back, the others stay", async () => {
      const before = await regionProviders();
      expect((await setRegion(A, false)).status).toBe(200);
      expect(await regionProviders()).toEqual(before.filter((id) => id !== A));
      expect((await offered()).map(({ id }) => id).filter((id) => id.startsWith(A))).toEqual([]);
      await setRegion(A, true);
      expect(await regionProviders()).toEqual(before);
      expect((await changes(A)).map(({ action, after }) => ({ action, after }))).toEqual([
        {
          action: "region_provider.enable",
          after: { region_id: running.store().region_id, enabled: true },
        },
        {
          action: "region_provider.disable",
          after: { region_id: running.store().region_id, enabled: false },
        },
      ]);
    });

    it("keep what two operators change at once", async () => {
      const all = [A, B, FOREIGN];
      await Promise.all(all.map((id) => setRegion(id, false)));
      expect(await regionProviders()).toEqual([]);
      await Promise.all(all.map((id) => setRegion(id, true)));
      expect(await regionProviders()).toEqual([...all].sort());
    });

    it("keep one that is not installed just now", async () => {
      const { container, store } = running;
      const payment = container().resolve(Modules.PAYMENT) as unknown as {
        paymentProviderService_: { create(data: object): Promise<unknown> };
      };
      await payment.paymentProviderService_.create({ id: "pp_away", is_enabled: false });
      const links = container().resolve(ContainerRegistrationKeys.LINK);
      const linkOf = (payment_provider_id: string) => ({
        [Modules.REGION]: { region_id: store().region_id },
        [Modules.PAYMENT]: { payment_provider_id },
      });
      await links.create(linkOf("pp_away"));
      // Nothing but the one link is written: what Medusa's page of the region writes meanwhile stays.
      const dismiss = jest.spyOn(links, "dismiss");
      const create = jest.spyOn(links, "create");
      expect((await setRegion(A, false)).status).toBe(200);
      expect(await regionProviders()).toEqual(["pp_away", B, FOREIGN].sort());
      expect((await setRegion(A, true)).status).toBe(200);
      expect(await regionProviders()).toEqual(["pp_away", A, B, FOREIGN].sort());
      expect([dismiss.mock.calls, create.mock.calls].map((calls) => calls.flat(2))).toEqual([
        [linkOf(A)],
        [linkOf(A)],
      ]);
      dismiss.mockRestore();
      create.mockRestore();
    });

    it("tell Medusa's subscribers that the region changed", async () => {
      const bus = running.container().resolve(Modules.EVENT_BUS);
      const told = jest.fn();
      const subscriber = async ({ data }: { data: unknown }) => void told(data);
      bus.subscribe("region.updated", subscriber, { subscriberId: "regions-of-options" });
      await setRegion(A, false);
      await until(async () => told.mock.calls.length > 0);
      expect(told).toHaveBeenCalledWith({ id: running.store().region_id });
      bus.unsubscribe("region.updated", subscriber, { subscriberId: "regions-of-options" });
    });

    it("are 404 for a region or a provider that does not exist, 400 for a body that does not fit", async () => {
      expect((await setRegion(A, false, "reg_nobody")).status).toBe(404);
      expect((await setRegion("pp_nobody", true)).status).toBe(404);
      const path = `/admin/tender/providers/${A}/regions`;
      expect((await operator.send("POST", path, { region_id: 7, enabled: true })).status).toBe(400);
      expect((await operator.send("POST", path, { region_id: running.store().region_id })).status).toBe(400);
    });
  });

  describe("the order of options", () => {
    function setOrder(
      order: readonly { method: string; provider_ids: readonly string[] }[],
      revision: string,
    ) {
      return operator.send("POST", "/admin/tender/option-order", {
        order: order.map(({ method, provider_ids }) => ({ method, provider_ids })),
        revision,
      });
    }

    it("is the one shoppers see, and the one in which providers are asked", async () => {
      const { order, order_revision } = await overview();
      expect(order[0]).toEqual({ method: "card", apart: false, provider_ids: [A, B] });
      const wish = [...order].reverse().map((place) => ({
        ...place,
        provider_ids: [...place.provider_ids].reverse(),
      }));
      const { status, body } = await setOrder(wish, order_revision);
      expect(status).toBe(200);
      expect(body.order).toEqual(wish);
      expect((await offered()).map(({ id }) => id)).toEqual(
        wish.map(({ method, provider_ids }) => `${provider_ids[0]}:${method}`),
      );
      expect(await changes("option_order")).toMatchObject([{ action: "option_order.update" }]);
    });

    it("puts what it does not name behind what it names", async () => {
      const { order_revision } = await overview();
      const { body } = await setOrder([{ method: "bank_redirect", provider_ids: [B] }], order_revision);
      expect(body.order[0]).toMatchObject({ method: "bank_redirect", provider_ids: [B, A] });
      expect(body.order[1]).toMatchObject({ method: "card", provider_ids: [A, B] });
    });

    it("is not overwritten by whoever saw another one: of two at once, one is told so with 409", async () => {
      const { order, order_revision } = await overview();
      const statuses = await Promise.all([
        setOrder([...order].reverse(), order_revision),
        setOrder([...order.slice(1), ...order.slice(0, 1)], order_revision),
      ]).then((answers) => answers.map(({ status }) => status).sort());
      expect(statuses).toEqual([200, 409]);
    });

    it("keeps the settings that are changed at the same time", async () => {
      const { order, order_revision } = await overview();
      await Promise.all([
        setOrder([...order].reverse(), order_revision),
        set(A, { methods: { card: { enabled: false } } }),
        set(B, { methods: { card: { titles: { en: { title: "Ours" } } } } }),
      ]);
      const after = await overview();
      expect(after.order.map(({ method }) => method)).toEqual(order.map(({ method }) => method).reverse());
      expect((await provider(A)).methods.find(({ id }) => id === "card")?.enabled).toBe(false);
      expect((await provider(B)).methods.find(({ id }) => id === "card")?.titles).toMatchObject({
        en: { title: "Ours" },
      });
    });

    it("leaves what cannot be read as it is, so that nobody is charged there, and places its provider as a whole", async () => {
      const settings = () =>
        running
          .container()
          .resolve(ContainerRegistrationKeys.PG_CONNECTION)("tender_payment_provider_setting")
          .where({ provider_id: A });
      const methods = { card: { enabled: "no" } };
      await set(A, { enabled: true });
      await settings().update({ methods: JSON.stringify(methods) });
      const { order, order_revision } = await overview();
      const { status, body } = await setOrder([...order].reverse(), order_revision);
      expect(status).toBe(200);
      expect(await settings().first()).toMatchObject({ methods });
      expect((await offered()).map(({ id }) => id).filter((id) => id.startsWith(A))).toEqual([]);
      expect(body.order.map(({ method }: { method: string }) => method)).toEqual(
        order.map(({ method }) => method).reverse(),
      );
      const [change] = await changes("option_order");
      expect(change?.after).toEqual(
        body.order.map(({ method, provider_ids }: (typeof order)[number]) =>
          provider_ids.map((id) => `${id}:${method}`),
        ),
      );
    });

    it("is refused with an unknown provider (404), a method it lacks, or an option twice (400)", async () => {
      const { order_revision } = await overview();
      const status = async (order: Parameters<typeof setOrder>[0]) =>
        (await setOrder(order, order_revision)).status;
      expect(await status([{ method: "card", provider_ids: ["pp_nobody"] }])).toBe(404);
      expect(await status([{ method: "bitcoin", provider_ids: [A] }])).toBe(400);
      expect(await status([{ method: "card", provider_ids: [A, A] }])).toBe(400);
      expect(await status([])).toBe(400);
      expect((await operator.send("POST", "/admin/tender/option-order", { order: [] })).status).toBe(400);
      expect(await changes("option_order")).toEqual([]);
    });
  });
});
