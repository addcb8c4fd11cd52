import type { MedusaContainer } from "@medusajs/framework/types";
import type { LedgerEntry } from "../../modules/tender";
import type { LedgerDifference } from "../../services";
import { comparePayment, loadMedusaFigures } from "./compare-payment";
import { tenderModule } from "../medusa/load-cart";

export type CheckLedgerInput = Readonly<{
  /** All gateways when left out. */
  provider_ids?: readonly string[];
  /** Payments begun since then; all when left out. */
  since?: Date;
  /** How many payments are read from gateways at the same time; 4 when left out. */
  concurrency?: number;
  /** Called after each payment. */
  onProgress?: (progress: LedgerProgress) => void;
  onDifference?: (difference: LedgerDifference) => void;
  /** A payment that could not be compared, and why. */
  onNotChecked?: (payment: NotChecked) => void;
}>;

export type LedgerProgress = Readonly<{ done: number; total: number }>;
export type NotChecked = Readonly<{ attempt_id: string; provider_id: string; reason: string }>;

/** How many payments agree is `checked` without those that have differences; `not_checked` ones are in neither. */
export type LedgerSummary = Readonly<{
  checked: number;
  /** Figures that differ; a payment may have several. */
  differences: number;
  not_checked: number;
}>;

/**
 * Compares every payment that reached a gateway with the gateway's own figures, Medusa's and Tender's, to the minor
 * unit. Nothing is changed. Attempts are read page by page, so that memory does not grow with the store.
 */
export async function checkLedger(
  container: MedusaContainer,
  input: CheckLedgerInput = {},
): Promise<LedgerSummary> {
  const { ledger } = tenderModule(container);
  const { onProgress, onDifference, onNotChecked, concurrency = 4, ...scope } = input;
  const total = await ledger.count(scope);
  const counts = { checked: 0, differences: 0, not_checked: 0 };
  let after_id = "";
  for (;;) {
    const page = await ledger.page(scope, after_id, PAGE);
    const last = page.at(-1);
    if (!last) {
      return counts;
    }
    after_id = last.attempt.id;
    const figures = await loadMedusaFigures(container, page);
    await eachOf(page, concurrency, async (entry) => {
      const { attempt } = entry;
      const compared = await comparePayment(
        container,
        entry,
        figures.get(attempt.payment_session_id ?? "") ?? null,
      );
      if (compared.checked) {
        counts.checked += 1;
        counts.differences += compared.differences.length;
        compared.differences.forEach((difference) => onDifference?.(difference));
      } else {
        counts.not_checked += 1;
        onNotChecked?.({
          attempt_id: attempt.id,
          provider_id: attempt.provider_id,
          reason: compared.reason,
        });
      }
      onProgress?.({ done: counts.checked + counts.not_checked, total });
    });
  }
}

const PAGE = 200;

/** Works on the entries, `width` at a time. */
async function eachOf(
  entries: readonly LedgerEntry[],
  width: number,
  work: (entry: LedgerEntry) => Promise<void>,
): Promise<void> {
  const queue = entries.values();
  const worker = async () => {
    for (const entry of queue) {
      await work(entry);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, width) }, worker));
}
