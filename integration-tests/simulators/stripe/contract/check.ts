import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { invalidRequest, type StripeRefusal } from "../errors";
import type { ParameterTypeName, ParameterTypes } from "./parameter-types";
import { parameterSchemas, type ParameterSchemas } from "./schemas";

export type CheckParameters = <T extends ParameterTypeName>(type: T, raw: unknown) => ParameterTypes[T];

let contract: Promise<CheckParameters> | undefined;

/** The check against the installed SDK; all simulators of a process share it, since compiling takes its time. */
export function parameterContract(): Promise<CheckParameters> {
  contract ??= parameterSchemas().then(parameterCheck);
  return contract;
}

/**
 * Checks decoded forms against the SDK's types and turns their text into numbers and booleans.
 * What does not fit is refused as Stripe does it: 400 `parameter_unknown`, `parameter_missing`,
 * `parameter_invalid_integer`, or without a code where Stripe has none (docs: Error codes).
 */
function parameterCheck(schemas: ParameterSchemas): CheckParameters {
  // The optimizer costs more than it saves in a test's life.
  const ajv = new Ajv({ coerceTypes: true, strict: false, validateSchema: false, code: { optimize: false } });
  // Before the first request: on a busy machine compiling outlasts the time a gateway gives Stripe to answer.
  const compiled = new Map<string, ValidateFunction>(
    Object.entries(schemas).map(([type, schema]) => [type, ajv.compile(schema)]),
  );
  return <T extends ParameterTypeName>(type: T, raw: unknown): ParameterTypes[T] => {
    const validate = compiled.get(type)!;
    if (fits<ParameterTypes[T]>(validate, raw)) {
      return raw;
    }
    throw refusalFor(validate.errors ?? [], raw);
  };
}

/** The schema was made from T, so what passes it is a T. */
function fits<T>(validate: ValidateFunction, raw: unknown): raw is T {
  return validate(raw);
}

/** Halves of a level: which of two errors at the same place says more. */
const TELLING: Readonly<Record<string, number>> = { additionalProperties: 0.5, required: 0.5, const: -0.5 };

/** Of several errors, the alternatives of one union, the deepest tells most. */
function refusalFor(errors: readonly ErrorObject[], raw: unknown): StripeRefusal {
  const depth = (error: ErrorObject): number =>
    error.instancePath.split("/").length + (TELLING[error.keyword] ?? 0);
  const [error] = [...errors]
    .filter(({ keyword }) => keyword !== "anyOf")
    .sort((a, b) => depth(b) - depth(a));
  if (!error) {
    return invalidRequest("Invalid request.");
  }
  const at = error.instancePath.split("/").slice(1);
  const param = paramName(at);
  switch (error.keyword) {
    case "additionalProperties": {
      const unknown = paramName([...at, String(error.params.additionalProperty)]);
      return invalidRequest(`Received unknown parameter: ${unknown}`, {
        code: "parameter_unknown",
        param: unknown,
      });
    }
    case "required": {
      const missing = paramName([...at, String(error.params.missingProperty)]);
      return invalidRequest(`Missing required param: ${missing}.`, {
        code: "parameter_missing",
        param: missing,
      });
    }
    case "enum":
      return invalidRequest(`Invalid ${param}: must be one of ${listOf(error.params.allowedValues)}`, {
        param,
      });
    case "type":
      return error.params.type === "integer"
        ? invalidRequest(`Invalid integer: ${valueAt(raw, at)}`, {
            code: "parameter_invalid_integer",
            param,
          })
        : invalidRequest(`Invalid ${String(error.params.type)}`, { param });
    default:
      return invalidRequest(`Invalid ${param}: ${error.message ?? "it does not fit"}`, { param });
  }
}

function valueAt(raw: unknown, parts: readonly string[]): string {
  const value = parts.reduce<unknown>(
    (held, part) => (typeof held === "object" && held !== null ? Reflect.get(held, part) : undefined),
    raw,
  );
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** `["shipping", "address", "city"]` is `shipping[address][city]`. */
function paramName(parts: readonly string[]): string {
  const [first = "", ...rest] = parts;
  return first + rest.map((part) => `[${part}]`).join("");
}

function listOf(values: unknown): string {
  const words = Array.isArray(values) ? values.map(String) : [];
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
}
