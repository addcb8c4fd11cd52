#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "@medusajs/framework/zod";
import { startBank, type Bank, type Merchant } from "./index";

const HELP = `Sandbox bank: a payment service for development. No real money moves.

  --merchants <file.json>   required: [{"provider", "api_key", "webhook_secret", "webhook_url"?, "port"?}]
  --ledger <file.jsonl>     journal that outlives the process; without it everything is forgotten
  --port <number>           control API and shopper pages (default: chosen by the system)
  --host <address>          default 127.0.0.1
  --help

When ready it prints one line of JSON: {"ready":true,"url":...,"merchants":{"<provider>":{"url":...}}}.
It stops on SIGTERM and SIGINT.
`;

const MerchantsSchema = z
  .array(
    z.object({
      provider: z.string().min(1),
      api_key: z.string().min(8),
      webhook_secret: z.string().min(8),
      webhook_url: z.url({ protocol: /^https?$/ }).optional(),
      port: z.number().int().min(0).max(65_535).optional(),
    }),
  )
  .min(1);

/** Anything the operator has to put right; told in one line. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const bank = await startBank({
    merchants: readMerchants(options.merchants),
    host: options.host,
    port: readPort(options.port),
    ledger_file: options.ledger,
  });
  stopOnSignal(bank);
  const merchants = Object.fromEntries(
    Object.entries(bank.merchant_urls).map(([name, url]) => [name, { url }]),
  );
  process.stdout.write(`${JSON.stringify({ ready: true, url: bank.url, merchants })}\n`);
}

function readOptions(): Partial<Record<"merchants" | "ledger" | "port" | "host", string>> & {
  help?: boolean;
} {
  try {
    const text = { type: "string" } as const;
    const options = {
      merchants: text,
      ledger: text,
      port: text,
      host: text,
      help: { type: "boolean" },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
}

function readPort(text: string | undefined): number | undefined {
  if (text !== undefined && !(/^\d+$/.test(text) && Number(text) <= 65_535)) {
    throw new UsageError("--port must be a number from 0 to 65535.");
  }
  return text === undefined ? undefined : Number(text);
}

function readMerchants(file: string | undefined): readonly Merchant[] {
  if (file === undefined) {
    throw new UsageError("--merchants <file.json> is missing. See --help.");
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // What is wrong in a file of keys is not quoted.
    throw new UsageError(`The merchants file ${file} cannot be read as JSON.`);
  }
  const parsed = MerchantsSchema.safeParse(content);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new UsageError(
      `The merchants file ${file} is not valid${field ? ` at "${field}"` : ""}. See --help.`,
    );
  }
  return parsed.data;
}

function stopOnSignal(bank: Bank): void {
  const stop = (): void => void bank.stop().finally(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The sandbox bank cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
