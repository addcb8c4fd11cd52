import { createRequire } from "node:module";

/** The files of PayPal's published specification that are played, by the start of their paths. */
const FILES = {
  "/v2/checkout/": "checkout_orders_v2",
  "/v2/payments/": "payments_payment_v2",
  "/v3/vault/": "vault_payment_tokens_v3",
  "/v1/customer/": "customer_disputes_v1",
  "/v1/notifications/": "notifications_webhooks_v1",
} as const;

export type SchemaObject = Readonly<Record<string, unknown>>;

type Body = Readonly<{ content?: Readonly<Record<string, Readonly<{ schema?: SchemaObject }>>> }>;
type Reference = Readonly<{ $ref?: string }>;
type Operation = Readonly<{
  requestBody?: Body & Reference;
  responses: Readonly<Record<string, Body & Reference>>;
}>;

export type Specification = Readonly<{
  name: string;
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: Readonly<{
    schemas: Readonly<Record<string, SchemaObject>>;
    requestBodies?: Readonly<Record<string, Body>>;
    responses: Readonly<Record<string, Body>>;
  }>;
}>;

/** An operation of PayPal's published specification. */
export type Published = Readonly<{
  specification: Specification;
  request: SchemaObject | undefined;
  /** By HTTP status. */
  responses: ReadonlyMap<number, SchemaObject>;
}>;

const load = createRequire(__filename);
const loaded = new Map<string, Specification>();

/** The published operation of a route, or nothing where PayPal publishes none. @param path with `:id`s */
export function publishedOperation(method: string, path: string): Published | undefined {
  const file = Object.entries(FILES).find(([start]) => path.startsWith(start))?.[1];
  if (file === undefined) {
    return undefined;
  }
  const specification = specificationOf(file);
  const pattern = path.replaceAll(":id", "{}");
  const [, operations] =
    Object.entries(specification.paths).find(
      ([template]) => template.replaceAll(/\{\w+\}/g, "{}") === pattern,
    ) ?? [];
  const operation = operations?.[method.toLowerCase()];
  if (!operation) {
    return undefined;
  }
  const { requestBodies = {}, responses } = specification.components;
  const statuses = Object.entries(operation.responses).flatMap(([status, response]) => {
    const schema = jsonSchema(resolved(response, responses));
    return schema && status !== "default" ? [[Number(status), schema] as const] : [];
  });
  return {
    specification,
    request: operation.requestBody && jsonSchema(resolved(operation.requestBody, requestBodies)),
    responses: new Map(statuses),
  };
}

function specificationOf(file: string): Specification {
  const known = loaded.get(file);
  if (known) {
    return known;
  }
  const content = load(`@paypal/paypal-rest-api-specifications/openapi/${file}.json`) as Omit<
    Specification,
    "name"
  >;
  const specification = { ...content, name: file };
  loaded.set(file, specification);
  return specification;
}

function resolved<T extends Body>(body: T & Reference, components: Readonly<Record<string, Body>>): Body {
  const name = body.$ref?.split("/").at(-1);
  return (name === undefined ? undefined : components[name]) ?? body;
}

function jsonSchema(body: Body): SchemaObject | undefined {
  return body.content?.["application/json"]?.schema;
}
