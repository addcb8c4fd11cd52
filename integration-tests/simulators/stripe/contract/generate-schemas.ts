import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  createFormatter,
  createParser,
  DEFAULT_CONFIG,
  NeverType,
  SchemaGenerator,
  type Schema,
  type SubNodeParser,
} from "ts-json-schema-generator";
import ts from "typescript";
import { PARAMETER_TYPES } from "./parameter-types";

/**
 * Makes JSON schemas of the request parameters from the declarations of the installed `stripe` package. It runs in a
 * process of its own: `generate-schemas.ts <folder of the declarations> <file to write>`.
 */
function main(declarations: string, file: string): void {
  const files = [...new Set(Object.values(PARAMETER_TYPES))].map((name) => path.join(declarations, name));
  const program = ts.createProgram(files, { noEmit: true, strict: true, noLib: true, types: [] });
  const config = {
    ...DEFAULT_CONFIG,
    expose: "none",
    jsDoc: "none",
    skipTypeCheck: true,
    additionalProperties: false,
  } as const;
  const parser = createParser(program, config, (parsers) => {
    parsers.addNodeParser(openEndedStringIsNever);
  });
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const schemas = Object.keys(PARAMETER_TYPES).map((type) => [
    type,
    asFormEncoded(generator.createSchema(type)),
  ]);
  mkdirSync(path.dirname(file), { recursive: true });
  // Several test processes may make it at once; each moves a whole file into place.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(Object.fromEntries(schemas)));
  renameSync(draft, file);
}

/** The SDK adds this type to every enum; with it any string would pass. */
const openEndedStringIsNever: SubNodeParser = {
  supportsNode: (node) =>
    ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === "OtherString",
  createType: () => new NeverType(),
};

/**
 * What a form can say: there is no null in one, every number that these operations take is whole, and metadata comes
 * as text.
 */
function asFormEncoded(schema: Schema): unknown {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    if (!isObject(value)) {
      return value;
    }
    if (Array.isArray(value.type)) {
      return { type: "string" };
    }
    if (value.type === "number") {
      return { ...value, type: "integer" };
    }
    if (Array.isArray(value.anyOf)) {
      const left = value.anyOf.filter((part: unknown) => !isObject(part) || part.type !== "null");
      return left.length === 1 ? left[0] : { anyOf: left };
    }
    return value;
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const [declarations, file] = process.argv.slice(2);
if (declarations === undefined || file === undefined) {
  throw new Error("Say the folder of the SDK's declarations and the file to write.");
}
main(declarations, file);
