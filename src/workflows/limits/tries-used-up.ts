import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";

/**
 * An attempt is confirmed more than once only for 3-D Secure and the like; more than a few times is abuse.
 * @param agreed the payer did what the gateway's last answer sent them off for, while there was a try left: that is taken,
 *   also after trouble in which the gateway answered nothing
 */
export async function triesUsedUp(
  container: MedusaContainer,
  { id }: AttemptRecord,
  { agreed }: Readonly<{ agreed: boolean }>,
): Promise<boolean> {
  const tender = tenderModule(container);
  const tries = await tender.listOperations(id, ["authorize"]);
  const answered = tries.filter(({ status }) => status !== "failed");
  const counted = !agreed
    ? tries
    : answered.at(-1)?.status === "succeeded"
      ? answered.slice(0, -1)
      : answered;
  return counted.length >= tender.attempts_per_cart;
}
