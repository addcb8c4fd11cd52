import type { SavedMethods } from "../../../gateway";
import { assertOwnSavedMethod } from "../own-saved-method";

const OWNER = "cus_owner";
const SAVED = { saved_method_id: "pm_1" };
const CARD = { payment_method: "pm_1" };

/** Keeps what it is given a `payment_method` for, so that this may name a saved one. */
const saved_methods: SavedMethods = {
  list: async () => [],
  remove: async () => undefined,
  mayBeNamedIn: (data) => Object(data).payment_method !== undefined,
};

describe("a saved method", () => {
  it.each([
    ["its customer", OWNER, OWNER, SAVED, true],
    ["another customer", OWNER, "cus_other", SAVED, false],
    ["a guest", OWNER, null, SAVED, false],
    ["a guest in a guest's attempt", null, null, SAVED, false],
    ["a customer in a guest's attempt", null, OWNER, SAVED, false],
    ["its customer, named otherwise", OWNER, OWNER, CARD, true],
    ["another customer, named otherwise", OWNER, "cus_other", CARD, false],
    ["a guest, named otherwise", OWNER, null, CARD, false],
    ["a guest with a card of their own", null, null, CARD, true],
    ["a guest who sends nothing", OWNER, null, undefined, true],
  ])("in the hand of %s", (_who, of_attempt, customer_id, data, allowed) => {
    const confirm = () =>
      assertOwnSavedMethod({ saved_methods }, { customer_id: of_attempt }, { customer_id, data });
    if (allowed) {
      expect(confirm).not.toThrow();
    } else {
      expect(confirm).toThrow(expect.objectContaining({ kind: "invalid_data" }));
    }
  });

  it("pays for nobody else where the gateway names it in one way only", () => {
    const confirm = (data: Record<string, unknown>) => () =>
      assertOwnSavedMethod({}, { customer_id: OWNER }, { customer_id: null, data });
    expect(confirm(SAVED)).toThrow("is not the customer's, or is gone");
    expect(confirm(CARD)).not.toThrow();
  });
});
