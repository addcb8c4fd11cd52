/**
 * Stripe as the runner's bank: a simulator for each account, so that one can be cut off alone, with a control API that
 * speaks as the sandbox bank's does, and a clock that the runner moves together with the store's.
 *
 * `main.ts --merchants <file.json>`: [{"provider", "api_key", "publishable_key", "webhook_secret", "webhook_url"}].
 * When ready it prints one line of JSON: {"ready":true,"url":...,"merchants":{"<provider>":{"url":...}}}.
 */
import { setClockOffset } from "../clock";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { EVENT_TYPES } from "../../../../src/providers/stripe/webhooks";
import { startStripeSimulator, type StripeSimulator } from "../../../simulators/stripe";
import { Books } from "./books";
import { serveControl } from "./control";

type Merchant = Readonly<
  Record<"provider" | "api_key" | "publishable_key" | "webhook_secret" | "webhook_url", string>
>;

/** What the suite's shoppers pay with. */
const METHOD_TYPES = ["card", "klarna", "alipay"];

/** Days, in truth; soon enough here to come back while the schedule is still looked at. */
const REFUNDS_END_AFTER_MS = 2_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { merchants: { type: "string" } } });
  const merchants: readonly Merchant[] = JSON.parse(readFileSync(values.merchants ?? "", "utf8"));
  const simulators = new Map<string, StripeSimulator>();
  for (const merchant of merchants) {
    simulators.set(merchant.provider, await startAccount(merchant));
  }
  process.on("message", ({ offset_ms }: { offset_ms: number }) => {
    setClockOffset(offset_ms);
    settle(simulators);
    process.send?.({ offset_ms });
  });
  const url = await serveControl({ simulators, books: new Books(simulators) });
  const opened = [...simulators].map(([provider, simulator]) => [provider, { url: simulator.url }]);
  process.stdout.write(`${JSON.stringify({ ready: true, url, merchants: Object.fromEntries(opened) })}\n`);
}

/** Its endpoint is told what docs/stripe.md says to subscribe to, so that nothing is made up for by other events. */
function startAccount(merchant: Merchant): Promise<StripeSimulator> {
  const { api_key, publishable_key, webhook_secret, webhook_url } = merchant;
  return startStripeSimulator({
    accounts: [
      {
        secret_key: api_key,
        publishable_key,
        payment_method_types: METHOD_TYPES,
        refunds_end_after_ms: REFUNDS_END_AFTER_MS,
        webhook_endpoints: [{ url: webhook_url, secrets: [webhook_secret], enabled_events: EVENT_TYPES }],
      },
    ],
  });
}

/** The simulators read the moved clock; what came due by it happens now. */
function settle(simulators: ReadonlyMap<string, StripeSimulator>): void {
  simulators.forEach(({ api }) => api.advance(0));
}

process.once("disconnect", () => process.exit(0));
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
