import type { RunningGateway } from "../harness";
import { amounts } from "./amounts";
import { approval } from "./approval";
import { capabilities } from "./capabilities";
import { currencies } from "./currencies";
import { declines } from "./declines";
import { idempotency } from "./idempotency";
import { lostAnswers } from "./lost-answers";
import { moneyMovement } from "./money-movement";
import type { ConformanceContext, ConformanceTheme, GatewayFacts } from "./promise";
import { publishedDefects } from "./published-defects";
import { savedMethods } from "./saved-methods";
import { secrecy } from "./secrecy";
import { serviceFaults } from "./service-faults";
import { health, sessions } from "./sessions";
import { Shop } from "./shop";
import { shopperData } from "./shopper-data";
import { threeDSecure } from "./three-d-secure";
import { webhooks } from "./webhooks";

/** Every promise of the contract, by theme. */
export const CONFORMANCE_THEMES: readonly ConformanceTheme[] = [
  capabilities,
  approval,
  declines,
  threeDSecure,
  moneyMovement,
  idempotency,
  lostAnswers,
  serviceFaults,
  currencies,
  amounts,
  webhooks,
  secrecy,
  shopperData,
  sessions,
  health,
  savedMethods,
  publishedDefects,
];

/** What promises are checked with, for a gateway that is running. */
export function contextFor({ claims, samples }: GatewayFacts, running: RunningGateway): ConformanceContext {
  const capture = claims.capture.includes("manual") ? "manual" : "automatic";
  return {
    claims,
    samples,
    service: running.service,
    shop: (options = {}) => new Shop(running, samples, { capture, ...options }),
  };
}

export type { ConformanceContext, ConformancePromise, ConformanceTheme, GatewayFacts } from "./promise";
