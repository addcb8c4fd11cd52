import { subtractMoney, type Money } from "./money";
import type { PaymentSnapshot } from "./outcomes";

/** What is reserved or was taken, whichever is more: some gateways report no reservation once they captured. */
export function approvedIn({ authorized, captured }: PaymentSnapshot): Money {
  return authorized.amount_minor > captured.amount_minor ? authorized : captured;
}

/** Reserved and not captured. */
export function reservedNow({ status, authorized, captured }: PaymentSnapshot): Money {
  return status === "authorized" ? subtractMoney(authorized, captured) : { ...authorized, amount_minor: 0n };
}

/** Captured and not refunded. */
export function keptNow({ captured, refunded }: PaymentSnapshot): Money {
  return subtractMoney(captured, refunded);
}

/** True while the gateway holds money of the payer, reserved or taken. */
export function holdsMoney(snapshot: PaymentSnapshot): boolean {
  return reservedNow(snapshot).amount_minor > 0n || keptNow(snapshot).amount_minor > 0n;
}
