import type { Books } from "./books";

/** The books of one schedule in lines people can read, beside a violation. Amounts are minor units. */
export function evidenceOf({ orders, attempts, operations, findings, payments, bank, asks }: Books): string {
  return [
    ...orders.map(
      ({ id, total_minor, canceled }) => `order ${id} of ${total_minor}${canceled ? ", canceled" : ""}`,
    ),
    ...attempts.flatMap(
      ({ id, provider_id, status, amount_minor, gateway_reference, order_id, payment_session_id }) => [
        `attempt ${id} at ${provider_id}: ${status}, ${amount_minor}, ${gateway_reference ?? "no reference"}, order ${order_id ?? "none"}, ${payment_session_id ?? "no session"}`,
        ...operations
          .filter(({ attempt_id }) => attempt_id === id)
          .map(
            (operation) =>
              `  ${operation.started_at.toISOString()} ${operation.kind} ${operation.amount_minor ?? ""} ${operation.status} (${operation.idempotency_key})`,
          ),
        ...findings
          .filter(({ attempt_id }) => attempt_id === id)
          .map(({ kind, status, detail }) => `  finding ${kind} ${status}: ${detail}`),
      ],
    ),
    ...payments.map(
      ({ id, payment_session_id, amount_minor, captured_minor, refunded_minor, canceled }) =>
        `Medusa's ${id} (${payment_session_id}): ${amount_minor}, captured ${captured_minor}, refunded ${refunded_minor}${canceled ? ", canceled" : ""}`,
    ),
    ...bank.flatMap((row) => [
      `bank ${row.reference} at ${row.provider}: ${row.status}, authorized ${row.authorized_minor}, captured ${row.captured_minor}, refunded ${row.refunded_minor}, voided ${row.voided_minor}`,
      ...row.operations.map(
        ({ kind, amount_minor, idempotency_key, at }) =>
          `  ${at} ${kind} ${amount_minor} (${idempotency_key ?? "not ours"})`,
      ),
    ]),
    ...asks.map(
      ({ kind, amount_minor, payment_id, statuses }) =>
        `asked: ${kind} ${amount_minor} of ${payment_id}, answered ${statuses.join(", ")}`,
    ),
  ].join("\n");
}
