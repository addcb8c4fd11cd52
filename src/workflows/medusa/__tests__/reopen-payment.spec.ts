import type { MedusaContainer } from "@medusajs/framework/types";
import { reopenPayment } from "../reopen-payment";

const OURS = { gateway: {}, attempts: {} };

/** A payment module with one payment, as it is at each look; what it is told to change is kept. */
function storeWith(payment: object, provider: object = OURS, later: object = payment) {
  const updates: object[] = [];
  const looks = [payment];
  const module = {
    listPayments: async () => [
      {
        ...{ id: "pay_1", provider_id: "pp_a", currency_code: "eur", captured_at: new Date() },
        ...(looks.pop() ?? later),
      },
    ],
    updatePayment: async (update: object) => updates.push(update),
    __container__: { pp_a: provider },
  };
  return { container: { resolve: () => module } as unknown as MedusaContainer, updates };
}

const TAKEN_BACK = [{ id: "pay_1", captured_at: null }];
const captures = (...amounts: number[]) => amounts.map((amount) => ({ amount }));

describe("Medusa's mark of a full capture", () => {
  it.each([
    ["is taken back where less was captured", { amount: 69.8, captures: captures(34.9) }, TAKEN_BACK],
    ["is taken back where nothing was captured", { amount: 69.8, captures: [] }, TAKEN_BACK],
    ["stays where all was captured", { amount: 69.8, captures: captures(34.9, 34.9) }, []],
    ["stays where a fraction of a cent is missing", { amount: 69.8049, captures: captures(69.8) }, []],
    ["is not there to be taken back", { amount: 69.8, captures: [], captured_at: null }, []],
    ["stays on a canceled payment", { amount: 69.8, captures: [], canceled_at: new Date() }, []],
  ])("%s", async (_, payment, expected) => {
    const { container, updates } = storeWith(payment);
    await reopenPayment(container, { id: "pay_1" });
    expect(updates).toEqual(expected);
  });

  it("stays on another plugin's payment", async () => {
    const { container, updates } = storeWith({ amount: 69.8, captures: [] }, { capturePayment: () => 1 });
    await reopenPayment(container, { id: "pay_1" });
    expect(updates).toEqual([]);
  });

  it("is given back to a payment whose rest was captured meanwhile", async () => {
    const before = { amount: 69.8, captures: captures(34.9) };
    const after = { amount: 69.8, captures: captures(34.9, 34.9), captured_at: null };
    const { container, updates } = storeWith(before, OURS, after);
    await reopenPayment(container, { id: "pay_1" });
    expect(updates).toEqual([...TAKEN_BACK, { id: "pay_1", captured_at: expect.any(Date) }]);
  });
});
