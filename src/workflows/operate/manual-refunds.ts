import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import {
  moneyToDecimal,
  type AttemptRecord,
  type ManualRefund,
  type ManualRefundQuery,
  type ManualRefunds,
  type Money,
  type RefundFile,
} from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { changeManualRefund, manualRefundsAt } from "../pay/manual-refunds";

/** A refund that people carry out, and whose it is. The ids are null where the payment is not on record. */
export type ManualRefundAt = Readonly<{
  provider_id: string;
  attempt_id: string | null;
  order_id: string | null;
  refund: ManualRefund;
}>;

/** What an operator does to one. */
export type ManualRefundAct =
  Readonly<{ name: "import"; text: string }> | Readonly<{ name: "prepare" | "drop" }>;

/** Which one, and who does it. */
export type ManualRefundOf = Readonly<{ actor_id: string; provider_id: string; id: string }>;

/** A page of a provider's refunds, newest first. @throws MedusaError `NOT_FOUND` where it has none by hand */
export async function pageManualRefunds(
  container: MedusaContainer,
  provider_id: string,
  query: ManualRefundQuery,
): Promise<Readonly<{ refunds: readonly ManualRefundAt[]; next_cursor: string | null }>> {
  const { refunds, next_cursor } = await manualRefundsAt(container, provider_id).page(query);
  return { refunds: await placed(container, provider_id, refunds), next_cursor };
}

/** All refunds of an attempt's payment that people carry out, first to last. @throws MedusaError `NOT_FOUND` */
export async function listManualRefunds(
  container: MedusaContainer,
  attempt_id: string,
): Promise<readonly ManualRefundAt[]> {
  const attempt = await attemptOf(container, attempt_id);
  const { provider_id, gateway_reference } = attempt;
  const refunds = findGateway(container, provider_id)?.gateway.manual_refunds;
  const listed = gateway_reference ? ((await refunds?.list(gateway_reference)) ?? []) : [];
  return listed.map((refund) => placeOf(attempt, refund));
}

/** Begins to give back what was paid beyond an attempt's amount. @throws MedusaError where there is nothing */
export async function openRefundBeyond(
  container: MedusaContainer,
  { actor_id, attempt_id }: Readonly<{ actor_id: string; attempt_id: string }>,
): Promise<ManualRefundAt> {
  const attempt = await attemptOf(container, attempt_id);
  const { provider_id, gateway_reference } = attempt;
  const refund =
    gateway_reference &&
    (await changeManualRefund(container, provider_id, (refunds) => refunds.openBeyond(gateway_reference)));
  if (!refund) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "Nothing that is certain was paid beyond the payment's amount, or a refund of it was begun already.",
    );
  }
  await audit(container, actor_id, "open", undefined, refund);
  return placeOf(attempt, refund);
}

/** Does what an operator wants done to a refund, and writes it to the log of changes. */
export async function actOnManualRefund(
  container: MedusaContainer,
  { actor_id, provider_id, id }: ManualRefundOf,
  act: ManualRefundAct,
): Promise<ManualRefundAt> {
  const before = await manualRefundsAt(container, provider_id).find(id);
  const after = await changeManualRefund(container, provider_id, (refunds) => done(refunds, id, act));
  await audit(container, actor_id, act.name, before, after);
  return { ...(await placeAt(container, provider_id, after)), refund: after };
}

/** What is to be signed; it is prepared where it was not yet. Whoever takes it stands in the log of changes. */
export async function exportManualRefund(
  container: MedusaContainer,
  { actor_id, provider_id, id }: ManualRefundOf,
): Promise<RefundFile> {
  const refunds = manualRefundsAt(container, provider_id);
  const before = await refunds.find(id);
  const file = await refunds.exportFile(id);
  const after = await refunds.find(id);
  await (after && audit(container, actor_id, "export", before, after));
  return file;
}

function done(refunds: ManualRefunds, id: string, act: ManualRefundAct): Promise<ManualRefund> {
  switch (act.name) {
    case "import":
      return refunds.importSigned(id, act.text);
    case "prepare":
      return refunds.prepareAnew(id);
    case "drop":
      return refunds.drop(id);
  }
}

async function audit(
  container: MedusaContainer,
  actor_id: string,
  act: string,
  before: ManualRefund | undefined,
  after: ManualRefund,
): Promise<void> {
  await tenderModule(container).changes.add({
    actor_id,
    action: `manual_refund.${act}`,
    subject: after.id,
    before: before && loggedOf(before),
    after: loggedOf(after),
  });
}

/** Writes that a refund which people carry out was begun; once, whoever else saw it begin. */
export async function auditBegun(
  container: MedusaContainer,
  actor_id: string,
  refund: ManualRefund,
): Promise<void> {
  await tenderModule(container).changes.addOnce({
    actor_id,
    action: "manual_refund.begin",
    subject: refund.id,
    after: { ...loggedOf(refund), ...(refund.amount && inDecimals(refund.amount)) },
  });
}

const inDecimals = (amount: Money) => ({ amount: moneyToDecimal(amount), currency: amount.currency });

/** Never its token, which opens the payee's page. */
const loggedOf = ({ status, shown, destination, reference }: ManualRefund) => ({
  status,
  shown,
  destination,
  reference,
});

async function placed(
  container: MedusaContainer,
  provider_id: string,
  refunds: readonly ManualRefund[],
): Promise<readonly ManualRefundAt[]> {
  return Promise.all(
    refunds.map(async (refund) => ({ ...(await placeAt(container, provider_id, refund)), refund })),
  );
}

async function placeAt(container: MedusaContainer, provider_id: string, { reference }: ManualRefund) {
  const attempt = await tenderModule(container).findAttempt({ provider_id, gateway_reference: reference });
  return { provider_id, attempt_id: attempt?.id ?? null, order_id: attempt?.order_id ?? null };
}

function placeOf({ id, provider_id, order_id }: AttemptRecord, refund: ManualRefund): ManualRefundAt {
  return { provider_id, attempt_id: id, order_id, refund };
}

async function attemptOf(container: MedusaContainer, id: string): Promise<AttemptRecord> {
  const attempt = await tenderModule(container).attempts.find({ id });
  if (!attempt) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Payment attempt ${id} was not found.`);
  }
  return attempt;
}
