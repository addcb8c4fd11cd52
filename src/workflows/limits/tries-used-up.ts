import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";

/** An attempt is confirmed more than once only for 3-D Secure and the like; more than a few times is abuse. */
export async function triesUsedUp(container: MedusaContainer, { id }: AttemptRecord): Promise<boolean> {
  const tender = tenderModule(container);
  const tries = await tender.listOperations(id, ["authorize"]);
  return tries.length >= tender.options.attempts_per_cart;
}
