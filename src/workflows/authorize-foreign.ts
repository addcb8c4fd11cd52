import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import type { AttemptRecord, AttemptStatus } from "../gateway";
import { tenderModule } from "./load-cart";
import { paymentModule } from "./payment-session";

const LOCK_TIMEOUT_SECONDS = 40;

const STATUS_OF_SESSION: Readonly<Record<string, AttemptStatus>> = {
  authorized: "authorized",
  captured: "captured",
  requires_more: "action_required",
  pending: "pending",
  pending_authorization: "pending",
  error: "declined",
  canceled: "declined",
};

/**
 * Authorizes another plugin's payment through Medusa. It runs under the cart's lock, as in Medusa's own
 * completion, because these providers have no journal that would keep two callers apart. Its refusal is
 * `unclassified`: Medusa tells no more.
 */
export async function authorizeForeign(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<AttemptRecord> {
  const session_id = attempt.payment_session_id;
  if (!session_id || attempt.status === "authorized" || attempt.status === "captured") {
    return attempt;
  }
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  return locking.execute([cart_id], () => authorize(container, attempt, session_id), {
    timeout: LOCK_TIMEOUT_SECONDS,
  });
}

async function authorize(
  container: MedusaContainer,
  attempt: AttemptRecord,
  session_id: string,
): Promise<AttemptRecord> {
  const tender = tenderModule(container);
  const operation = await tender.beginOperation({
    attempt_id: attempt.id,
    kind: "authorize",
    amount: attempt.amount,
    idempotency_key: `${attempt.id}:authorize:1`,
  });
  try {
    await paymentModule(container).authorizePaymentSession(session_id, {});
  } catch (error) {
    if (!MedusaError.isMedusaError(error)) {
      await tender.endOperation(operation.id, {
        status: "unknown",
        error_message: "The provider gave no outcome.",
      });
      throw error;
    }
    if (error.type === MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR) {
      await tender.endOperation(operation.id, { status: "declined" });
      return decline(container, attempt);
    }
  }
  const session = await paymentModule(container).retrievePaymentSession(session_id, {
    select: ["id", "status"],
  });
  const status = STATUS_OF_SESSION[session.status] ?? "pending";
  await tender.endOperation(operation.id, { status: status === "declined" ? "declined" : "succeeded" });
  return status === "declined"
    ? decline(container, attempt)
    : ((await tender.changeAttempt(attempt.id, status)) ?? attempt);
}

async function decline(container: MedusaContainer, attempt: AttemptRecord): Promise<AttemptRecord> {
  const change = { decline: { category: "unclassified", code: "declined" } as const };
  return (await tenderModule(container).changeAttempt(attempt.id, "declined", change)) ?? attempt;
}
