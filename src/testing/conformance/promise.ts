import type { ConformanceHarness, ControllableService, GatewayClaims, ConformanceSamples } from "../harness";
import type { Shop, ShopOptions } from "./shop";

/** What a promise is checked with. */
export type ConformanceContext = Readonly<{
  claims: GatewayClaims;
  samples: ConformanceSamples;
  service: ControllableService;
  /** A new shop: its own provider, circuit breaker and journal, against the same service. */
  shop(options?: ShopOptions): Shop;
}>;

/** What is known of a gateway before it runs. */
export type GatewayFacts = Pick<ConformanceHarness, "claims" | "samples">;

/** One sentence of the contract and how it is checked. `run` rejects when the promise is broken. */
export type ConformancePromise = Readonly<{
  name: string;
  /** False for gateways the sentence says nothing about; the suite then shows it as skipped. */
  applies(facts: GatewayFacts): boolean;
  run(context: ConformanceContext): Promise<void>;
}>;

export type ConformanceTheme = Readonly<{ title: string; promises: readonly ConformancePromise[] }>;

/** A promise every gateway makes. */
export function promise(name: string, run: ConformancePromise["run"]): ConformancePromise {
  return { name, run, applies: () => true };
}

/** A promise of those gateways only for which `applies` holds. */
export function promiseIf(
  applies: ConformancePromise["applies"],
  name: string,
  run: ConformancePromise["run"],
): ConformancePromise {
  return { name, run, applies };
}

/** Whether captures are made by Medusa, apart from the authorization. */
export const capturesManually = ({ claims }: GatewayFacts): boolean => claims.capture.includes("manual");

export const takesCurrency =
  (currency: string) =>
  ({ claims }: GatewayFacts): boolean =>
    claims.currencies === "all" || claims.currencies.includes(currency);
