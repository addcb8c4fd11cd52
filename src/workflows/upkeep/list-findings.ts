import type { MedusaContainer } from "@medusajs/framework/types";
import type { FindingPage, FindingQuery } from "../../services";
import { tenderModule } from "../medusa/load-cart";

/** A page of findings, most severe first, newest first within a severity. Throws `INVALID_DATA` (400) for a bad cursor. */
export function listFindings(container: MedusaContainer, query: FindingQuery): Promise<FindingPage> {
  return tenderModule(container).findings.list(query);
}
