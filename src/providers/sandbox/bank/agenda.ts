import type { BankPayment } from "./records";

/**
 * Which payments the clock alone will change, and when. Asking is cheap: nothing is looked through before the
 * earliest time has come.
 */
export class Agenda {
  private readonly times = new Map<string, number>();
  private earliest = Infinity;

  /** Notes the payment as it is now in place of what was noted before. */
  note(payment: BankPayment): void {
    const at = dueTimeOf(payment);
    if (at === Infinity) {
      this.times.delete(payment.reference);
      return;
    }
    this.times.set(payment.reference, at);
    this.earliest = Math.min(this.earliest, at);
  }

  /** @param now Unix ms */
  isDue(reference: string, now: number): boolean {
    return (this.times.get(reference) ?? Infinity) <= now;
  }

  /** References of all that is due. @param now Unix ms */
  dueBy(now: number): readonly string[] {
    if (now < this.earliest) {
      return [];
    }
    const due: string[] = [];
    this.earliest = Infinity;
    for (const [reference, at] of this.times) {
      this.earliest = Math.min(this.earliest, at);
      if (at <= now) {
        due.push(reference);
      }
    }
    return due;
  }
}

/** Unix ms at which a refund comes back or the authorization lapses; `Infinity` when neither will. */
function dueTimeOf(payment: BankPayment): number {
  const failures = payment.refunds.map(({ fails_at }) => fails_at ?? Infinity);
  return Math.min(lapseTimeOf(payment), ...failures);
}

/** Unix ms at which what is reserved is released; `Infinity` when nothing is. */
export function lapseTimeOf({ status, authorization_expires_at }: BankPayment): number {
  return status === "authorized" ? (authorization_expires_at ?? Infinity) : Infinity;
}
