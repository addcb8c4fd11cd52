import { setTimeout as sleep } from "node:timers/promises";
import type { Limits } from "../../src/services";
import { authorizationsOf } from "../support/journal";
import { APPROVED, NO_TIGHTENING, limitedStore } from "../support/limited-store";
import type { Answer, Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  const store = limitedStore(running);
  const { address, confirm, findings, limit, pay, refuse, settled, sql, start } = store;

  describe("over a limit of refused payments", () => {
    it("an address waits, whatever its cart; the bank is not asked, and other addresses pay", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 3 } });
      const from = address();
      const waiting = await running.shopper();
      const started = await start(waiting, { from });
      for (let tries = 0; tries < 3; tries += 1) {
        await refuse(await running.shopper(), { from });
      }
      const before = await running.bank().ledger();
      const confirmed = await confirm(waiting, started, { from, number: APPROVED });
      expect(confirmed).toMatchObject({ status: 429, body: { code: "too_many_tries" } });
      expect(await authorizationsOf(running.container(), waiting.cart_id)).toEqual({});
      expect(await pay(await running.shopper(), { from })).toMatchObject({ status: 429 });
      expect(await running.bank().ledger()).toHaveLength(before.length);

      expect((await pay(waiting, { from: address(), number: APPROVED })).body.type).toBe("order");
    });

    it("a cart waits, from whatever address", async () => {
      limit({ ...NO_TIGHTENING, cart: { refusals: 2 } });
      const shopper = await running.shopper();
      await refuse(shopper, { from: address() });
      await refuse(shopper, { from: address() });
      expect(await pay(shopper, { from: address() })).toMatchObject({ status: 429 });
      expect(await authorizationsOf(running.container(), shopper.cart_id)).toEqual({ pp_sandbox_a: 2 });
    });

    it("a customer waits, from whatever address and with whatever cart", async () => {
      limit({ ...NO_TIGHTENING, customer: { refusals: 2 } });
      const guest = await running.shopper();
      const login = { email: "limited@example.com", password: "only-for-tests" };
      const { body: registered } = await guest.post("/auth/customer/emailpass/register", login);
      const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` }, from: address() });
      await guest.post("/store/customers", { email: login.email }, as(registered.token).headers);
      const { body } = await guest.post("/auth/customer/emailpass", login);
      await refuse(await running.shopper(), as(body.token));
      await refuse(await running.shopper(), as(body.token));
      expect(await pay(await running.shopper(), as(body.token))).toMatchObject({ status: 429 });
      await refuse(await running.shopper(), { from: address() });
    });

    it.each([
      ["en", /Too many payments were refused.*try again in \d+ (minutes|hours)/],
      ["ar", /رُفضت عمليات دفع كثيرة.*بعد \d+ دقيقة/],
    ])("the shopper reads why and until when, in %s", async (locale, message) => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1, within_ms: 1_800_000 } });
      const from = address();
      await refuse(await running.shopper(), { from });
      const { body, headers } = await pay(await running.shopper(), {
        from,
        headers: { "x-medusa-locale": locale },
      });
      expect(body).toMatchObject({ type: "too_many_requests", code: "too_many_tries" });
      expect(body.message).toMatch(message);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(1_700);
      expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(1_800);
      expect(body.retry_after_s).toBe(Number(headers.get("retry-after")));
    });

    it("the cart can be paid as soon as Retry-After is over", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1, within_ms: 4_000 } });
      const from = address();
      const shopper = await running.shopper();
      await refuse(shopper, { from });
      const { status, headers } = await pay(shopper, { from, number: APPROVED });
      expect(status).toBe(429);
      await sleep(Number(headers.get("retry-after")) * 1_000);
      expect((await pay(shopper, { from, number: APPROVED })).body.type).toBe("order");
    });

    it("Medusa's own completion waits too, and its refusals count", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      const complete = async (token: string) => {
        const shopper = await running.shopper();
        await store.chooseThroughMedusa(shopper, { token });
        return store.complete(shopper, { from });
      };
      expect((await complete("tok_visa")).body.type).toBe("order");
      expect((await complete("tok_expired_card")).body.type).toBe("cart");
      await settled();
      expect(await complete("tok_visa")).toMatchObject({ status: 429, body: { code: "too_many_tries" } });
    });
  });

  describe("what is counted", () => {
    it("no payment that goes through", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      for (let round = 0; round < 4; round += 1) {
        expect((await pay(await running.shopper(), { from, number: APPROVED })).body.type).toBe("order");
        await settled();
      }
    });

    it("a refusal once, however often it is asked for", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 2 } });
      const from = address();
      const shopper = await running.shopper();
      const started = await start(shopper, { from });
      const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(shopper, started, { from })));
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(402));
      await settled();
      expect((await pay(shopper, { from, number: APPROVED })).body.type).toBe("order");
    });

    it("tries under way, so that a flood of them does not slip through", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 3 } });
      const from = address();
      const shoppers: Shopper[] = [];
      const started: Answer[] = [];
      for (let index = 0; index < 12; index += 1) {
        const shopper = await running.shopper();
        shoppers.push(shopper);
        started.push(await start(shopper, { from }));
      }
      const answers = await Promise.all(
        shoppers.map((shopper, index) => confirm(shopper, started[index]!, { from })),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 402)).toHaveLength(3);
      expect(statuses.filter((status) => status === 429)).toHaveLength(9);
      const asked = await Promise.all(
        shoppers.map(({ cart_id }) => authorizationsOf(running.container(), cart_id)),
      );
      expect(asked.filter(({ pp_sandbox_a }) => pp_sandbox_a)).toHaveLength(3);
    });

    it("no refusal that is the payment service's own fault", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      const from = address();
      for (let round = 0; round < 3; round += 1) {
        const { status } = await pay(await running.shopper(), { from, number: "4000000000000119" });
        expect(status).toBe(402);
        await settled();
      }
    });

    it("no address of a private network: behind it all shoppers look alike", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 } });
      for (const from of [undefined, "10.0.0.7", "fd00::1", "127.0.0.1", undefined]) {
        await refuse(await running.shopper(), { from });
      }
    });

    it("no address that nobody trusted wrote", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 1 }, trusted_proxies: 0 });
      const from = address();
      await refuse(await running.shopper(), { from });
      await refuse(await running.shopper(), { from });
      limit({ ...NO_TIGHTENING, address: { refusals: 1 }, trusted_proxies: 2 });
      await refuse(await running.shopper(), { from: `198.51.100.1, ${from}, 192.0.2.1` });
      const made_up = `198.51.100.2, ${from}, 192.0.2.2`;
      expect(await pay(await running.shopper(), { from: made_up })).toMatchObject({ status: 429 });
    });

    it("nothing that could tell an address from the database", async () => {
      const from = address();
      await refuse(await running.shopper(), { from });
      const { rows } = await sql(
        "select t::text from tender_payment_try t union select t::text from tender_payment_limit t",
      );
      expect(rows.length).toBeGreaterThan(2);
      expect(JSON.stringify(rows)).not.toContain(from);
    });
  });

  describe("somebody trying stolen cards", () => {
    const SENSITIVE = { refusals: 4, carts: 3, lasts_ms: 300_000 };

    async function attack(tries: number): Promise<string[]> {
      const attackers: string[] = [];
      for (let index = 0; index < tries; index += 1) {
        attackers.push(address());
        await refuse(await running.shopper(), { from: attackers[index] });
      }
      await sleep(200);
      return attackers;
    }

    it("opens one finding, and addresses that were refused get no further with new carts", async () => {
      limit({ card_testing: SENSITIVE });
      const attackers = await attack(5);
      for (const from of attackers) {
        expect(await pay(await running.shopper(), { from })).toMatchObject({ status: 429 });
      }
      expect(await findings()).toHaveLength(1);
      expect((await findings())[0]!.detail).toMatch(/^Refused payments within 10 min: 4, on 4 carts/);
    });

    it("does not stop a shopper, not even one who mistypes", async () => {
      limit({ card_testing: SENSITIVE });
      await attack(5);
      expect((await pay(await running.shopper(), { from: address(), number: APPROVED })).body.type).toBe(
        "order",
      );
      const from = address();
      const mistyping = await running.shopper();
      await refuse(mistyping, { from });
      expect((await pay(mistyping, { from, number: APPROVED })).body.type).toBe("order");
    });

    it("is over by itself once it stops", async () => {
      limit({ card_testing: { ...SENSITIVE, lasts_ms: 20_000 } });
      const [from] = await attack(5);
      const shopper = await running.shopper();
      const { status, headers } = await pay(shopper, { from, number: APPROVED });
      expect([status, Number(headers.get("retry-after")) <= 20]).toEqual([429, true]);
      await sleep(Number(headers.get("retry-after")) * 1_000);
      expect((await pay(shopper, { from, number: APPROVED })).body.type).toBe("order");
    });

    it("is told from a shop where most carts get paid", async () => {
      limit({ card_testing: { ...SENSITIVE, refused_share: 0.7 } });
      for (let paid = 0; paid < 3; paid += 1) {
        await pay(await running.shopper(), { from: address(), number: APPROVED });
      }
      await attack(5);
      expect(await findings()).toEqual([]);
    });
  });

  describe("without the database's counters", () => {
    beforeEach(() => sql("alter table tender_payment_limit rename to tender_payment_limit_away"));
    afterEach(() => sql("alter table tender_payment_limit_away rename to tender_payment_limit"));

    it("shoppers pay, and each server holds floods back by itself", async () => {
      limit({ ...NO_TIGHTENING, address: { refusals: 2 } });
      const from = address();
      for (let round = 0; round < 3; round += 1) {
        expect((await pay(await running.shopper(), { from, number: APPROVED })).body.type).toBe("order");
      }
      expect((await pay(await running.shopper(), { from })).status).toBe(402);
      expect((await pay(await running.shopper(), { from })).status).toBe(402);
      expect((await pay(await running.shopper(), { from })).status).toBe(429);
      expect((await pay(await running.shopper(), { from: address() })).status).toBe(402);
    });
  });

  describe("too many requests of one address", () => {
    const ask = (path: string, from: string, init: RequestInit = {}) =>
      fetch(`${running.base_url()}${path}`, {
        ...init,
        redirect: "manual",
        headers: {
          "x-publishable-api-key": running.store().publishable_key,
          "x-forwarded-for": from,
          "content-type": "application/json",
        },
      });
    const post = { method: "POST", body: "{}" };
    const session = { method: "POST", body: JSON.stringify({ provider_id: "pp_sandbox_a" }) };

    it.each<[string, keyof Limits["requests_per_minute"], string, RequestInit]>([
      ["the ways to pay", "read", "/store/carts/cart_1/payment-options", {}],
      ["an attempt", "read", "/store/carts/cart_1/payment-attempts/payatt_1", {}],
      ["starts", "start", "/store/carts/cart_1/payment-attempts", post],
      ["starts through Medusa", "start", "/store/payment-collections/pay_col_1/payment-sessions", session],
      ["confirms", "confirm", "/store/carts/cart_1/payment-attempts/payatt_1/confirm", post],
      ["completions", "confirm", "/store/carts/cart_1/complete", post],
      ["the page", "page", "/checkout/cart_1", {}],
      ["the demo", "demo", "/checkout/demo", {}],
      ["the page's files", "asset", "/checkout/assets/styles.css", {}],
      ["webhooks", "webhook", "/hooks/payment/sandbox_a", post],
    ])("for %s get 429 and Retry-After; other addresses go on", async (_, kind, path, init) => {
      limit({ requests_per_minute: { [kind]: 2 } });
      const from = address();
      const began = Date.now();
      for (let round = 0; round < 2; round += 1) {
        expect((await ask(path, from, init)).status).not.toBe(429);
      }
      const limited = await ask(path, from, init);
      const passed_s = (Date.now() - began) / 1_000;
      expect(limited.status).toBe(429);
      expect(Number(limited.headers.get("retry-after"))).toBeGreaterThanOrEqual(Math.floor(60 - passed_s));
      expect(Number(limited.headers.get("retry-after"))).toBeLessThanOrEqual(60);
      expect(await limited.text()).toContain("Too many requests in a short time.");
      expect((await ask(path, address(), init)).status).not.toBe(429);
    });
  });
});
