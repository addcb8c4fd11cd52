import type { IPaymentModuleService, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { findGateway } from "../medusa/payment-providers";

type Files = ReadonlyMap<string, string>;

/** Which providers are installed changes with a restart only; other people's files under the path must cost nothing. */
const KNOWN = new WeakMap<object, Promise<Files>>();

/** The text a gateway in use wants served as `/.well-known/<file>`; undefined when none does. */
export async function findWellKnownFile(
  container: MedusaContainer,
  file: string,
): Promise<string | undefined> {
  const payment = container.resolve<IPaymentModuleService>(Modules.PAYMENT);
  let files = KNOWN.get(payment);
  if (!files) {
    files = readFiles(container, payment);
    KNOWN.set(payment, files);
    files.catch(() => KNOWN.delete(payment));
  }
  return (await files).get(file);
}

async function readFiles(container: MedusaContainer, payment: IPaymentModuleService): Promise<Files> {
  const enabled = await payment.listPaymentProviders({ is_enabled: true });
  const ids = enabled.map(({ id }) => id).sort();
  // Of two with the same file the first one's is served.
  return new Map(
    ids.reverse().flatMap((id) => Object.entries(findGateway(container, id)?.gateway.well_known_files ?? {})),
  );
}
