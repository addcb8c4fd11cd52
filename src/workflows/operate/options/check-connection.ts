import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import { isGatewayError, messageOf, type GatewayErrorKind } from "../../../gateway";
import { requireInstalled } from "./installed-providers";

/** An operator waits for it. */
const TIMEOUT_MS = 10_000;

/** How a check ended. `timeout`: no answer in time; `failed`: something unforeseen, of which the log says more. */
export type ConnectionCheck = Readonly<
  | { ok: true; took_ms: number }
  | { ok: false; took_ms: number; error: GatewayErrorKind | "timeout" | "failed"; message: string | null }
>;

/**
 * Asks a provider's gateway whether its service can be reached with the configured credentials. It moves no money, and does
 * not count for or against the provider's health.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed, `NOT_ALLOWED` for one that cannot be asked
 */
export async function checkConnection(
  container: MedusaContainer,
  provider_id: string,
): Promise<ConnectionCheck> {
  const installed = await requireInstalled(container, provider_id);
  if (installed.kind !== "gateway") {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      installed.kind === "foreign"
        ? `${provider_id} is another plugin's payment provider, which cannot be asked.`
        : `${provider_id} could not be started. The log says why.`,
    );
  }
  const started_at = Date.now();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    await Promise.race([installed.provider.gateway.ping(signal), rejectionOf(signal)]);
    return { ok: true, took_ms: Date.now() - started_at };
  } catch (error) {
    const failed = { ok: false, took_ms: Date.now() - started_at } as const;
    if (signal.aborted) {
      return { ...failed, error: "timeout", message: null };
    }
    if (isGatewayError(error)) {
      return { ...failed, error: error.kind, message: error.message };
    }
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .error(`${provider_id}: its connection could not be checked: ${messageOf(error)}`);
    return { ...failed, error: "failed", message: null };
  }
}

/** Not every client of a service heeds the signal. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
