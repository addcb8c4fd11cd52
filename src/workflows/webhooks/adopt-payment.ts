import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { findGateway } from "../medusa/payment-providers";
import { tenderModule } from "../medusa/load-cart";
import { paymentModule } from "../medusa/payment-session";

type WithDeletion = Readonly<{ deleted_at?: Date | string | null }>;

/**
 * Takes a payment into the books that another plugin made before the store changed over: one that says at the gateway
 * which of Medusa's sessions it is of, and that this session names too. `null` for any other. Throws a `GatewayError` when
 * the payment cannot be read.
 */
export async function adoptPayment(
  container: MedusaContainer,
  provider_id: string,
  reference: string,
): Promise<AttemptRecord | null> {
  const provider = findGateway(container, provider_id);
  const id = await provider?.foreign.sessionOf(reference);
  if (!provider || id === undefined) {
    return null;
  }
  const [session] = await paymentModule(container).listPaymentSessions(
    { id, provider_id },
    { select: ["id", "data", "deleted_at"], withDeleted: true },
  );
  const names_it = session && provider.gateway.foreignPayment?.(session.data)?.reference === reference;
  const adopted = names_it ? await provider.foreign.adopt(session.data) : null;
  // Medusa may have deleted it while the gateway could not be reached: nobody waits for its money, which goes back.
  const is_left = adopted && (session as WithDeletion).deleted_at;
  return (is_left && (await tenderModule(container).changeAttempt(adopted.id, "released"))) || adopted;
}
