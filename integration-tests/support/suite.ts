import type { MedusaContainer } from "@medusajs/framework/types";
import { startTestBank, type TestBank } from "./bank";
import { FilledCarts } from "./filled-carts";
import { startMedusa, type TestMedusa } from "./medusa";
import { Shopper } from "./shopper";
import { seedStore, type TestStore } from "./store";

/** What a test of the running store works with. */
export type Running = {
  container(): MedusaContainer;
  base_url(): string;
  store(): TestStore;
  bank(): TestBank;
  /** A shopper with a filled cart of 69.80 EUR. */
  shopper(quantity?: number): Promise<Shopper>;
};

type Env = Readonly<Record<string, string>>;

/**
 * Boots the real thing for a test file: Postgres, Medusa over HTTP with this plugin, the seeded store and the
 * sandbox bank. `env` is what medusa-config.ts reads, or a function that starts what it tells of. Each test finds the store as the first one did; what the bank has
 * seen stays.
 */
export function withRunningStore(
  tests: (running: Running) => void,
  env: Env | (() => Promise<Env>) = {},
): void {
  let given: Env = {};
  let bank: TestBank;
  let medusa: TestMedusa;
  let store: TestStore;
  const carts = new FilledCarts(
    (statement, value) => medusa.container.resolve("__pg_connection__").raw(statement, { value }),
    (quantity) => new Shopper(medusa.base_url, store).fillCart(quantity),
  );

  // A block of its own, so that hooks of the tests run between these.
  describe("", () => {
    beforeAll(async () => {
      given = typeof env === "function" ? await env() : env;
      Object.assign(process.env, { SANDBOX_TIMEOUT_MS: "1500", ...given });
      bank = await startTestBank();
      medusa = await startMedusa();
      store = await seedStore(medusa.container);
    });
    beforeEach(() => medusa.database.restore());
    afterEach(async () => {
      await medusa.settled();
      await bank.clearFaults();
    });
    afterAll(async () => {
      await medusa?.stop();
      await bank?.stop();
      Object.keys(given).forEach((name) => delete process.env[name]);
    });

    tests({
      container: () => medusa.container,
      base_url: () => medusa.base_url,
      store: () => store,
      bank: () => bank,
      shopper: async (quantity = 1) => {
        const shopper = new Shopper(medusa.base_url, store);
        shopper.cart_id = await carts.make(quantity);
        return shopper;
      },
    });
  });
}
