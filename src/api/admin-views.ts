import { moneyToDecimal, type AttemptRecord } from "../gateway";
import type { RecoveryAction } from "../services";
import type { AttemptWithOperations, OperationOfAttempt } from "../workflows/pay/list-order-attempts";
import type { AdminDecline, AdminPaymentAttempt, AdminPaymentOperation } from "./admin-contract";

/** An attempt as the Admin API shows it: with the gateway's own codes, which a shopper must not see. */
export function adminAttemptView({ attempt, operations }: AttemptWithOperations): AdminPaymentAttempt {
  return {
    id: attempt.id,
    provider_id: attempt.provider_id,
    method: attempt.method,
    status: attempt.status,
    amount: Number(moneyToDecimal(attempt.amount)),
    currency_code: attempt.amount.currency.toLowerCase(),
    gateway_reference: attempt.gateway_reference,
    instrument: attempt.instrument && {
      brand: attempt.instrument.brand ?? null,
      last4: attempt.instrument.last4 ?? null,
    },
    decline: declineOf(attempt),
    recovery:
      attempt.recovery && attempt.recovery_rule_id
        ? { action: attempt.recovery as RecoveryAction, rule_id: attempt.recovery_rule_id }
        : null,
    fallback_of: attempt.fallback_of,
    created_at: attempt.created_at.toISOString(),
    operations: operations.map(operationView),
  };
}

function declineOf({ decline }: AttemptRecord): AdminDecline | null {
  return (
    decline && {
      category: decline.category,
      code: decline.code,
      network_code: decline.network_code ?? null,
      advice_code: decline.advice_code ?? null,
    }
  );
}

/** One call to a gateway as the Admin API shows it. */
export function operationView(operation: OperationOfAttempt): AdminPaymentOperation {
  const { amount, error_kind } = operation;
  return {
    id: operation.id,
    kind: operation.kind,
    status: operation.status,
    amount: amount && Number(moneyToDecimal(amount)),
    currency_code: amount && amount.currency.toLowerCase(),
    error: error_kind && { kind: error_kind, message: operation.error_message },
    started_at: operation.started_at.toISOString(),
    finished_at: operation.finished_at?.toISOString() ?? null,
  };
}
