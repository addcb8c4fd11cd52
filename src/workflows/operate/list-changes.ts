import type { MedusaContainer } from "@medusajs/framework/types";
import type { ChangePage, ChangeQuery } from "../../modules/tender/stores/change-store";
import { tenderModule } from "../medusa/load-cart";

/** A page of what operators changed, newest first. Throws `INVALID_DATA` (400) for a bad cursor. */
export function listChanges(container: MedusaContainer, query: ChangeQuery): Promise<ChangePage> {
  return tenderModule(container).changes.list(query);
}
