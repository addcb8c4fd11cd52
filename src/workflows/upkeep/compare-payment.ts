import { setTimeout as sleep } from "node:timers/promises";
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types";
import { isGatewayError, moneyFromDecimal, type Money, type PaymentSnapshot } from "../../gateway";
import type { LedgerEntry } from "../../modules/tender";
import { compareFigures, type LedgerDifference, type MedusaFigures } from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { findProvider } from "../medusa/payment-providers";
import { paymentModule } from "../medusa/payment-session";

/** What comparing one payment has shown. Nothing is said to be right that could not be looked at. */
export type Compared =
  | Readonly<{ checked: true; snapshot: PaymentSnapshot; differences: readonly LedgerDifference[] }>
  | Readonly<{ checked: false; reason: string }>;

/** A payment that is being worked on is looked at again after this long. */
const SECOND_LOOK_AFTER_MS = 300;

/**
 * Compares one payment at its gateway with what Medusa and Tender have on record. A difference is looked at a second
 * time from the beginning: between two reads the shopper or the operator may have moved the money.
 *
 * @param medusa what Medusa has on record where the caller has read it already
 */
export async function comparePayment(
  container: MedusaContainer,
  entry: LedgerEntry,
  medusa?: MedusaFigures | null,
): Promise<Compared> {
  const first = await compareOnce(container, entry, medusa);
  if (!first.checked || first.differences.length === 0) {
    return first;
  }
  await sleep(SECOND_LOOK_AFTER_MS);
  const tender = tenderModule(container);
  if (await tender.isClaimed(entry.attempt.id)) {
    return { checked: false, reason: "it is being worked on" };
  }
  const again = await tender.ledger.find(entry.attempt.id);
  return again?.attempt.gateway_reference
    ? compareOnce(container, again)
    : { checked: false, reason: "its payment was taken over by another attempt meanwhile" };
}

/** What Medusa has on record of these attempts, by the id of their session; canceled payments are left out. */
export async function loadMedusaFigures(
  container: MedusaContainer,
  entries: readonly LedgerEntry[],
): Promise<ReadonlyMap<string, MedusaFigures>> {
  const payment_session_id = entries.flatMap(({ attempt }) => attempt.payment_session_id ?? []);
  if (payment_session_id.length === 0) {
    return new Map();
  }
  const payments = await paymentModule(container).listPayments(
    { payment_session_id },
    { relations: ["captures", "refunds", "payment_session"], take: payment_session_id.length * 2 },
  );
  return new Map(
    payments.flatMap((payment): [string, MedusaFigures][] => {
      const session_id = payment.payment_session?.id;
      return payment.canceled_at || !session_id ? [] : [[session_id, toFigures(payment)]];
    }),
  );
}

async function compareOnce(
  container: MedusaContainer,
  entry: LedgerEntry,
  known?: MedusaFigures | null,
): Promise<Compared> {
  const { attempt, captured, refunded } = entry;
  const provider = findProvider(container, attempt.provider_id);
  if (!provider || provider === "foreign") {
    const reason = provider ? "it is another plugin's" : "its provider is not installed";
    return { checked: false, reason };
  }
  let snapshot: PaymentSnapshot;
  try {
    snapshot = await provider.money.read(attempt);
  } catch (error) {
    if (isGatewayError(error)) {
      return { checked: false, reason: error.message };
    }
    throw error;
  }
  const medusa =
    known === undefined
      ? (await loadMedusaFigures(container, [entry])).get(attempt.payment_session_id ?? "")
      : known;
  const { id: attempt_id, provider_id, status, amount } = attempt;
  return {
    checked: true,
    snapshot,
    differences: compareFigures(snapshot, medusa ?? null, {
      attempt_id,
      provider_id,
      status,
      amount,
      captured,
      refunded,
    }),
  };
}

type Exact = Readonly<{ amount: BigNumberInput; raw_amount?: BigNumberInput }>;

/** Each row in minor units by itself, as the gateway was asked for it. */
function toFigures(
  payment: Exact & { currency_code: string; captures?: Exact[] | null; refunds?: Exact[] | null },
): MedusaFigures {
  const exact = ({ amount, raw_amount }: Exact) =>
    moneyFromDecimal(raw_amount ?? amount, payment.currency_code);
  const sum = (rows: readonly Exact[] | null | undefined): Money => ({
    amount_minor: (rows ?? []).reduce((total, row) => total + exact(row).amount_minor, 0n),
    currency: payment.currency_code.toUpperCase(),
  });
  return { amount: exact(payment), captured: sum(payment.captures), refunded: sum(payment.refunds) };
}
