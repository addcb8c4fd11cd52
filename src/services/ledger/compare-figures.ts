import type { AttemptStatus } from "../../gateway/attempt-states";
import { approvedIn, keptNow, reservedNow } from "../../gateway/holdings";
import { sameMoney, showMoney, type Money } from "../../gateway/money";
import type { PaymentSnapshot, SnapshotStatus } from "../../gateway/outcomes";

/** What Tender has on record of a payment: its attempt and the operations that went through. */
export type TenderFigures = Readonly<{
  attempt_id: string;
  provider_id: string;
  status: AttemptStatus;
  amount: Money;
  captured: Money;
  refunded: Money;
}>;

/** What Medusa has on record: its payment that is not canceled, with its captures and refunds. */
export type MedusaFigures = Readonly<{ amount: Money; captured: Money; refunded: Money }>;

type MoneyField = "amount" | "authorized" | "captured" | "refunded";

type InWords = Readonly<{ attempt_id: string; provider_id: string }>;

/**
 * One figure of one payment on which gateway, Medusa and Tender do not agree; `null` where Medusa has no payment.
 * `authorized` is what is or was reserved. Where neither Medusa nor Tender expects any money, `authorized` is what is
 * reserved now and `captured` what was taken and not given back.
 */
export type LedgerDifference = InWords &
  (
    | Readonly<{ field: MoneyField; gateway: Money; medusa: Money | null; tender: Money }>
    | Readonly<{ field: "status"; gateway: SnapshotStatus; medusa: string | null; tender: AttemptStatus }>
  );

/** Holds the gateway's own figures against Medusa's and Tender's, to the minor unit. No difference, no row. */
export function compareFigures(
  gateway: PaymentSnapshot,
  medusa: MedusaFigures | null,
  tender: TenderFigures,
): LedgerDifference[] {
  const { attempt_id, provider_id } = tender;
  const expects_money = tender.status === "authorized" || tender.status === "captured";
  const none = zero(tender.amount);
  const rows: readonly [MoneyField, Money, Money | null, Money][] =
    expects_money || medusa
      ? [
          ["amount", gateway.amount, medusa?.amount ?? null, tender.amount],
          ["authorized", everReserved(gateway), medusa?.amount ?? null, expects_money ? tender.amount : none],
          ["captured", gateway.captured, medusa?.captured ?? null, tender.captured],
          ["refunded", gateway.refunded, medusa?.refunded ?? null, tender.refunded],
        ]
      : [
          ["authorized", reservedNow(gateway), null, none],
          ["captured", keptNow(gateway), null, none],
        ];
  const differences: LedgerDifference[] = rows
    .filter(([field, ...figures]) => !agree(field, ...figures))
    .map(([field, of_gateway, of_medusa, of_tender]) => ({
      attempt_id,
      provider_id,
      field,
      gateway: of_gateway,
      medusa: of_medusa,
      tender: of_tender,
    }));
  if (expects_money && gateway.status !== tender.status) {
    differences.push({
      attempt_id,
      provider_id,
      field: "status",
      gateway: gateway.status,
      medusa: medusa && statusInMedusa(medusa),
      tender: tender.status,
    });
  }
  return differences;
}

/** `payatt_… pp_… captured: gateway 12.00 EUR, Medusa 10.00 EUR, Tender 10.00 EUR` */
export function differenceInWords(difference: LedgerDifference): string {
  const { attempt_id, provider_id, field } = difference;
  const [gateway, medusa, tender] =
    difference.field === "status"
      ? [difference.gateway, difference.medusa, difference.tender]
      : [difference.gateway, difference.medusa, difference.tender].map(
          (amount) => amount && showMoney(amount),
        );
  return `${attempt_id} ${provider_id} ${field}: gateway ${gateway}, Medusa ${medusa ?? "none"}, Tender ${tender}`;
}

/** Where Medusa has no payment it has taken and given back nothing, and says nothing of the amount asked for. */
function agree(field: MoneyField, gateway: Money, medusa: Money | null, tender: Money): boolean {
  const of_medusa = medusa ?? (field === "amount" ? gateway : zero(gateway));
  return sameMoney(gateway, tender) && sameMoney(gateway, of_medusa);
}

/** Some gateways report no reservation once they captured. */
function everReserved(snapshot: PaymentSnapshot): Money {
  const { status, captured } = snapshot;
  return status === "authorized" || status === "captured" ? approvedIn(snapshot) : captured;
}

function statusInMedusa({ amount, captured }: MedusaFigures): string {
  return captured.amount_minor >= amount.amount_minor ? "captured" : "authorized";
}

function zero({ currency }: Money): Money {
  return { amount_minor: 0n, currency };
}
