import { z } from "@medusajs/framework/zod";
import { json, type Answer } from "./http";
import type { Ledger } from "./ledger";
import { parseControl } from "./requests";
import { ledgerRow } from "./views";

const Count = z
  .string()
  .regex(/^\d{1,15}$/, "must be a whole number")
  .transform(Number);

const QuerySchema = z.object({
  provider: z.string().optional(),
  /** Only what was written down after this revision. */
  since: Count.optional(),
  limit: Count.pipe(z.number().min(1)).optional(),
});

/**
 * Lists payments, all in the order they were made, or with `since` or `limit` in the order they were last written
 * down. `next` is the `since` that goes on after this answer; `more` tells whether that would find anything now.
 *
 * @throws Refusal 400 for a query that does not fit
 */
export function listPayments(ledger: Ledger, query: URLSearchParams): Answer {
  const { provider, since = 0, limit } = parseControl(QuerySchema, Object.fromEntries(query));
  const revisionOf = ({ reference }: Readonly<{ reference: string }>): number => ledger.revisionOf(reference);
  const found = [...ledger.payments.values()].filter(
    (payment) =>
      (provider === undefined || payment.provider === provider) &&
      (since === 0 || revisionOf(payment) > since),
  );
  if (since === 0 && limit === undefined) {
    return json(200, { payments: found.map(ledgerRow), next: ledger.revision, more: false });
  }
  found.sort((a, b) => revisionOf(a) - revisionOf(b));
  const page = found.slice(0, limit);
  const more = page.length < found.length;
  const last = page.at(-1);
  const next = more && last ? revisionOf(last) : Math.max(ledger.revision, since);
  return json(200, { payments: page.map(ledgerRow), next, more });
}
