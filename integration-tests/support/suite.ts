import type { MedusaContainer } from "@medusajs/framework/types";
import { medusaIntegrationTestRunner } from "@medusajs/test-utils";
import path from "node:path";
import { startTestBank, type TestBank } from "./bank";
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

/**
 * Boots the real thing for a test file: Postgres, Medusa over HTTP with this plugin, the seeded store and the
 * sandbox bank. `env` is what medusa-config.ts reads.
 */
export function withRunningStore(tests: (running: Running) => void, env: Record<string, string> = {}): void {
  let bank: TestBank;
  beforeAll(async () => {
    Object.assign(process.env, { SANDBOX_TIMEOUT_MS: "1500", ...env });
    bank = await startTestBank();
  });
  afterAll(async () => {
    await bank?.stop();
    Object.keys(env).forEach((name) => delete process.env[name]);
  });
  medusaIntegrationTestRunner({
    inApp: true,
    cwd: path.resolve(__dirname, "../.."),
    testSuite: ({ api, getContainer }) => {
      let store: TestStore;
      const base_url = () => String((api as { defaults: { baseURL: string } }).defaults.baseURL);
      beforeAll(async () => {
        store = await seedStore(getContainer());
      });
      afterEach(() => bank.clearFaults());
      tests({
        container: getContainer,
        base_url,
        store: () => store,
        bank: () => bank,
        shopper: async (quantity) => {
          const shopper = new Shopper(base_url(), store);
          await shopper.fillCart(quantity);
          return shopper;
        },
      });
    },
  });
}
