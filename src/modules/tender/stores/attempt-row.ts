import type { AttemptStatus } from "../../../gateway/attempt-states";
import type { Decline } from "../../../gateway/declines";
import type { AttemptChange, AttemptRecord } from "../../../gateway/journal";
import type { Instrument, NextAction } from "../../../gateway/outcomes";

/** A row of `tender_payment_attempt` as Postgres returns it. */
export type AttemptRow = {
  id: string;
  sequence: number;
  payment_collection_id: string | null;
  payment_session_id: string | null;
  cart_id: string | null;
  order_id: string | null;
  customer_id: string | null;
  region_id: string | null;
  provider_id: string;
  method: string;
  amount_minor: string;
  currency: string;
  status: AttemptStatus;
  gateway_reference: string | null;
  next_action: NextAction | null;
  decline: Decline | null;
  recovery: string | null;
  recovery_rule_id: string | null;
  fallback_of: string | null;
  instrument: Instrument | null;
  client: Record<string, unknown>;
  request_key: string | null;
  authorization_expires_at: Date | null;
  claimed_by: string | null;
  claimed_until: Date | null;
  mirrored_by: string | null;
  mirrored_until: Date | null;
  finished_at: Date | null;
  next_check_at: Date | null;
  checks: number;
  approved_at: Date | null;
  declined_at: Date | null;
  refusal: Decline | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
};

export function toAttemptRecord(row: AttemptRow): AttemptRecord {
  return {
    id: row.id,
    sequence: row.sequence,
    payment_collection_id: row.payment_collection_id,
    payment_session_id: row.payment_session_id,
    cart_id: row.cart_id,
    order_id: row.order_id,
    customer_id: row.customer_id,
    provider_id: row.provider_id,
    method: row.method,
    amount: { amount_minor: BigInt(row.amount_minor), currency: row.currency },
    status: row.status,
    gateway_reference: row.gateway_reference,
    next_action: row.next_action,
    decline: row.decline,
    recovery: row.recovery,
    recovery_rule_id: row.recovery_rule_id,
    fallback_of: row.fallback_of,
    instrument: row.instrument,
    client: row.client,
    authorization_expires_at: row.authorization_expires_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

const JSON_COLUMNS: readonly string[] = ["next_action", "decline", "instrument", "client"];

/** The columns of a change; what is left out stays as it is. */
export function toColumns(change: AttemptChange): Record<string, unknown> {
  const { amount, ...rest } = change;
  const columns = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name,
      JSON_COLUMNS.includes(name) && value !== null ? JSON.stringify(value) : value,
    ]);
  return {
    ...Object.fromEntries(columns),
    ...(amount && { amount_minor: amount.amount_minor.toString(), currency: amount.currency }),
  };
}
