import type { Published, SchemaObject } from "./specifications";

/** An issue that PayPal publishes for an operation. */
export type Issue = Readonly<{ issue: string; status: number; description: string }>;

const listed = new WeakMap<Published, ReadonlyMap<string, Issue>>();

/** All issues of an operation by name, with the HTTP status each comes with, as PayPal's specification has them. */
export function issuesOf(published: Published): ReadonlyMap<string, Issue> {
  const known = listed.get(published);
  if (known) {
    return known;
  }
  const issues = new Map<string, Issue>();
  for (const [status, schema] of published.responses) {
    if (status >= 400) {
      collect(schema, published, status, issues);
    }
  }
  listed.set(published, issues);
  return issues;
}

/** An issue stands as `{ properties: { issue: { enum: [name] }, description: { enum: [text] } } }`. */
function collect(value: unknown, published: Published, status: number, issues: Map<string, Issue>): void {
  if (Array.isArray(value)) {
    value.forEach((item) => collect(item, published, status, issues));
    return;
  }
  if (typeof value !== "object" || value === null) {
    return;
  }
  const schema = value as SchemaObject;
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.split("/").at(-1) ?? "";
    collect(published.specification.components.schemas[name], published, status, issues);
    return;
  }
  const issue = onlyWord(property(schema, "issue"));
  if (issue !== undefined && !issues.has(issue)) {
    const description = onlyWord(property(schema, "description")) ?? "";
    issues.set(issue, { issue, status, description });
    return;
  }
  Object.values(schema).forEach((held) => collect(held, published, status, issues));
}

function property(schema: SchemaObject, name: string): unknown {
  const { properties } = schema;
  return typeof properties === "object" && properties !== null
    ? (properties as SchemaObject)[name]
    : undefined;
}

function onlyWord(schema: unknown): string | undefined {
  const words = typeof schema === "object" && schema !== null ? (schema as SchemaObject).enum : undefined;
  return Array.isArray(words) && typeof words[0] === "string" ? words[0] : undefined;
}
