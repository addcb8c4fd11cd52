import type { PaymentSnapshot } from "../../../gateway";
import type { Mutation } from "./memory-gateway";

/** A good gateway with one defect. */
export type Mutant = Mutation &
  Readonly<{
    defect: string;
    /** Names of promises that must catch it. */
    caught_by: readonly string[];
  }>;

/** What the gateway would report had the payment been approved. */
export function asIfPaid(snapshot: PaymentSnapshot, status: "authorized" | "captured"): PaymentSnapshot {
  const nothing = { ...snapshot.amount, amount_minor: 0n };
  return {
    ...snapshot,
    status,
    authorized: snapshot.amount,
    captured: status === "captured" ? snapshot.amount : nothing,
  };
}
