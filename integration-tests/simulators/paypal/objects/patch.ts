import type { Account } from "../account";
import type { Patch } from "../contract/types";
import { checkOrderRequest } from "../contract/order-request";
import { refuse } from "../errors";
import type { OrderRecord } from "../records";
import { checkLimits } from "./orders";
import { purchaseUnits, type Unit } from "./purchase-units";

type Operation = "replace" | "add" | "remove";

/** What may be patched and how (docs: Update order). Keys are paths with the reference left out. */
const PATCHABLE: Readonly<Record<string, readonly Operation[]>> = {
  "/intent": ["replace"],
  "/purchase_units/@": ["replace", "add"],
  "/purchase_units/@/custom_id": ["replace", "add", "remove"],
  "/purchase_units/@/description": ["replace", "add", "remove"],
  "/purchase_units/@/shipping/name": ["replace", "add"],
  "/purchase_units/@/shipping/address": ["replace", "add"],
  "/purchase_units/@/shipping/type": ["replace", "add"],
  "/purchase_units/@/shipping/options": ["replace", "add"],
  "/purchase_units/@/soft_descriptor": ["replace", "remove"],
  "/purchase_units/@/amount": ["replace"],
  "/purchase_units/@/items": ["replace", "add", "remove"],
  "/purchase_units/@/invoice_id": ["replace", "add", "remove"],
  "/purchase_units/@/payment_instruction": ["replace"],
  "/purchase_units/@/supplementary_data/card": ["replace", "add", "remove"],
};

const UNIT_PATH = /^\/purchase_units\/@reference_id=='([^']+)'((?:\/\w+)*)$/;

/**
 * Changes an order that is CREATED or APPROVED, or waits for its payer, all steps or none.
 * @throws PaypalRefusal ORDER_ALREADY_COMPLETED, NOT_PATCHABLE, FIELD_NOT_PATCHABLE, REFERENCE_ID_NOT_FOUND, and for amounts that do
 * not sum afterwards
 */
export function patchOrder(account: Account, id: string, steps: readonly Patch[]): void {
  const order = account.order(id);
  if (order.status === "COMPLETED" || order.status === "VOIDED") {
    throw refuse("ORDER_ALREADY_COMPLETED");
  }
  if (order.status === "PAYER_ACTION_REQUIRED" && account.options.changes_waiting_orders === false) {
    throw refuse("NOT_PATCHABLE");
  }
  const draft = { intent: order.intent, purchase_units: structuredClone(order.purchase_units) };
  steps.forEach((step, at) => applyStep(draft, step, at));
  checkOrderRequest(draft);
  const units = purchaseUnits(draft.purchase_units, draft.intent);
  checkLimits(account, units);
  if (
    order.instrument?.kind === "apple_pay" &&
    JSON.stringify(amountsOf(units)) !== JSON.stringify(amountsOf(order.purchase_units))
  ) {
    throw refuse("AMOUNT_CHANGE_NOT_ALLOWED");
  }
  order.intent = draft.intent;
  order.purchase_units = units;
  order.updated_ms = account.clock.now();
  account.noteChange(order.id);
}

type Draft = { intent: OrderRecord["intent"]; purchase_units: Unit[] };

function applyStep(draft: Draft, { op, path, value }: Patch, at: number): void {
  if (path === undefined) {
    throw refuse("PATCH_PATH_REQUIRED", { field: `/${at}/path` });
  }
  const [, reference, rest = ""] = UNIT_PATH.exec(path) ?? [];
  const known = reference === undefined ? path : `/purchase_units/@${rest}`;
  const operation = (["replace", "add", "remove"] as const).find((word) => word === op);
  const allowed = PATCHABLE[known];
  if (!allowed) {
    throw refuse(path.startsWith("/") ? "NOT_PATCHABLE" : "INVALID_JSON_POINTER_FORMAT", { field: path });
  }
  if (!operation || !allowed.includes(operation)) {
    throw refuse("INVALID_PATCH_OPERATION", { field: path, value: op });
  }
  if (operation !== "remove" && value === undefined) {
    throw refuse("PATCH_VALUE_REQUIRED", { field: path });
  }
  if (reference === undefined) {
    draft.intent = intentOf(value);
    return;
  }
  const index = draft.purchase_units.findIndex(({ reference_id }) => reference_id === reference);
  if (index < 0 && !(rest === "" && operation === "add")) {
    throw refuse("REFERENCE_ID_NOT_FOUND", { field: path });
  }
  if (rest === "") {
    const unit = { ...(value as Unit), reference_id: reference };
    draft.purchase_units.splice(index < 0 ? draft.purchase_units.length : index, 1, unit);
    return;
  }
  put(draft.purchase_units[index]!, rest.slice(1).split("/"), operation === "remove" ? undefined : value);
}

function intentOf(value: unknown): OrderRecord["intent"] {
  if (value !== "AUTHORIZE" && value !== "CAPTURE") {
    throw refuse("UNSUPPORTED_PATCH_PARAMETER_VALUE", { field: "/intent", value: String(value) });
  }
  return value;
}

function put(target: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    const inner = { ...(target[name] as Record<string, unknown> | undefined) };
    put(inner, rest, value);
    target[name] = inner;
  } else if (value === undefined) {
    delete target[name];
  } else {
    target[name] = value;
  }
}

function amountsOf(units: readonly Unit[]): unknown {
  return units.map(({ amount: { currency_code, value } }) => [currency_code, value]);
}
