import { Agenda } from "../agenda";
import * as moves from "../payments";
import type { BankPayment } from "../records";

const PAYMENT: BankPayment = {
  ...{ reference: "sbx_pay_1", provider: "pp_sandbox_a", method: "card", currency: "EUR" },
  ...{ amount_minor: 1000n, capture: "manual", status: "requires_confirmation", authorized_minor: 0n },
  ...{ captured_minor: 0n, refunded_minor: 0n, voided_minor: 0n, metadata: {}, refunds: [], disputes: [] },
  ...{ authorizations: 0, operations: [], operations_forgotten: 0, created_at: 0 },
};
const LIFETIME_MS = moves.AUTHORIZATION_LIFETIME_MS;

function authorizedAt(reference: string, at: number): BankPayment {
  return moves.authorize({ ...PAYMENT, reference }, at).payment;
}

describe("the agenda", () => {
  it("knows of no time for what the clock does not change", () => {
    const agenda = new Agenda();
    agenda.note(PAYMENT);
    agenda.note(moves.capture(authorizedAt("taken", 0), 1000n).payment);
    expect(agenda.dueBy(Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(agenda.isDue(PAYMENT.reference, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it("tells what is due, from the very millisecond on", () => {
    const agenda = new Agenda();
    agenda.note(authorizedAt("late", 2000));
    agenda.note(authorizedAt("early", 1000));
    expect(agenda.dueBy(LIFETIME_MS + 999)).toEqual([]);
    expect(agenda.dueBy(LIFETIME_MS + 1000)).toEqual(["early"]);
    expect(agenda.isDue("late", LIFETIME_MS + 1999)).toBe(false);
    expect(agenda.dueBy(LIFETIME_MS + 2000)).toEqual(["late", "early"]);
  });

  it("forgets the time of what has happened, and takes a new one", () => {
    const agenda = new Agenda();
    const lapsing = authorizedAt("a", 0);
    agenda.note(lapsing);
    agenda.note(moves.voidRest(lapsing, "expire").payment);
    expect(agenda.dueBy(LIFETIME_MS)).toEqual([]);
    const captured = moves.capture(authorizedAt("b", 0), 1000n).payment;
    agenda.note(moves.refund(captured, 10n, 5000).payment);
    expect(agenda.dueBy(4999)).toEqual([]);
    expect(agenda.dueBy(5000)).toEqual(["b"]);
  });
});
