import { z } from "@medusajs/framework/zod";
import type { CheckLedgerInput } from "../workflows/upkeep/check-ledger";

export type CheckLedgerArguments =
  | Readonly<{ type: "check"; input: Pick<CheckLedgerInput, "provider_ids" | "since" | "concurrency"> }>
  | Readonly<{ type: "usage" }>
  | Readonly<{ type: "invalid"; message: string }>;

const Schema = z.strictObject({
  provider: z
    .string()
    .regex(/^pp_[\w-]+(,pp_[\w-]+)*$/, 'must be ids of providers, e.g. "pp_sandbox_a"')
    .transform((ids) => ids.split(","))
    .optional(),
  since: z.iso.date('must be a day, e.g. "2026-11-01"').optional(),
  concurrency: z.coerce.number().int().min(1).max(32).optional(),
});

/**
 * Reads the script's arguments. They are `name=value` words, because `medusa exec` refuses options it does not know
 * itself, takes `help` for itself, and hands on nothing that follows `--`.
 */
export function parseCheckLedgerArguments(args: readonly string[]): CheckLedgerArguments {
  if (args.includes("usage")) {
    return { type: "usage" };
  }
  const pairs = args.map((word) => {
    const [name = "", ...value] = word.split("=");
    return [name, value.join("=")];
  });
  const parsed = Schema.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) {
    return { type: "invalid", message: z.prettifyError(parsed.error) };
  }
  const { provider, since, concurrency } = parsed.data;
  return {
    type: "check",
    input: {
      ...(provider && { provider_ids: provider }),
      ...(since && { since: new Date(since) }),
      ...(concurrency && { concurrency }),
    },
  };
}
