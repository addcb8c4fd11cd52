import type { IPaymentModuleService, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import type { ManualRefund, ManualRefunds } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";

/** The refund a payee's link is about; undefined for a link that is nobody's. Nobody has to be logged in for it. */
export async function findPayeeRefund(
  container: MedusaContainer,
  token: string,
): Promise<ManualRefund | undefined> {
  return (await findAtAny(container, token))?.refund;
}

/**
 * Takes where the payee wants the money.
 *
 * @returns undefined for a link that is nobody's @throws InvalidPaymentData with a message for the payee
 */
export async function giveRefundDestination(
  container: MedusaContainer,
  token: string,
  destination: string,
): Promise<ManualRefund | undefined> {
  const found = await findAtAny(container, token);
  return (
    found &&
    changeManualRefund(container, found.provider_id, (refunds) => refunds.giveDestination(token, destination))
  );
}

/** Does something to a refund, and has its payment looked at soon: what waits for whom is told there. */
export async function changeManualRefund<T extends ManualRefund | undefined>(
  container: MedusaContainer,
  provider_id: string,
  change: (refunds: ManualRefunds) => Promise<T>,
): Promise<T> {
  const refund = await change(manualRefundsAt(container, provider_id));
  const gateway_reference = refund?.reference;
  const tender = tenderModule(container);
  const attempt = gateway_reference && (await tender.findAttempt({ provider_id, gateway_reference }));
  await (attempt && tender.lookWithin(attempt.id, 0));
  return refund;
}

/** @throws MedusaError `NOT_FOUND` where the provider has none, or is not installed */
export function manualRefundsAt(container: MedusaContainer, provider_id: string): ManualRefunds {
  const refunds = findGateway(container, provider_id)?.gateway.manual_refunds;
  if (!refunds) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `${provider_id} has no refunds that are carried out by hand.`,
    );
  }
  return refunds;
}

/** Which provider it is at, the link does not say. One that is switched off for new payments still pays back. */
async function findAtAny(container: MedusaContainer, token: string) {
  const payment = container.resolve<IPaymentModuleService>(Modules.PAYMENT);
  for (const { id } of await payment.listPaymentProviders({})) {
    const refunds = findGateway(container, id)?.gateway.manual_refunds;
    const refund = await refunds?.ofPayee(token);
    if (refund) {
      return { provider_id: id, refund };
    }
  }
  return undefined;
}
