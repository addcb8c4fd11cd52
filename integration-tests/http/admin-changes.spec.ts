import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { findingsAbout } from "../support/journal";
import { Operator } from "../support/operator";
import { age, paidOrder } from "../support/paid-order";
import { withRunningStore } from "../support/suite";
import { withUnwritableLog } from "../support/unwritable-log";

const A = "pp_sandbox_a";

withRunningStore((running) => {
  async function changesOf(operator: Operator, subject: string): Promise<Record<string, unknown>[]> {
    const { body } = await operator.send("GET", `/admin/tender/changes?subject=${subject}`);
    return body.changes;
  }

  describe("the line of a void", () => {
    async function reserved() {
      const order = await paidOrder(running);
      const voided = () => order.operator.send("POST", `/admin/tender/payments/${order.payment_id}/void`);
      const lines = () => changesOf(order.operator, order.attempt_id);
      return { ...order, voided, lines };
    }

    it("is one, however many void it at once", async () => {
      const { voided, lines } = await reserved();
      const answers = await Promise.all([voided(), voided()]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await lines()).toMatchObject([{ action: "payment.void", after: { amount: "69.80" } }]);
    });

    it("is written by the next call where the first stopped before it", async () => {
      const { voided, lines, attempt_id, payment } = await reserved();
      expect((await withUnwritableLog(running, voided)).status).toBe(500);
      expect((await payment()).canceled_at).not.toBeNull();
      expect(await lines()).toEqual([]);
      for (const _ of [1, 2]) expect((await voided()).status).toBe(200);
      expect(await lines()).toMatchObject([{ action: "payment.void", after: { amount: "69.80" } }]);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
    });

    it("is none where the whole order was canceled", async () => {
      const { operator, order_id, voided, lines } = await reserved();
      expect((await operator.cancelOrder(order_id)).status).toBe(200);
      expect((await voided()).status).toBe(200);
      expect(await lines()).toEqual([]);
    });
  });

  describe("the line of a capture or a refund", () => {
    it("tells what was asked for, beside the total", async () => {
      const { operator, payment_id, attempt_id } = await paidOrder(running);
      expect((await operator.capture(payment_id)).status).toBe(200);
      for (const amount of [5, 3]) expect((await operator.refund(payment_id, amount)).status).toBe(200);
      expect(await changesOf(operator, attempt_id)).toMatchObject([
        { action: "payment.refund", after: { amount: "3.00", refunded: "8.00" } },
        { action: "payment.refund", after: { amount: "5.00", refunded: "5.00" } },
        { action: "payment.capture", after: { captured: "69.80" } },
      ]);
    });

    it("is none where nothing was captured", async () => {
      const { operator, payment_id, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      const before = await changesOf(operator, attempt_id);
      expect((await operator.capture(payment_id)).status).toBe(200);
      expect(await changesOf(operator, attempt_id)).toEqual(before);
    });
  });

  describe("the line of a region's provider", () => {
    async function switched() {
      const operator = await Operator.logIn(running.base_url());
      const { region_id } = running.store();
      const set = (enabled: boolean) =>
        operator.send("POST", `/admin/tender/providers/${A}/regions`, { region_id, enabled });
      const isEnabled = async () => {
        const { data } = await running
          .container()
          .resolve(ContainerRegistrationKeys.QUERY)
          .graph({
            entity: "region_payment_provider",
            fields: ["payment_provider_id"],
            filters: { region_id, payment_provider_id: A },
          });
        return data.length > 0;
      };
      return { operator, region_id, set, isEnabled };
    }

    it("is there whenever the change is", async () => {
      const { operator, set, isEnabled } = await switched();
      expect((await withUnwritableLog(running, () => set(false))).status).toBe(500);
      expect(await isEnabled()).toBe(true);
      expect((await set(false)).status).toBe(200);
      expect(await isEnabled()).toBe(false);
      expect(await changesOf(operator, A)).toMatchObject([{ action: "region_provider.disable" }]);
    });

    it("is followed by Medusa's event, by the next call where the first stopped before it", async () => {
      const { operator, region_id, set } = await switched();
      const bus = running.container().resolve(Modules.EVENT_BUS);
      const emit = jest.spyOn(bus, "emit").mockRejectedValueOnce(new Error("The event bus is down."));
      expect((await set(false)).status).toBe(500);
      emit.mockClear();
      expect((await set(false)).status).toBe(200);
      expect(emit).toHaveBeenCalledWith({ name: "region.updated", data: { id: region_id } });
      emit.mockRestore();
      expect(await changesOf(operator, A)).toHaveLength(1);
    });
  });
});
