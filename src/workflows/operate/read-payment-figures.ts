import type { MedusaContainer } from "@medusajs/framework/types";
import type { FigureQuery, Figures } from "../../modules/tender/stores/figure-store";
import type { FindingSeverity } from "../../services";
import { tenderModule } from "../medusa/load-cart";

export type PaymentFigures = Figures & Readonly<{ open_findings: Readonly<Record<FindingSeverity, number>> }>;

/** Figures about the attempts of a period, as far as they are added up, and how many findings are open now. */
export async function readPaymentFigures(
  container: MedusaContainer,
  query: FigureQuery,
): Promise<PaymentFigures> {
  const { figures } = tenderModule(container);
  const [read, open_findings] = await Promise.all([figures.read(query), figures.openFindings()]);
  return { ...read, open_findings };
}
