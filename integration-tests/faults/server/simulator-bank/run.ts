/** The program of a bank that simulators play. Loads the clock first: import this before anything else. */
import { setClockOffset } from "../clock";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Books } from "./books";
import { serveControl } from "./control";
import type { BankAccount, Merchant, Service } from "./service";

/**
 * A simulated service as the runner's bank: a simulator for each account, so that one can be cut off alone, with a
 * control API that speaks as the sandbox bank's does, and a clock that the runner moves together with the store's.
 *
 * `main.ts --merchants <file.json>`: a list of merchants, as the service takes them. When ready it prints one line of
 * JSON: {"ready":true,"url":...,"merchants":{"<provider>":{"url":...,"root_certificate":...}}}. It ends with the runner.
 */
export function runBank<M extends Merchant>(service: Service<M>): void {
  process.once("disconnect", () => process.exit(0));
  open(service).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}

async function open<M extends Merchant>(service: Service<M>): Promise<void> {
  const { values } = parseArgs({ options: { merchants: { type: "string" } } });
  const merchants: readonly M[] = JSON.parse(readFileSync(values.merchants ?? "", "utf8"));
  const accounts = new Map<string, BankAccount>();
  for (const merchant of merchants) {
    accounts.set(merchant.provider, await service.startAccount(merchant));
  }
  process.on("message", ({ offset_ms }: { offset_ms: number }) => {
    setClockOffset(offset_ms);
    // The simulators read the moved clock; what came due by it happens now.
    accounts.forEach(({ hand }) => hand.advance(0));
    process.send?.({ offset_ms });
  });
  const url = await serveControl({ service, accounts, books: new Books(accounts) });
  const opened = [...accounts].map(([provider, account]) => {
    const { url: account_url, root_certificate } = account;
    return [provider, { url: account_url, root_certificate }] as const;
  });
  process.stdout.write(`${JSON.stringify({ ready: true, url, merchants: Object.fromEntries(opened) })}\n`);
}
