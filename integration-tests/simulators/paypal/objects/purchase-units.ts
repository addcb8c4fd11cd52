import type { OrderRequest, PurchaseUnitRequest } from "../contract/types";
import { refuse } from "../errors";
import { checkAmounts } from "./order-amounts";
import { pointerTo } from "./pointers";

export type Unit = PurchaseUnitRequest & { reference_id: string };

/** Countries whose addresses need a postal code and a city; a part of those PayPal has. */
const NEED_POSTAL_CODE = new Set("AT AU BE CA CH DE DK ES FI FR GB IT JP NL NO PL PT SE US".split(" "));

const DEFAULT_REFERENCE = "default";

/**
 * The purchase units of an order, each with its reference.
 * @throws PaypalRefusal for what does not go together, does not sum, or has an address that is not whole
 */
export function purchaseUnits(
  requested: readonly PurchaseUnitRequest[],
  intent: OrderRequest["intent"],
): Unit[] {
  if (requested.length > 1 && requested.some(({ reference_id }) => reference_id === undefined)) {
    throw refuse("REFERENCE_ID_REQUIRED");
  }
  const units = requested.map((unit) => ({ ...unit, reference_id: unit.reference_id ?? DEFAULT_REFERENCE }));
  if (new Set(units.map(({ reference_id }) => reference_id)).size < units.length) {
    throw refuse("DUPLICATE_REFERENCE_ID");
  }
  if (intent === "AUTHORIZE" && units.length > 1) {
    throw refuse("UNSUPPORTED_INTENT");
  }
  checkAmounts(units);
  units.forEach(checkAddress);
  units.forEach(checkOptions);
  return units;
}

function checkAddress(unit: Unit): void {
  const address = unit.shipping?.address;
  if (!address || !NEED_POSTAL_CODE.has(address.country_code)) {
    return;
  }
  if (!address.postal_code) {
    throw refuse("POSTAL_CODE_REQUIRED", { field: pointerTo(unit, "shipping/address/postal_code") });
  }
  if (!address.admin_area_2) {
    throw refuse("CITY_REQUIRED", { field: pointerTo(unit, "shipping/address/admin_area_2") });
  }
}

function checkOptions(unit: Unit): void {
  const options = unit.shipping?.options;
  if (!options || options.length === 0) {
    return;
  }
  const selected = options.filter((option) => option.selected);
  if (selected.length !== 1) {
    throw refuse(
      selected.length === 0 ? "SHIPPING_OPTION_NOT_SELECTED" : "MULTIPLE_SHIPPING_OPTION_SELECTED",
    );
  }
  const shipping = unit.amount.breakdown?.shipping;
  if (shipping && selected[0]?.amount && selected[0].amount.value !== shipping.value) {
    throw refuse("PREFERRED_SHIPPING_OPTION_AMOUNT_MISMATCH");
  }
}
