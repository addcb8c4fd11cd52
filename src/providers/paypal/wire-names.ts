/** The SDK's names as they go over the wire, for what the SDK sends as it is: `adminArea2` is `admin_area_2`. */
export function wireOf(value: unknown): unknown {
  return renamed(value, (name) => name.replaceAll(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`));
}

/** What came over the wire in the SDK's names, for answers that the SDK hands on as they are. */
export function sdkNamesOf(value: unknown): unknown {
  return renamed(value, (name) => name.replaceAll(/_([a-z\d])/g, (_, next: string) => next.toUpperCase()));
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => renamed(item, rename));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [rename(name), renamed(held, rename)]),
  );
}
