import type { MedusaContainer } from "@medusajs/framework/types";
import {
  isGatewayError,
  type AttemptRecord,
  type GatewayPaymentProvider,
  type Observed,
} from "../../gateway";
import { tenderModule } from "../medusa/load-cart";

/**
 * Reads a payment whose refusal says that it may have been made already. What the gateway reports of it is the answer;
 * where it reports neither a payment nor a refusal, or cannot be read, the attempt becomes `unknown`. The caller holds
 * the attempt's claim.
 */
export async function readRefused(
  container: MedusaContainer,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<AttemptRecord> {
  const observed = await observe(attempt, provider);
  return observed && isDecided(observed) ? observed.attempt : becomeUnknown(container, attempt);
}

async function observe(
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<Observed | undefined> {
  try {
    return await provider.attempts.observe(attempt);
  } catch (error) {
    if (isGatewayError(error)) {
      return undefined;
    }
    throw error;
  }
}

/** A payment that only waits to be confirmed says nothing: the call before may be under way. */
function isDecided({ snapshot }: Observed): boolean {
  return !snapshot || snapshot.status !== "requires_confirmation" || snapshot.decline !== undefined;
}

/** The call that was refused has no known end then, so that the reconciler looks for it. */
async function becomeUnknown(container: MedusaContainer, attempt: AttemptRecord): Promise<AttemptRecord> {
  const tender = tenderModule(container);
  const refused = (await tender.listOperations(attempt.id, ["authorize"])).at(-1);
  if (refused) {
    await tender.endOperation(refused.id, {
      status: "unknown",
      error_message: "The gateway refused it as a payment that may have been made already.",
    });
  }
  const unknown = await tender.changeAttempt(attempt.id, "unknown", {
    decline: null,
    recovery: null,
    recovery_rule_id: null,
    next_action: { type: "wait" },
  });
  return unknown ?? (await tender.findAttempt({ id: attempt.id })) ?? attempt;
}
