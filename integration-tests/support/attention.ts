import type { MedusaContainer } from "@medusajs/framework/types";
import { generateEntityId } from "@medusajs/framework/utils";
import type { FindingKind } from "../../src/gateway";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import type { Running } from "./suite";

/** Asks for 3-D Secure and is approved after it. */
const NEEDS_APPROVAL = "4000002760003184";

/** A payment that its shopper approved at the bank without the store's learning of it. */
export type UnseenPayment = Readonly<{ cart_id: string; attempt_id: string; reference: string }>;

const knexOf = (container: MedusaContainer) => container.resolve("__pg_connection__");

/** Makes a payment of 69.80 EUR that is approved at the bank and waits for nobody here. */
export async function approvedUnseen(running: Running): Promise<UnseenPayment> {
  const shopper = await running.shopper();
  const { started } = await shopper.pay("pp_sandbox_a:card", NEEDS_APPROVAL);
  const attempt_id: string = started.body.payment_attempt.id;
  const attempt = await tenderModule(running.container()).findAttempt({ id: attempt_id });
  const reference = attempt?.gateway_reference ?? "";
  await running.bank().control(`/control/payments/${reference}/approve`);
  const knex = knexOf(running.container());
  await knex("tender_payment_attempt").update({ next_check_at: null });
  await knex("tender_payment_operation").update({ next_check_at: null });
  return { cart_id: shopper.cart_id, attempt_id, reference };
}

/** Opens a finding and returns its id. */
export async function openFinding(
  container: MedusaContainer,
  kind: FindingKind,
  about: Readonly<{ attempt_id?: string; subject?: string; provider_id?: string; detail?: string }> = {},
): Promise<string> {
  const finding = { provider_id: "pp_sandbox_a", detail: "Opened by a test.", ...about };
  await tenderModule(container).openFinding({ kind, ...finding });
  const row = await knexOf(container)("tender_payment_finding")
    .where({ kind, status: "open", subject: about.subject ?? about.attempt_id ?? finding.provider_id })
    .first();
  return row.id;
}

/** Puts a webhook into the inbox that was given up, with its finding; returns its id. */
export async function deadWebhook(
  container: MedusaContainer,
  {
    event_id,
    reference = null,
    payload = "{}",
  }: Readonly<{ event_id: string; reference?: string | null; payload?: string | null }>,
): Promise<string> {
  const id = generateEntityId(undefined, "payevt");
  const now = new Date();
  await knexOf(container)("tender_payment_webhook_event").insert({
    id,
    provider_id: "pp_sandbox_a",
    event_id,
    type: "payment.authorized",
    reference,
    payload,
    status: "dead",
    tries: 8,
    error: "The sandbox bank cannot be reached (ECONNREFUSED).",
    created_at: now,
    updated_at: now,
    finished_at: now,
  });
  await openFinding(container, "webhook_dead", { subject: id });
  return id;
}
