import * as moves from "../payments";
import type { BankPayment } from "../records";

const payment: BankPayment = {
  reference: "sbx_pay_1",
  provider: "pp_sandbox_a",
  method: "card",
  currency: "EUR",
  amount_minor: 1000n,
  capture: "manual",
  status: "requires_confirmation",
  authorized_minor: 0n,
  captured_minor: 0n,
  refunded_minor: 0n,
  voided_minor: 0n,
  disputed_minor: 0n,
  metadata: {},
  refunds: [],
  created_at: 0,
};
const NOW = Date.UTC(2030, 0, 1);
const authorized = moves.authorize(payment, NOW).payment;
const captured = moves.capture(authorized, 1000n).payment;
const canceled = moves.voidRest(authorized).payment;
const page = { id: "challenge_1", reason: "three_d_secure" } as const;
const challenged = moves.challenge(payment, undefined, page).payment;

describe("a payment at the bank", () => {
  it("is reserved in full for seven days when it is authorized", () => {
    expect(authorized).toMatchObject({ status: "authorized", authorized_minor: 1000n, captured_minor: 0n });
    expect(authorized.authorization_expires_at).toBe(NOW + 7 * 24 * 3600 * 1000);
  });

  it("is taken at once with automatic capture", () => {
    const moved = moves.authorize({ ...payment, capture: "automatic" }, NOW);
    expect(moved.payment).toMatchObject({
      status: "captured",
      authorized_minor: 1000n,
      captured_minor: 1000n,
    });
    expect(moved.events).toEqual(["payment.captured"]);
  });

  it("can be confirmed again after a decline", () => {
    const declined = moves.decline(payment, { code: "insufficient_funds" }).payment;
    expect(declined).toMatchObject({
      status: "requires_confirmation",
      decline: { code: "insufficient_funds" },
    });
    expect(moves.authorize(declined, NOW).payment).toMatchObject({
      status: "authorized",
      decline: undefined,
    });
  });

  it("is captured in parts up to the reserved sum and not a cent further", () => {
    const part = moves.capture(authorized, 400n).payment;
    expect(part).toMatchObject({ status: "authorized", captured_minor: 400n });
    expect(() => moves.capture(part, 601n)).toThrow("Only 600 EUR minor units are left to capture");
    expect(moves.capture(part, 600n).payment).toMatchObject({ status: "captured", captured_minor: 1000n });
    expect(() => moves.capture(captured, 1n)).toThrow("Only 0 EUR");
  });

  it("is refunded in parts up to the captured sum and not a cent further", () => {
    const part = moves.refund(captured, 300n).payment;
    expect(() => moves.refund(part, 701n)).toThrow("Only 700 EUR minor units are left to refund");
    expect(moves.refund(part, 700n).payment.refunded_minor).toBe(1000n);
    expect(() => moves.refund(authorized, 1n)).toThrow("Only 0 EUR");
  });

  it("gives up only what is not captured when it is voided", () => {
    expect(canceled).toMatchObject({ status: "canceled", voided_minor: 1000n });
    const part = moves.voidRest(moves.capture(authorized, 400n).payment).payment;
    expect(part).toMatchObject({ status: "captured", captured_minor: 400n, voided_minor: 600n });
    expect(() => moves.capture(part, 1n)).toThrow("Only 0 EUR");
    expect(() => moves.voidRest(captured)).toThrow('does not allow "void"');
  });

  it("may be voided twice without a second piece of news", () => {
    expect(moves.voidRest(canceled)).toEqual({ payment: canceled, events: [] });
  });

  it("forgets the challenge and the last decline when its price changes", () => {
    const repriced = moves.reprice(challenged, 500n).payment;
    expect(repriced).toMatchObject({ status: "requires_confirmation", amount_minor: 500n });
    expect(repriced.challenge).toBeUndefined();
  });

  it("counts a refund that fails later as not refunded", () => {
    const refunded = moves.refund(captured, 300n, NOW).payment;
    const failed = moves.failRefund(refunded, refunded.refunds[0]?.id ?? "");
    expect(failed.payment).toMatchObject({ refunded_minor: 0n, refunds: [{ status: "failed" }] });
    expect(failed.events).toEqual(["payment.refund_failed"]);
  });

  it("can be disputed for what was captured, once", () => {
    const disputed = moves.dispute(captured, 1000n).payment;
    expect(disputed.disputed_minor).toBe(1000n);
    expect(() => moves.dispute(disputed, 1n)).toThrow("only once");
  });

  const IN_STATE = {
    requires_confirmation: payment,
    action_required: challenged,
    pending: moves.wait(challenged).payment,
    authorized,
    captured,
    canceled,
  };
  const TRY: Record<string, (of: BankPayment) => unknown> = {
    reprice: (of) => moves.reprice(of, 1n),
    challenge: (of) => moves.challenge(of, undefined, page),
    wait: moves.wait,
    authorize: (of) => moves.authorize(of, NOW),
    decline: (of) => moves.decline(of, { code: "generic_decline" }),
  };
  const illegal = Object.entries(TRY).flatMap(([name, move]) =>
    Object.entries(IN_STATE)
      .filter(([state]) => !(moves.MOVES[name as moves.Move].from as readonly string[]).includes(state))
      .map(([state, of]) => ({ name, state, move, of })),
  );

  it.each(illegal)("refuses to $name while $state", ({ move, of }) => {
    expect(() => move(of)).toThrow("does not allow");
  });
});
