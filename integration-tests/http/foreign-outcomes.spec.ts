import type { AbstractPaymentProvider } from "@medusajs/framework/utils";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import { operationsOf } from "../support/journal";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { withRunningStore } from "../support/suite";

const { Types } = MedusaError;

type Provider = Pick<AbstractPaymentProvider, "authorizePayment">;
type ProviderAnswer = Awaited<ReturnType<Provider["authorizePayment"]>>;

withRunningStore((running) => {
  afterEach(() => jest.restoreAllMocks());

  /** The next authorization at Medusa's manual provider, which stands for any other plugin's, ends like this. */
  function nextAuthorization(end: Error | ProviderAnswer["status"]): void {
    const payment = running.container().resolve<{ __container__: Record<string, Provider> }>(Modules.PAYMENT);
    const authorize = jest.spyOn(payment.__container__["pp_system_default"]!, "authorizePayment");
    if (end instanceof Error) {
      authorize.mockRejectedValueOnce(end);
    } else {
      authorize.mockResolvedValueOnce({ status: end, data: {} });
    }
  }

  async function startedForeign() {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_system_default:pp_system_default");
    const attempt_id: string = body.payment_attempt.id;
    const authorization = async () =>
      (await operationsOf(running.container(), shopper.cart_id)).filter(({ kind }) => kind === "authorize");
    return { shopper, attempt_id, authorization };
  }

  describe("another plugin's provider that tells no outcome", () => {
    it.each([
      ["an error of its own", new Error("connect ETIMEDOUT 203.0.113.7:443, key sk_live_x")],
      ["Medusa's error for wrong data", new MedusaError(Types.INVALID_DATA, "key sk_live_x is wrong")],
      ["Medusa's error for what is not allowed", new MedusaError(Types.NOT_ALLOWED, "sk_live_x: wait")],
      ["Medusa's error for surprises", new MedusaError(Types.UNEXPECTED_STATE, "sk_live_x")],
    ])("leaves the payment unknown after %s, until it is asked again", async (_what, error) => {
      const { shopper, attempt_id, authorization } = await startedForeign();
      nextAuthorization(error);
      const lost = await shopper.confirm(attempt_id);
      expect(lost.status).toBe(200);
      expect(lost.body).toMatchObject({
        type: "pending",
        payment_attempt: { status: "unknown", next_action: { type: "wait" } },
      });
      expect(JSON.stringify(lost.body)).not.toContain("sk_live");
      expect(await authorization()).toEqual([expect.objectContaining({ status: "unknown" })]);

      const again = await shopper.confirm(attempt_id);
      expect(again.body).toMatchObject({ type: "order", order: { display_id: 1 } });
      expect(await authorization()).toEqual([expect.objectContaining({ status: "succeeded", tries: 2 })]);
    });
  });

  describe("a payment of another plugin that may still be made", () => {
    it.each([
      ["told no outcome", new Error("connect ETIMEDOUT")],
      ["is pending", "pending"],
    ] as const)("keeps the cart from being paid another way for a while when it %s", async (_what, end) => {
      const { shopper, attempt_id } = await startedForeign();
      nextAuthorization(end);
      expect((await shopper.confirm(attempt_id)).body.type).toBe("pending");

      const too_soon = await shopper.start("pp_sandbox_a:card");
      expect([too_soon.status, too_soon.body.code]).toEqual([409, "payment_unknown"]);
      expect(too_soon.body.payment_attempt.id).toBe(attempt_id);

      const { options } = tenderModule(running.container());
      const { unknown_blocks_ms } = options;
      options.unknown_blocks_ms = 0;
      const later = await shopper.start("pp_sandbox_a:card");
      options.unknown_blocks_ms = unknown_blocks_ms;
      expect(later.status).toBe(200);
    });
  });

  describe("another plugin's provider that tells an outcome", () => {
    it.each([
      ["throws a refusal", new MedusaError(Types.PAYMENT_AUTHORIZATION_ERROR, "no")],
      ["answers error", "error"],
      ["answers canceled", "canceled"],
    ] as const)("is a decline when it %s", async (_what, end) => {
      const { shopper, attempt_id, authorization } = await startedForeign();
      nextAuthorization(end as Error | ProviderAnswer["status"]);
      const declined = await shopper.confirm(attempt_id);
      expect(declined.status).toBe(402);
      expect(declined.body.payment_attempt).toMatchObject({ status: "declined", next_action: null });
      expect(await authorization()).toEqual([expect.objectContaining({ status: "declined" })]);
    });

    it.each([
      ["throws that it needs more", new MedusaError(Types.PAYMENT_REQUIRES_MORE_ERROR, "3-D Secure")],
      ["answers requires_more", "requires_more"],
    ] as const)("waits for the shopper when it %s", async (_what, end) => {
      const { shopper, attempt_id } = await startedForeign();
      nextAuthorization(end as Error | ProviderAnswer["status"]);
      const waiting = await shopper.confirm(attempt_id);
      expect(waiting.body).toMatchObject({
        type: "action_required",
        payment_attempt: { status: "action_required" },
      });
      expect((await shopper.confirm(attempt_id)).body).toMatchObject({ type: "order" });
    });

    it("waits for the provider when it answers pending", async () => {
      const { shopper, attempt_id } = await startedForeign();
      nextAuthorization("pending");
      expect((await shopper.confirm(attempt_id)).body).toMatchObject({
        type: "pending",
        payment_attempt: { status: "pending" },
      });
    });
  });
});
