import type { Item, Money, PurchaseUnitRequest } from "../contract/types";
import { refuse } from "../errors";
import { minorOf, type MinorUnits } from "../money";
import { pointerTo } from "./pointers";

type Unit = PurchaseUnitRequest & { reference_id: string };
type Breakdown = NonNullable<PurchaseUnitRequest["amount"]["breakdown"]>;

/** How each part of a breakdown counts towards the amount. */
const PARTS: Readonly<Record<keyof Breakdown, 1n | -1n>> = {
  item_total: 1n,
  tax_total: 1n,
  shipping: 1n,
  handling: 1n,
  insurance: 1n,
  shipping_discount: -1n,
  discount: -1n,
};

/**
 * What the amounts of an order must come to, which the schemas do not say.
 * @throws PaypalRefusal MULTI_CURRENCY_ORDER, AMOUNT_MISMATCH, ITEM_TOTAL_REQUIRED, ITEM_TOTAL_MISMATCH,
 * TAX_TOTAL_REQUIRED, TAX_TOTAL_MISMATCH, and those of {@link minorOf}
 */
export function checkAmounts(units: readonly Unit[]): void {
  const currencies = new Set(
    units.flatMap((unit) => moniesOf(unit).map(({ currency_code }) => currency_code)),
  );
  if (currencies.size > 1) {
    throw refuse("MULTI_CURRENCY_ORDER");
  }
  units.forEach(checkUnit);
}

/** What an order comes to. */
export function totalOf({ purchase_units }: Readonly<{ purchase_units: readonly Unit[] }>): MinorUnits {
  return purchase_units.reduce((sum, { amount }) => sum + minorOf(amount, "/amount"), 0n);
}

function checkUnit(unit: Unit): void {
  const { amount, items = [] } = unit;
  const field = pointerTo(unit, "amount");
  const total = minorOf(amount, field);
  const { breakdown } = amount;
  if (breakdown) {
    const sum = (Object.keys(PARTS) as (keyof Breakdown)[]).reduce(
      (so_far, part) => so_far + PARTS[part] * partOf(breakdown[part], `${field}/breakdown/${part}`),
      0n,
    );
    if (sum !== total) {
      throw refuse("AMOUNT_MISMATCH", { field: `${field}/value`, value: amount.value });
    }
  }
  if (items.length > 0) {
    checkItems(unit, items, field);
  }
}

function checkItems(unit: Unit, items: readonly Item[], field: string): void {
  const of = (item: Item, at: number, part: "unit_amount" | "tax"): MinorUnits =>
    partOf(item[part], `${pointerTo(unit, "items")}/${at}/${part}`) * BigInt(item.quantity);
  const { item_total, tax_total } = unit.amount.breakdown ?? {};
  if (!item_total) {
    throw refuse("ITEM_TOTAL_REQUIRED", { field: `${field}/breakdown/item_total` });
  }
  const goods = items.reduce((sum, item, at) => sum + of(item, at, "unit_amount"), 0n);
  if (goods !== partOf(item_total, `${field}/breakdown/item_total`)) {
    throw refuse("ITEM_TOTAL_MISMATCH", {
      field: `${field}/breakdown/item_total/value`,
      value: item_total.value,
    });
  }
  if (!items.some(({ tax }) => tax)) {
    return;
  }
  if (!tax_total) {
    throw refuse("TAX_TOTAL_REQUIRED", { field: `${field}/breakdown/tax_total` });
  }
  const taxes = items.reduce((sum, item, at) => sum + of(item, at, "tax"), 0n);
  if (taxes !== partOf(tax_total, `${field}/breakdown/tax_total`)) {
    throw refuse("TAX_TOTAL_MISMATCH", {
      field: `${field}/breakdown/tax_total/value`,
      value: tax_total.value,
    });
  }
}

function partOf(money: Money | undefined, field: string): MinorUnits {
  return money ? minorOf(money, field, "not_negative") : 0n;
}

function moniesOf({ amount, items = [] }: PurchaseUnitRequest): Money[] {
  const parts: (Money | undefined)[] = [
    amount,
    ...Object.values(amount.breakdown ?? {}),
    ...items.flatMap(({ unit_amount, tax }) => [unit_amount, tax]),
  ];
  return parts.filter((money) => money !== undefined);
}
