import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { findGateway } from "../medusa/payment-providers";
import { paymentModule } from "../medusa/payment-session";

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
    { select: ["id", "data"] },
  );
  const names_it = session && provider.gateway.foreignPayment?.(session.data)?.reference === reference;
  return names_it ? provider.foreign.adopt(session.data) : null;
}
