import type { Account } from "../account";
import { invalidRequest } from "../errors";

const LEVELS_LIMIT = 4;

/**
 * Puts whole objects in the place of ids (docs: Expanding Responses).
 * @param answer a copy that may be changed
 * @throws StripeRefusal 400 for a property that holds no id
 */
export function expand(account: Account, answer: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > LEVELS_LIMIT) {
      throw invalidRequest(
        `You cannot expand more than ${LEVELS_LIMIT} levels of a property. Property: ${path}`,
      );
    }
    expandPath(account, answer, parts, path);
  }
  return answer;
}

function expandPath(account: Account, value: unknown, parts: readonly string[], path: string): void {
  const [part, ...rest] = parts;
  if (part === undefined || value === null) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item) => expandPath(account, item, parts, path));
    return;
  }
  if (!isObject(value) || !(part in value)) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: "expand" });
  }
  const held = value[part];
  if (typeof held === "string") {
    value[part] = objectOf(account, held) ?? held;
  }
  expandPath(account, value[part], rest, path);
}

function objectOf(account: Account, id: string): unknown {
  const record =
    account.payment_intents.get(id)?.object ??
    account.setup_intents.get(id)?.object ??
    account.payment_methods.get(id)?.object ??
    account.charges.get(id) ??
    account.refunds.get(id) ??
    account.customers.get(id) ??
    account.deleted_customers.get(id) ??
    account.balance_transactions.get(id);
  return record && structuredClone(record);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
