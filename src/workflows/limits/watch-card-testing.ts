import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { looksLikeCardTesting, type CardTestingRules, type TryTally } from "../../services";
import { tenderModule } from "../medusa/load-cart";

/** While the stricter limits hold, looking again is worth it once this share of their time is over. */
const LOOK_AGAIN_AFTER = 0.25;

/** Modules that are looking at this moment; the next refusal looks again. */
const looking = new WeakSet<object>();

/**
 * After a refusal: looks whether the store's refusals look like somebody trying stolen cards. When they do, the
 * stricter limits hold for a while, and one finding is opened. Nobody waits for it.
 *
 * @param tightened_left_ms how long the stricter limits hold already; null when they do not
 */
export function watchForCardTesting(container: MedusaContainer, tightened_left_ms: number | null): void {
  const tender = tenderModule(container);
  const rules = tender.options.limits.card_testing;
  if (
    !rules ||
    looking.has(tender) ||
    (tightened_left_ms !== null && tightened_left_ms > rules.lasts_ms * (1 - LOOK_AGAIN_AFTER))
  ) {
    return;
  }
  looking.add(tender);
  look(container, rules, tightened_left_ms)
    .catch((error: unknown) =>
      logger(container).warn(`The store's refusals could not be looked at: ${String(error)}`),
    )
    .finally(() => looking.delete(tender));
}

async function look(
  container: MedusaContainer,
  rules: CardTestingRules,
  tightened_left_ms: number | null,
): Promise<void> {
  const tender = tenderModule(container);
  const tightened = tightened_left_ms !== null;
  // What made the limits stricter must not keep them so: only what came since counts.
  const within_ms = tightened ? rules.lasts_ms - tightened_left_ms : rules.within_ms;
  const tally = await tender.tries.tally(within_ms);
  if (!looksLikeCardTesting(tally, rules, tightened) || !(await tender.tries.tighten(rules.lasts_ms))) {
    return;
  }
  const detail = describe(tally, within_ms);
  logger(container).warn(`Card testing: ${detail}`);
  await tender.openFinding({ kind: "card_testing", provider_id: "store", subject: "store", detail });
}

function describe(tally: TryTally, within_ms: number): string {
  const { refused, refused_carts, addresses, unaddressed, paid_carts } = tally;
  const minutes = Math.ceil(within_ms / 60_000);
  const hidden =
    unaddressed > 0
      ? ` (${unaddressed} with no address that counts: see "Behind a proxy" in docs/limits.md)`
      : "";
  return (
    `Refused payments within ${minutes} min: ${refused}, on ${refused_carts} carts, from ${addresses} ` +
    `address(es)${hidden}; carts paid: ${paid_carts}. Stricter limits hold until it stops.`
  );
}

function logger(container: MedusaContainer): Logger {
  return container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
}
