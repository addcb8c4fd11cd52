import type { ErrorObject } from "ajv";
import { PaypalRefusal, type Detail } from "../errors";

/** What PayPal calls a value that breaks a rule of its schemas (docs: Validation errors). */
const ISSUES: Readonly<Record<string, readonly [issue: string, description: string]>> = {
  required: ["MISSING_REQUIRED_PARAMETER", "A required field / parameter is missing."],
  minLength: ["INVALID_STRING_LENGTH", "The value of a field is either too short or too long."],
  maxLength: ["INVALID_STRING_LENGTH", "The value of a field is either too short or too long."],
  pattern: ["INVALID_PARAMETER_SYNTAX", "The value of a field does not conform to the expected format."],
  type: ["INVALID_PARAMETER_SYNTAX", "The value of a field does not conform to the expected format."],
  enum: ["INVALID_PARAMETER_VALUE", "The value of a field is invalid."],
  minItems: ["INVALID_ARRAY_MIN_ITEMS", "The number of items in an array parameter is too small."],
  maxItems: ["INVALID_ARRAY_MAX_ITEMS", "The number of items in an array parameter is too large."],
};

/** A 400 that lists what does not fit, at most one detail for a field. */
export function schemaRefusal(errors: readonly ErrorObject[], body: unknown): PaypalRefusal {
  const details = new Map<string, Detail>();
  for (const error of errors) {
    const [issue, description] = ISSUES[error.keyword] ?? [];
    if (issue === undefined) {
      continue;
    }
    const missing = error.keyword === "required" ? `/${String(error.params.missingProperty)}` : "";
    const field = `${error.instancePath}${missing}`;
    const value = missing === "" ? textAt(body, error.instancePath) : undefined;
    details.set(field, {
      field,
      ...(value === undefined ? {} : { value }),
      location: "body",
      issue,
      description,
    });
  }
  const listed = [...details.values()];
  return new PaypalRefusal(listed.length > 0 ? listed : [{ issue: "INVALID_PARAMETER_SYNTAX" }], [], 400);
}

/** The text that does not fit. Never of a card: PayPal's answers hold no card data. */
function textAt(body: unknown, pointer: string): string | undefined {
  if (pointer.includes("/card/")) {
    return undefined;
  }
  const value = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (held, part) => (typeof held === "object" && held !== null ? Reflect.get(held, part) : undefined),
      body,
    );
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
