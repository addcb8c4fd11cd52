import { Modules } from "@medusajs/framework/utils";
import { setTimeout as sleep } from "node:timers/promises";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { giveUpUnlessOrdered } from "../../src/workflows/settle/return-money";
import { openFindings } from "../support/journal";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";

/** How long the bank takes to authorize, and when meanwhile the cart is changed. */
const BANK_MS = 1500;
const CHANGE_AFTER_MS = 500;

withRunningStore(
  (running) => {
    const CHANGES = {
      "through Medusa's line-item route": async (shopper: Shopper) => {
        const { body } = await shopper.get(`/store/carts/${shopper.cart_id}`);
        const path = `/store/carts/${shopper.cart_id}/line-items/${body.cart.items[0].id}`;
        expect((await shopper.post(path, { quantity: 2 })).status).toBe(200);
      },
      "in the cart module, past Medusa's workflows": async ({ cart_id }: Shopper) => {
        const carts = running.container().resolve(Modules.CART);
        const cart = await carts.retrieveCart(cart_id, { relations: ["items"] });
        await carts.updateLineItems(cart.items![0]!.id, { quantity: 2 });
      },
    };

    describe("a cart that changes while the bank authorizes", () => {
      it.each(Object.entries(CHANGES))("%s gets no order at the old amount", async (_where, change) => {
        const shopper = await running.shopper();
        const before = (await running.bank().ledger()).length;
        const { body } = await shopper.start("pp_sandbox_a:card");
        await running.bank().fault({ operation: "authorize", fault: "latency", value_ms: BANK_MS, times: 1 });
        const confirming = shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
        await sleep(CHANGE_AFTER_MS);
        await change(shopper);
        const confirmed = await confirming;

        expect(confirmed.status).toBe(409);
        expect(confirmed.body).toMatchObject({
          code: "cart_total_changed",
          payment_attempt: { amount: 134.7, status: "ready" },
        });
        expect(await running.container().resolve(Modules.ORDER).listOrders({})).toHaveLength(0);
        const [authorized] = (await running.bank().ledger()).slice(before);
        expect(authorized).toMatchObject({ status: "canceled", captured_minor: 0 });
        expect(await openFindings(running.container())).toContain("confirmed_at_old_amount");

        const paid = await shopper.confirm(confirmed.body.payment_attempt.id, { card: cardOf(APPROVES) });
        expect(paid.body).toMatchObject({ type: "order", order: { total: 134.7 } });
      });
    });

    it("returns an approved payment whose session Medusa deleted just before it was given up", async () => {
      const container = running.container();
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const { attempts } = findGateway(container, "pp_sandbox_a")!;
      const approved = await attempts.confirm(body.payment_attempt.id, { data: { card: cardOf(APPROVES) } });
      expect((await running.bank().ledger()).at(-1)).toMatchObject({ status: "authorized" });
      await tenderModule(container).changeAttempt(approved.id, "released");
      await giveUpUnlessOrdered(container, shopper.cart_id, approved);
      expect((await running.bank().ledger()).at(-1)).toMatchObject({ status: "canceled" });
    });
  },
  { SANDBOX_TIMEOUT_MS: "5000" },
);
