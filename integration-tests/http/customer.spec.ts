import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { logInCustomer as logIn } from "../support/customer";
import { cardOf, type Shopper } from "../support/shopper";
import { OutcomeUnknown } from "../../src/gateway";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  async function pay(shopper: Shopper, data: Record<string, unknown>, headers: Record<string, string>) {
    const started = await shopper.start("pp_sandbox_a:card", undefined, headers);
    return shopper.post(
      `/store/carts/${shopper.cart_id}/payment-attempts/${started.body.payment_attempt.id}/confirm`,
      { data },
      headers,
    );
  }

  async function savedMethods() {
    const payment = running.container().resolve(Modules.PAYMENT);
    const query = running.container().resolve(ContainerRegistrationKeys.QUERY);
    const { data: holders } = await query.graph({ entity: "account_holder", fields: ["*"] });
    const account_holder = holders.find(({ provider_id }) => provider_id === "pp_sandbox_a");
    return payment.listPaymentMethods({
      provider_id: "pp_sandbox_a",
      context: { account_holder: account_holder! },
    });
  }

  const savedPath = ({ cart_id }: Shopper) => `/store/carts/${cart_id}/saved-payment-methods`;

  describe("a logged-in customer", () => {
    it("saves a card with one order and pays the next with it", async () => {
      const first = await running.shopper();
      const headers = await logIn(first);
      const card = { ...cardOf("4242424242424242"), save: true };
      expect((await pay(first, { card }, headers)).body.type).toBe("order");
      const [saved] = await savedMethods();
      expect(saved).toMatchObject({ data: { last4: "4242", brand: "visa" } });

      const second = await running.shopper();
      const paid = await pay(second, { saved_method_id: saved!.id }, headers);
      expect(paid.body).toMatchObject({ type: "order", order: { display_id: 2 } });
    });

    it("is told which methods can be kept for next time, and a guest that none can", async () => {
      const shopper = await running.shopper();
      const headers = await logIn(shopper);
      const keepable = async (sent: Record<string, string>) => {
        const path = `/store/carts/${shopper.cart_id}/payment-options`;
        const { body } = await shopper.send("GET", path, undefined, sent);
        const all = [...body.payment_options, ...body.declined_options];
        return all.filter(({ can_save }) => can_save).map(({ id }) => id);
      };
      expect(await keepable(headers)).toEqual(["pp_sandbox_a:card"]);
      expect(await keepable({})).toEqual([]);
      const { body } = await pay(shopper, { card: cardOf("4000000000009995") }, headers);
      expect(body.declined_options).toMatchObject([{ id: "pp_sandbox_a:card", can_save: true }]);
    });

    it("finds what they saved in the checkout, pays with it, and has it forgotten", async () => {
      const first = await running.shopper();
      const headers = await logIn(first);
      const list = async (shopper: Shopper) =>
        (await shopper.send("GET", savedPath(shopper), undefined, headers)).body;
      expect(await list(first)).toEqual({ saved_payment_methods: [] });
      await pay(first, { card: { ...cardOf("4242424242424242"), save: true } }, headers);

      const second = await running.shopper();
      const { saved_payment_methods } = await list(second);
      expect(saved_payment_methods).toEqual([
        {
          id: expect.any(String),
          provider_id: "pp_sandbox_a",
          option_id: "pp_sandbox_a:card",
          method: "card",
          brand: "visa",
          last4: "4242",
          exp_month: expect.any(Number),
          exp_year: expect.any(Number),
        },
      ]);
      const [{ id }] = saved_payment_methods;
      expect((await pay(second, { saved_method_id: id }, headers)).body.type).toBe("order");

      const guest = await running.shopper();
      expect((await guest.get(savedPath(guest))).body).toEqual({ saved_payment_methods: [] });
      const path = `${savedPath(guest)}/pp_sandbox_a/${id}`;
      expect((await guest.send("DELETE", path)).status).toBe(401);
      expect((await list(second)).saved_payment_methods).toHaveLength(1);
      expect((await guest.send("DELETE", path, undefined, headers)).body).toEqual({
        id,
        object: "saved_payment_method",
        deleted: true,
      });
      expect((await list(second)).saved_payment_methods).toEqual([]);
      const unknown = `${savedPath(guest)}/pp_sandbox_b/${id}`;
      expect((await guest.send("DELETE", unknown, undefined, headers)).status).toBe(404);
    });

    it("is asked for details as ever while the provider cannot tell what they saved", async () => {
      const first = await running.shopper();
      const headers = await logIn(first);
      await pay(first, { card: { ...cardOf("4242424242424242"), save: true } }, headers);
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const { status, body } = await first.send("GET", savedPath(first), undefined, headers);
      expect([status, body]).toEqual([200, { saved_payment_methods: [] }]);
    });

    it("keeps the card from everybody else", async () => {
      const owner = await running.shopper();
      const headers = await logIn(owner);
      await pay(owner, { card: { ...cardOf("4242424242424242"), save: true } }, headers);
      const [saved] = await savedMethods();

      const guest = await running.shopper();
      const refused = await pay(guest, { saved_method_id: saved!.id }, {});
      expect(refused.status).toBe(400);
    });

    it("keeps the card from who knows their attempt, and whether there is such a card", async () => {
      const owner = await running.shopper();
      const headers = await logIn(owner);
      await pay(owner, { card: { ...cardOf("4242424242424242"), save: true } }, headers);
      const [saved] = await savedMethods();
      const next = await running.shopper();
      const started = await next.start("pp_sandbox_a:card", undefined, headers);
      const confirm = (saved_method_id: string, sent: Record<string, string>) =>
        next.post(
          `/store/carts/${next.cart_id}/payment-attempts/${started.body.payment_attempt.id}/confirm`,
          { data: { saved_method_id } },
          sent,
        );
      const refused = await confirm(saved!.id, {});
      expect([refused.status, refused.body.type]).toEqual([400, "invalid_data"]);
      const invented = await confirm("sm_invented", {});
      expect([invented.status, invented.body]).toEqual([refused.status, refused.body]);
      expect((await confirm(saved!.id, headers)).body.type).toBe("order");
    });

    it("has a payment of their own, which a guest who goes on with the cart does not take over", async () => {
      const shopper = await running.shopper();
      const headers = await logIn(shopper);
      const begun = async (sent: Record<string, string>) => {
        const { body } = await shopper.start("pp_sandbox_a:card", undefined, sent);
        const knex = running.container().resolve("__pg_connection__");
        const [row] = await knex("tender_payment_attempt").where({ id: body.payment_attempt.id });
        return row.gateway_reference as string;
      };
      const own = await begun(headers);
      const guests = await begun({});
      expect(guests).toMatch(/./);
      expect(guests).not.toBe(own);
    });

    it("pays where their record cannot be made, as often as that may be, and keeps nothing", async () => {
      const provider = findGateway(running.container(), "pp_sandbox_a");
      const ensure = jest
        .spyOn(provider!.gateway.customers!, "ensure")
        .mockRejectedValue(new OutcomeUnknown("503"));
      const first = await running.shopper();
      const headers = await logIn(first);
      for (let tries = 0; tries < 7; tries += 1) {
        const { body } = await first.start("pp_sandbox_a:card", undefined, headers);
        expect(body.payment_attempt).toMatchObject({ provider_id: "pp_sandbox_a", status: "ready" });
      }
      expect(ensure).toHaveBeenCalledTimes(5);
      const card = { ...cardOf("4242424242424242"), save: true };
      expect((await pay(first, { card }, headers)).body.type).toBe("order");
      const path = savedPath(await running.shopper());
      expect((await first.send("GET", path, undefined, headers)).body.saved_payment_methods).toEqual([]);
      expect((await (await running.shopper()).start("pp_sandbox_a:card")).body.payment_attempt).toMatchObject(
        {
          provider_id: "pp_sandbox_a",
        },
      );
      ensure.mockRestore();
    });

    it.each(["black_hole", "refuse"])(
      "gets the next provider when the first one fails at making their record (%s)",
      async (fault) => {
        const shopper = await running.shopper();
        const headers = await logIn(shopper);
        await running.bank().fault({ provider: "pp_sandbox_a", fault });
        const started = await shopper.start("pp_sandbox_a:card", undefined, headers);
        expect(started.status).toBe(200);
        expect(started.body.payment_attempt).toMatchObject({ provider_id: "pp_sandbox_b", status: "ready" });
        const failed = await shopper.attempt(started.body.payment_attempt.fallback_of);
        expect(failed.body.payment_attempt).toMatchObject({ provider_id: "pp_sandbox_a", status: "failed" });
      },
    );
  });
});
