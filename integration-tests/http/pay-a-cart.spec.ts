import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  describe("paying a cart", () => {
    it("declines a card without funds, offers alternatives, and takes another way: order number 1", async () => {
      const shopper = await running.shopper();
      const { body: listed } = await shopper.options();
      expect(listed.payment_options.map((option: { id: string }) => option.id)).toEqual(
        expect.arrayContaining(["pp_sandbox_a:card", "pp_system_default:pp_system_default"]),
      );

      const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", "4000000000009995");
      expect(started.status).toBe(200);
      expect(confirmed.status).toBe(402);
      expect(confirmed.body).toMatchObject({
        type: "declined",
        decline: { category: "funds_limit", recovery: "choose_another_method" },
      });
      expect(confirmed.body.payment_options.length).toBeGreaterThanOrEqual(2);

      const next = confirmed.body.payment_options[0];
      const again = await shopper.start(next.id);
      const paid = await shopper.confirm(again.body.payment_attempt.id);
      expect(paid.body).toMatchObject({ type: "order", order: { display_id: 1, total: 69.8 } });
    });

    it("pays with a card at the bank for exactly the cart's total", async () => {
      const shopper = await running.shopper();
      const before = (await running.bank().ledger()).length;
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
      expect(confirmed.body.type).toBe("order");
      const ledger = (await running.bank().ledger()).slice(before);
      expect(ledger).toHaveLength(1);
      expect(ledger[0]).toMatchObject({
        provider: "pp_sandbox_a",
        status: "authorized",
        authorized_minor: 6980,
        currency: "EUR",
      });
    });
  });
});
