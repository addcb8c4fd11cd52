import type { MedusaContainer } from "@medusajs/framework/types";
import { tenderModule } from "../workflows/medusa/load-cart";

/**
 * Every hour: figures are brought up to date also where nobody looks at them, so that what is noted does not pile up; and the
 * attempts from before an upgrade are filled in with what figures need of them.
 */
export default async function addUpFiguresJob(container: MedusaContainer): Promise<void> {
  await tenderModule(container).figures.catchUp();
}

export const config = { name: "tender-add-up-figures", schedule: "7 * * * *" };
