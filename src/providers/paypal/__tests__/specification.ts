import { createRequire } from "node:module";

type Node = Readonly<Record<string, unknown>>;
type Specification = Node & Readonly<{ paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> }>;

const loaded = createRequire(__filename);

/**
 * Every issue that an operation of PayPal's published specification can be refused with.
 * @param operation e.g. `POST /v2/checkout/orders`
 */
export function issuesOf(file: string, operation: string): string[] {
  const specification = loaded(`@paypal/paypal-rest-api-specifications/openapi/${file}`) as Specification;
  const [method = "", path = ""] = operation.split(" ");
  const { responses } = specification.paths[path]?.[method.toLowerCase()] as {
    responses: Record<string, unknown>;
  };
  const found = new Set<string>();
  Object.entries(responses)
    .filter(([status]) => status.startsWith("4"))
    .forEach(([, response]) => collect(specification, response, found, new Set()));
  return [...found];
}

/** Schemas refer to each other, and to themselves. */
function collect(specification: Node, node: unknown, found: Set<string>, seen: Set<string>): void {
  if (Array.isArray(node)) {
    node.forEach((member) => collect(specification, member, found, seen));
    return;
  }
  if (typeof node !== "object" || node === null) {
    return;
  }
  const { $ref: reference, issue } = node as { $ref?: unknown; issue?: { enum?: unknown } };
  if (typeof reference === "string") {
    if (!seen.has(reference)) {
      collect(specification, targetOf(specification, reference), found, new Set([...seen, reference]));
    }
    return;
  }
  if (Array.isArray(issue?.enum)) {
    issue.enum.forEach((code) => found.add(String(code)));
  }
  Object.values(node).forEach((member) => collect(specification, member, found, seen));
}

function targetOf(specification: Node, reference: string): unknown {
  return reference
    .slice(2)
    .split("/")
    .reduce<unknown>(
      (node, name) => (node as Record<string, unknown>)[name.replaceAll("~1", "/").replaceAll("~0", "~")],
      specification,
    );
}
