import assert from "node:assert/strict";
import { isGatewayError, type AttemptRecord, type GatewayErrorKind } from "../../gateway";
import type { LedgerRow } from "../harness";

/** The error a call rejects with; fails when it resolves. */
export async function rejection(call: Promise<unknown>, why: string): Promise<Error> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof Error, `${why}: something else than an Error was thrown`);
    return error;
  }
  assert.fail(`${why}: the call was a success`);
}

/** Rejects with a gateway error of one of these kinds. */
export async function rejectsAs(
  call: Promise<unknown>,
  kinds: readonly GatewayErrorKind[],
  why: string,
): Promise<void> {
  const error = await rejection(call, why);
  assert.ok(
    isGatewayError(error),
    `${why}: ${error.name} is not an error of the contract (${error.message})`,
  );
  assert.ok(
    kinds.includes(error.kind),
    `${why}: expected ${kinds.join(" or ")}, not ${error.kind} (${error.message})`,
  );
}

export type Moved = Partial<Pick<LedgerRow, "authorized_minor" | "captured_minor" | "refunded_minor">>;

/** The service's books say exactly this; what is left out is not looked at. */
export function assertMoved(row: LedgerRow, moved: Moved): void {
  const found = Object.fromEntries(Object.keys(moved).map((name) => [name, row[name as keyof Moved]]));
  assert.deepEqual(found, moved, `the service's books about ${row.reference}`);
}

/** Nothing was reserved or taken. */
export function assertUnpaid(row: LedgerRow): void {
  assertMoved(row, { authorized_minor: 0n, captured_minor: 0n, refunded_minor: 0n });
}

/** The attempt is paid: reserved, or taken with automatic capture. */
export function assertApproved({ status }: AttemptRecord): void {
  assert.ok(status === "authorized" || status === "captured", `the attempt is ${status}`);
}

/** Every thing of an error that could end up in a log, its hidden causes included. */
export function textOfError(error: unknown): string {
  const parts: string[] = [];
  for (let current = error; current instanceof Error && parts.length < 10; current = current.cause) {
    parts.push(current.stack ?? "", current.message, JSON.stringify({ ...current }));
  }
  return parts.join("\n");
}
