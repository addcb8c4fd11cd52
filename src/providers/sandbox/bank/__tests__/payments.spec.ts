import { closeDispute, disputable, openDispute } from "../disputes";
import { disputedMinor, MOVES } from "../moves";
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
  metadata: {},
  refunds: [],
  disputes: [],
  authorizations: 0,
  operations: [],
  operations_forgotten: 0,
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
    expect(moves.voidRest(canceled)).toEqual({ payment: canceled, acts: [], events: [] });
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

  it("says what was done: an automatic capture is an authorization and a capture", () => {
    const automatic = moves.authorize({ ...payment, capture: "automatic" }, NOW);
    expect(automatic.acts).toEqual([
      { kind: "authorize", amount_minor: 1000n },
      { kind: "capture", amount_minor: 1000n },
    ]);
    expect(moves.voidRest(moves.capture(authorized, 400n).payment).acts).toEqual([
      { kind: "cancel", amount_minor: 600n },
    ]);
  });

  it("is reserved once, and in part when the issuer gives no more", () => {
    expect(authorized.authorizations).toBe(1);
    const short = moves.authorize(payment, NOW, 499n).payment;
    expect(short).toMatchObject({ status: "authorized", amount_minor: 1000n, authorized_minor: 499n });
    expect(() => moves.capture(short, 500n)).toThrow("Only 499 EUR");
    expect(moves.capture(short, 499n).payment.status).toBe("captured");
    expect(() => moves.authorize({ ...payment, authorizations: 1 }, NOW)).toThrow("do not balance");
  });

  it("says expired when the clock releases what was reserved", () => {
    const lapsed = moves.voidRest(authorized, "expire");
    expect(lapsed.payment).toMatchObject({ status: "canceled", voided_minor: 1000n });
    expect(lapsed.events).toEqual(["payment.expired"]);
  });

  const contest = (of: BankPayment, amount_minor: bigint) =>
    openDispute(of, { amount_minor, reason: "fraudulent" }, NOW).payment;

  it("can be disputed for what was captured and not refunded, once", () => {
    const refunded = moves.refund(captured, 300n).payment;
    expect(disputable(refunded)).toBe(700n);
    expect(() => contest(refunded, 701n)).toThrow("only once");
    const disputed = contest(refunded, 700n);
    expect(disputed.disputes).toEqual([
      expect.objectContaining({ amount_minor: 700n, reason: "fraudulent", status: "open" }),
    ]);
    expect(disputed.disputes[0]?.id).toMatch(/^sbx_dp_/);
    expect(disputed.disputes[0]?.respond_by).toBe(NOW + 7 * 24 * 3600 * 1000);
    expect(() => contest(disputed, 1n)).toThrow("only once");
    expect(() => contest(closeDispute(disputed, undefined, "won").payment, 1n)).toThrow("only once");
  });

  it("is never given back twice: what is under dispute or lost cannot be refunded, what was won can", () => {
    const disputed = contest(captured, 600n);
    expect(() => moves.refund(disputed, 401n)).toThrow("Only 400 EUR minor units are not under dispute");
    const lost = closeDispute(disputed, undefined, "lost").payment;
    expect(lost).toMatchObject({ status: "captured", captured_minor: 1000n, refunded_minor: 0n });
    expect(disputedMinor(lost, "lost")).toBe(600n);
    expect(() => moves.refund(lost, 401n)).toThrow("Only 400 EUR");
    expect(moves.refund(lost, 400n).payment.refunded_minor).toBe(400n);
    const won = closeDispute(disputed, undefined, "won").payment;
    expect(moves.refund(won, 1000n).payment.refunded_minor).toBe(1000n);
  });

  it("has each dispute decided once, and the right one of several", () => {
    const twice = contest(contest(captured, 100n), 200n);
    const [first, second] = twice.disputes;
    expect(() => closeDispute(twice, undefined, "won")).toThrow("dispute_id");
    expect(() => closeDispute(twice, "sbx_dp_none", "won")).toThrow("no such open dispute");
    expect(() => closeDispute(captured, undefined, "won")).toThrow("no such open dispute");
    const one = closeDispute(twice, second?.id, "lost");
    expect(one.payment.disputes.map(({ status }) => status)).toEqual(["open", "lost"]);
    expect(one).toMatchObject({
      acts: [{ kind: "dispute_lost", amount_minor: 200n }],
      events: ["payment.dispute_closed"],
    });
    expect(() => closeDispute(one.payment, second?.id, "won")).toThrow("lost already");
    expect(closeDispute(one.payment, undefined, "won").payment.disputes[0]).toEqual({
      ...first,
      status: "won",
    });
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
      .filter(([state]) => !(MOVES[name as keyof typeof MOVES].from as readonly string[]).includes(state))
      .map(([state, of]) => ({ name, state, move, of })),
  );

  it.each(illegal)("refuses to $name while $state", ({ move, of }) => {
    expect(() => move(of)).toThrow("does not allow");
  });
});
