import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { LOOK_AFTER_MS } from "../../gateway/moves";
import { tenderModule } from "../medusa/load-cart";

/**
 * Before Medusa captures or refunds: it writes its row first, and a server that stops before the provider is asked would
 * leave a row that nobody looks at.
 *
 * @param payment_id Medusa's
 */
export async function expectMove(container: MedusaContainer, payment_id: string): Promise<void> {
  const tender = tenderModule(container);
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "payment",
    fields: ["payment_session_id"],
    filters: { id: payment_id },
  });
  const payment_session_id = data[0]?.payment_session_id;
  const attempt = payment_session_id ? await tender.findAttempt({ payment_session_id }) : null;
  await (attempt && tender.lookWithin(attempt.id, LOOK_AFTER_MS));
}
