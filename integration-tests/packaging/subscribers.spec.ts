import { config as canceled } from "../../src/subscribers/order-canceled";
import { config as placed } from "../../src/subscribers/order-placed";

// Medusa does not start with two subscribers of one id, and makes ids of functions' names where there is none.
it.each([canceled, placed])("a subscriber to $event has an id that no store's own has", ({ context }) => {
  expect(context?.subscriberId).toMatch(/^tender-/);
});
