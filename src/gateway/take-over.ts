import type { AttemptClaims } from "./claims";
import { isGatewayError } from "./errors";
import type { GatewayCaller } from "./gateway-caller";
import type { AttemptRecord, PaymentJournal } from "./journal";
import type { OrderDetails } from "./order-details";
import type { Outcome } from "./outcomes";
import type { PaymentGateway } from "./payment-gateway";

/**
 * Takes over the payment an earlier attempt of the same cart released, re-priced in place, so that a changed cart
 * does not leave a trail of payments at the gateway (medusajs/medusa#15589). `undefined` when there is none to
 * take, or when it can no longer be re-priced: then it is left for the sweep.
 */
export async function takeOverReleased(
  attempt: AttemptRecord,
  {
    gateway,
    caller,
    journal,
    claims,
    order,
  }: {
    gateway: PaymentGateway;
    caller: GatewayCaller;
    journal: PaymentJournal;
    claims: AttemptClaims;
    /** What the new amount is made of. */
    order?: OrderDetails;
  },
): Promise<Outcome | undefined> {
  const { update_amount, hand_over } = gateway.capabilities;
  if (!attempt.payment_collection_id || !update_amount || hand_over === false) {
    return undefined;
  }
  const released = await journal.findReleased(attempt.payment_collection_id);
  const former = released.find((other) => isTakeable(other, attempt));
  return former && claims.ifFree(former.id, (current) => takeOver(current));

  async function takeOver(former: AttemptRecord): Promise<Outcome | undefined> {
    const reference = former.gateway_reference;
    if (former.status !== "released" || !reference) {
      return undefined;
    }
    const outcome = await reprice(reference);
    const handed_over = outcome && (await journal.handOver(former.id, attempt.id, reference));
    return handed_over ? outcome : undefined;
  }

  async function reprice(reference: string): Promise<Outcome | undefined> {
    try {
      return await caller.operate(
        { attempt, kind: "update", amount: attempt.amount, idempotency_key: `${attempt.id}:update` },
        (call) => gateway.updatePayment(reference, attempt.amount, { ...call, order }),
      );
    } catch (error) {
      if (isGatewayError(error) && error.kind === "invalid_data") {
        return undefined;
      }
      throw error;
    }
  }
}

function isTakeable(other: AttemptRecord, attempt: AttemptRecord): boolean {
  return (
    other.provider_id === attempt.provider_id &&
    other.method === attempt.method &&
    // The gateway's payment is its customer's: another's saved methods, or none, are with it.
    other.customer_id === attempt.customer_id &&
    other.amount.currency === attempt.amount.currency &&
    other.decline === null
  );
}
