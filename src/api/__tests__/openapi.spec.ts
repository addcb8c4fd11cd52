import Ajv2020 from "ajv/dist/2020";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openApiDocument } from "../openapi";
import { STATUS_OF_PROBLEM } from "../problem-status";

type Node = { [key: string]: unknown };
type Operation = { operationId: string; parameters: { $ref: string }[]; responses: Node };
type Document = {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Node>;
    parameters: Record<string, { name: string; in: string }>;
    responses: Node;
  };
};

const ROOT = path.resolve(__dirname, "../../..");
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), "utf8"));

const { version } = readJson("package.json") as { version: string };
// As JSON, which is what everybody else sees of it.
const document = JSON.parse(JSON.stringify(openApiDocument(version))) as Document;
const operations = Object.entries(document.paths).flatMap(([url, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ url, method, operation })),
);

describe("the OpenAPI document", () => {
  it("is the one in docs/openapi.json (if not: npm run openapi)", () => {
    expect(readJson("docs/openapi.json")).toEqual(document);
  });

  it("describes every route of the Store API, each under a name of its own", () => {
    expect(operations.map(({ method, url }) => `${method.toUpperCase()} ${url}`)).toEqual([
      "GET /store/carts/{id}/payment-options",
      "GET /store/carts/{id}/saved-payment-methods",
      "DELETE /store/carts/{id}/saved-payment-methods/{provider_id}/{saved_method_id}",
      "POST /store/carts/{id}/payment-attempts",
      "GET /store/carts/{id}/payment-attempts/{attempt_id}",
      "POST /store/carts/{id}/payment-attempts/{attempt_id}/confirm",
    ]);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it("refers to nothing it does not hold", () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((reference) => lookUp(reference) === undefined)).toEqual([]);
  });

  it("holds nothing that is never referred to", () => {
    const references = new Set(referencesIn(document));
    const { schemas, parameters, responses } = document.components;
    const held = Object.entries({ schemas, parameters, responses }).flatMap(([kind, entries]) =>
      Object.keys(entries).map((name) => `#/components/${kind}/${name}`),
    );
    expect(held.filter((name) => !references.has(name))).toEqual([]);
  });

  it.each(operations)("declares each part of the path of $method $url", ({ url, operation }) => {
    const declared = operation.parameters
      .map(({ $ref }) => lookUp($ref) as { name: string; in: string })
      .filter((parameter) => parameter.in === "path");
    expect(declared.map(({ name }) => `{${name}}`)).toEqual(url.match(/\{\w+\}/g));
  });

  it.each(operations)("describes each answer of $method $url", ({ operation }) => {
    for (const [status, answer] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[2-5]\d\d$/);
      expect(resolved(answer)).toMatchObject({ description: expect.stringMatching(/\w+/) });
    }
  });

  it("has an answer for the status of every problem", () => {
    const statuses = Object.values(STATUS_OF_PROBLEM).map(({ status }) => String(status));
    for (const id of ["startPaymentAttempt", "confirmPaymentAttempt"]) {
      const { operation } = operations.find((one) => one.operation.operationId === id)!;
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(statuses));
    }
    expect(document.components.responses["429"]).toHaveProperty("headers.Retry-After");
  });

  it("has schemas that are valid JSON Schema and judge as the API does", () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ ...document, $id: "tender" });
    const check = (name: string, value: unknown) => ajv.validate(`tender#/components/schemas/${name}`, value);
    for (const name of Object.keys(document.components.schemas)) {
      expect(() => check(name, {})).not.toThrow();
    }
    expect(check("CreateAttemptBody", { option_id: "pp_sandbox_a:card" })).toBe(true);
    expect(check("CreateAttemptBody", { option_id: "pp_sandbox_a:card", amount: 1 })).toBe(false);
    expect(check("ConfirmResponse", { type: "order", order: {} })).toBe(false);
  });
});

function referencesIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" ? [value] : referencesIn(value),
  );
}

function lookUp(reference: string): unknown {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, key) => (node as Node | undefined)?.[key], document);
}

function resolved(node: unknown): unknown {
  const { $ref } = node as { $ref?: string };
  return $ref ? lookUp($ref) : node;
}
