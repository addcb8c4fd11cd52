import type { LedgerRow } from "../../../../simulators/paypal";
import { paymentOf } from "../books";

const AUTHORIZED: LedgerRow = {
  id: "5O190127TN364715T",
  account: "MERCHANT23456",
  status: "COMPLETED",
  intent: "AUTHORIZE",
  currency: "EUR",
  amount: 2_000n,
  undecided: 0n,
  authorized: 2_000n,
  captured: 0n,
  pending: 0n,
  refunded: 0n,
  reversed: 0n,
  voided: 0n,
  authorizations: 1,
  reauthorizations: 0,
  captures: 0,
  custom_id: "attempt_1",
  invoice_id: null,
  operations: [],
};

describe("PayPal's books in the suite's words", () => {
  it.each([
    ["not approved", { status: "PAYER_ACTION_REQUIRED", authorized: 0n }, "action_required", 0],
    ["approved and not taken", { status: "APPROVED", authorized: 0n }, "requires_confirmation", 0],
    ["reserved", {}, "authorized", 2_000],
    ["looked at before it is reserved", { authorized: 0n, undecided: 2_000n }, "pending", 0],
    ["captured and on its way", { authorized: 0n, pending: 2_000n }, "authorized", 2_000],
    ["captured in part, the rest reserved", { authorized: 500n, captured: 1_500n }, "authorized", 2_000],
    [
      "captured in part, the rest let go",
      { authorized: 0n, captured: 1_500n, voided: 500n },
      "captured",
      2_000,
    ],
    ["let go", { authorized: 0n, voided: 2_000n }, "canceled", 2_000],
  ] as const)("have an order: %s", (_what, row, status, authorized_minor) => {
    expect(paymentOf({ ...AUTHORIZED, ...row })).toMatchObject({ status, authorized_minor });
  });

  it.each([
    ["on its way", { pending: 2_000n, captures: 1 }, "pending", 0],
    ["taken", { captured: 2_000n, captures: 1 }, "captured", 1],
    ["declined", { captures: 1 }, "canceled", 0],
  ] as const)("have an order to be captured at once: %s", (_what, row, status, authorizations) => {
    const at_once: LedgerRow = { ...AUTHORIZED, intent: "CAPTURE", authorized: 0n, authorizations: 0 };
    expect(paymentOf({ ...at_once, ...row })).toMatchObject({ status, authorizations });
  });

  it("have one refund where the store's call was one for each capture", () => {
    const refund = (amount: bigint, custom_id: string | null, request_id: string | null) => ({
      kind: "refund" as const,
      operation: "captures.refund",
      resource_id: "1AB23456CD789012E",
      at_ms: 0,
      amount,
      custom_id,
      request_id,
    });
    const operations = [
      refund(300n, "mark-1", "key-1:capture-1"),
      refund(200n, "mark-1", "key-1:capture-2"),
      refund(100n, null, null),
      refund(100n, null, null),
    ];
    expect(paymentOf({ ...AUTHORIZED, operations }).operations).toMatchObject([
      { amount_minor: 500, idempotency_key: "mark-1" },
      { amount_minor: 100, idempotency_key: null },
      { amount_minor: 100, idempotency_key: null },
    ]);
  });

  it("name the attempt also of an order that was given up", () => {
    expect(paymentOf({ ...AUTHORIZED, custom_id: "canceled_attempt_1" }).metadata).toEqual({
      attempt_id: "attempt_1",
    });
  });
});
