import { Modules } from "@medusajs/framework/utils";
import { setTimeout as sleep } from "node:timers/promises";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { withCartLock } from "../../src/workflows/medusa/cart-lock";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { giveUpUnlessOrdered } from "../../src/workflows/settle/return-money";
import { attemptsOf, openFindings } from "../support/journal";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";
import { until } from "../support/until";

const APPROVES = "4242424242424242";

/** How long the bank takes to authorize, and when meanwhile the cart is changed. */
const BANK_MS = 1500;
const CHANGE_AFTER_MS = 500;

withRunningStore(
  (running) => {
    const CHANGES = {
      "through Medusa's line-item route": (shopper: Shopper) => shopper.setQuantity(2),
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

    it("cannot be paid once it holds nothing, though its shipping is left", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const carts = running.container().resolve(Modules.CART);
      const { items } = await carts.retrieveCart(shopper.cart_id, { relations: ["items"] });
      await shopper.send("DELETE", `/store/carts/${shopper.cart_id}/line-items/${items![0]!.id}`);
      const answers = [
        await shopper.start("pp_sandbox_a:card"),
        await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) }),
      ];
      for (const { status, body: told } of answers) {
        expect([status, told.code]).toEqual([409, "cart_incomplete"]);
      }
      expect(await attemptsOf(running.container(), shopper.cart_id)).toHaveLength(1);
    });

    /** Confirms while the cart's lock is held: once the payment is approved, its completion waits for `meanwhile`. */
    async function confirmWaiting(shopper: Shopper, meanwhile: () => Promise<unknown>) {
      const before = (await running.bank().ledger()).length;
      const { body } = await shopper.start("pp_sandbox_a:card");
      const confirming = await withCartLock(running.container(), shopper.cart_id, async () => {
        const answer = shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
        await until(async () => (await running.bank().ledger())[before]?.status === "authorized");
        await sleep(CHANGE_AFTER_MS);
        await meanwhile();
        return { answer };
      });
      const confirmed = await confirming.answer;
      return { confirmed, payment: (await running.bank().ledger())[before] };
    }

    describe("a cart that changes as its order is being placed", () => {
      it("and whose session is gone, as after Medusa's line-item route, is offered at its new total", async () => {
        const shopper = await running.shopper();
        const { confirmed, payment } = await confirmWaiting(shopper, async () => {
          await CHANGES["in the cart module, past Medusa's workflows"](shopper);
          const sessions = await running.container().resolve(Modules.PAYMENT).listPaymentSessions({});
          await running.container().resolve(Modules.PAYMENT).deletePaymentSession(sessions.at(-1)!.id);
        });
        expect(confirmed.body).toMatchObject({
          code: "cart_total_changed",
          payment_attempt: { amount: 134.7, status: "ready" },
        });
        expect(payment).toMatchObject({ status: "canceled", captured_minor: 0 });
      });

      it("in the cart module leaves a finding: the order is for more than was paid", async () => {
        const shopper = await running.shopper();
        const change = CHANGES["in the cart module, past Medusa's workflows"];
        const { confirmed } = await confirmWaiting(shopper, () => change(shopper));
        expect(confirmed.body).toMatchObject({ type: "order", order: { total: 134.7 } });
        expect(await openFindings(running.container())).toContain("order_not_covered");
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
