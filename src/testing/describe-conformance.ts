import { CONFORMANCE_THEMES, contextFor } from "./conformance";
import type { ConformanceHarness, RunningGateway } from "./harness";

/** The few functions of a test runner that are needed; jest's and vitest's globals fit. */
export type TestRunner = Readonly<{
  describe(name: string, register: () => void): void;
  it: ((name: string, run: () => Promise<void>) => void) & {
    skip(name: string, run: () => Promise<void>): void;
  };
  beforeAll(run: () => Promise<void>): void;
  afterAll(run: () => Promise<void>): void;
  afterEach(run: () => Promise<void>): void;
}>;

/**
 * Registers every promise of the gateway contract as a test of your gateway. Promises about what the gateway does
 * not claim are shown as skipped.
 *
 * @param name what the tests are listed under
 * @param harness your gateway, its service, and sample data; see {@link ConformanceHarness}
 * @param runner the test runner's functions; jest's globals when left out
 *
 * @example
 * describeGatewayConformance("acme", acmeHarness);
 */
export function describeGatewayConformance(
  name: string,
  harness: ConformanceHarness,
  runner: TestRunner = globalRunner(),
): void {
  runner.describe(`${name} keeps the gateway contract`, () => {
    let running: RunningGateway | undefined;
    runner.beforeAll(async () => {
      running = await harness.start();
    });
    runner.afterEach(async () => running?.service.clearFaults());
    runner.afterAll(async () => running?.stop());

    for (const { title, promises } of CONFORMANCE_THEMES) {
      runner.describe(title, () => {
        for (const { name: sentence, applies, run } of promises) {
          const claimed = applies(harness);
          const register = claimed ? runner.it : runner.it.skip;
          register(claimed ? sentence : `${sentence} (skipped: not claimed by this gateway)`, async () => {
            if (!running) {
              throw new Error("The harness did not start.");
            }
            await run(contextFor(harness, running));
          });
        }
      });
    }
  });
}

function globalRunner(): TestRunner {
  const { describe, it, beforeAll, afterAll, afterEach } = globalThis as unknown as Partial<TestRunner>;
  if (!describe || !it || !beforeAll || !afterAll || !afterEach) {
    throw new Error("No test runner was found. Run this under jest, or pass the runner's functions.");
  }
  return { describe, it, beforeAll, afterAll, afterEach };
}
