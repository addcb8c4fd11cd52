import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import type { SchemaObject, Specification } from "./specifications";

const ajvs = new Map<string, Ajv>();
const compiled = new WeakMap<SchemaObject, ValidateFunction>();

/** What of a value does not fit a published schema; nothing when it fits. */
export function misfits(
  specification: Specification,
  schema: SchemaObject,
  value: unknown,
): readonly ErrorObject[] {
  const validate = compiled.get(schema) ?? compile(specification, schema);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** Has a schema ready, so that the first request does not wait for it. */
export function compile(specification: Specification, schema: SchemaObject): ValidateFunction {
  const validate = ajvOf(specification).compile(qualified(schema, specification.name));
  compiled.set(schema, validate);
  return validate;
}

function ajvOf({ name, components }: Specification): Ajv {
  const known = ajvs.get(name);
  if (known) {
    return known;
  }
  // Their regular expressions are not of the `u` kind, and their formats are PayPal's own names.
  const ajv = new Ajv({
    unicodeRegExp: false,
    strict: false,
    validateSchema: false,
    validateFormats: false,
    allErrors: true,
    code: { optimize: false },
  });
  ajv.addSchema({ $id: name, components: corrected(components) });
  ajvs.set(name, ajv);
  return ajv;
}

/** References inside a file are to its own components; a schema on its own must name the file. */
function qualified(schema: SchemaObject, name: string): SchemaObject {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', `"$ref":"${name}#`)) as SchemaObject;
}

/**
 * PayPal's file of the vault has two errors: enums of nothing, which no validator takes and which mean any text, and a
 * token that can only be a billing agreement, where its own documentation and SDK name `SETUP_TOKEN`.
 */
function corrected(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(corrected);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries: (readonly [string, unknown])[] = Object.entries(value).flatMap(([key, held]) => {
    const words: unknown = key === "enum" ? held : undefined;
    if (!Array.isArray(words)) {
      return [[key, corrected(held)]];
    }
    const only_agreements = words.length === 1 && words[0] === "BILLING_AGREEMENT";
    return words.length === 0 ? [] : [[key, only_agreements ? [...words, "SETUP_TOKEN"] : words]];
  });
  return Object.fromEntries(entries);
}
