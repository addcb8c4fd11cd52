import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { generateEntityId } from "@medusajs/framework/utils";

/** What a test says of an attempt that it writes straight into the table. */
export type AddedAttempt = Readonly<{
  id: string;
  sequence: number;
  payment_collection_id: string;
  order_id: string | null;
  region_id: string | null;
  provider_id: string;
  method: string;
  amount_minor: string;
  currency: string;
  status: string;
  gateway_reference: string | null;
  decline: string | null;
  refusal: string | null;
  approved_at: Date | null;
  declined_at: Date | null;
  created_at: Date;
}>;

/** One of 10 EUR with a card; `refused` is the category of a refusal it had. */
export function addedAttempt({
  refused,
  ...given
}: Partial<AddedAttempt> & { refused?: string } = {}): AddedAttempt {
  const created_at = given.created_at ?? new Date();
  const decline =
    refused === undefined ? null : JSON.stringify({ category: refused, code: `code_${refused}` });
  return {
    id: generateEntityId(undefined, "payatt"),
    sequence: 1,
    payment_collection_id: generateEntityId(undefined, "pay_col"),
    order_id: null,
    region_id: null,
    provider_id: "pp_sandbox_a",
    method: "card",
    amount_minor: "1000",
    currency: "EUR",
    status: "captured",
    gateway_reference: null,
    decline,
    refusal: decline,
    approved_at: null,
    declined_at: decline === null ? null : created_at,
    created_at,
    ...given,
  };
}

export async function addAttempts(knex: Knex, attempts: readonly AddedAttempt[]): Promise<void> {
  await knex("tender_payment_attempt").insert(attempts.map((attempt) => ({ ...attempt, client: "{}" })));
}
