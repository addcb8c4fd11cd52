import type Stripe from "stripe";
import { invalidRequest } from "../errors";
import { idOf } from "../ids";

const CLAUSE = /^(-?)(\w+)(?:\[["']([^"']+)["']\])?\s*(:|>=|<=|>|<)\s*["']?([^"']*)["']?$/;

/**
 * Understands `field:'value'`, `metadata['key']:'value'`, comparisons of `amount` and `created`, and `AND` between them
 * (docs: Search). Unlike Stripe's, what was just written is found at once.
 *
 * @throws StripeRefusal 400 for anything else
 */
export function intentMatcher(query: string): (intent: Stripe.PaymentIntent) => boolean {
  const clauses = query.split(/\s+AND\s+/i).map((text) => {
    const parts = CLAUSE.exec(text.trim());
    if (!parts) {
      throw invalidRequest(`We were unable to parse your search query: ${text}`, { param: "query" });
    }
    const [, negated, field = "", key, comparison = ":", value = ""] = parts;
    return (intent: Stripe.PaymentIntent) =>
      compares(fieldOf(intent, field, key), comparison, value) !== (negated === "-");
  });
  return (intent) => clauses.every((clause) => clause(intent));
}

function fieldOf(
  intent: Stripe.PaymentIntent,
  field: string,
  key: string | undefined,
): string | number | null {
  switch (field) {
    case "metadata":
      return intent.metadata[key ?? ""] ?? null;
    case "amount":
    case "created":
    case "currency":
    case "status":
      return intent[field];
    case "customer":
      return idOf(intent.customer);
    default:
      throw invalidRequest(
        `Field \`${field}\` is an unsupported search field for resource \`payment_intents\`.`,
        {
          param: "query",
        },
      );
  }
}

function compares(found: string | number | null, comparison: string, value: string): boolean {
  switch (comparison) {
    case ">":
      return Number(found) > Number(value);
    case "<":
      return Number(found) < Number(value);
    case ">=":
      return Number(found) >= Number(value);
    case "<=":
      return Number(found) <= Number(value);
    default:
      return value === "null" ? found === null : String(found) === value;
  }
}
