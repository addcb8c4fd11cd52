/** The operation of a table that answers a method and a path, with the ids in the path; the earlier of two that fit. */
export function findRoute<Name extends string, Route extends Readonly<{ method: string; path: string }>>(
  routes: Readonly<Record<Name, Route>>,
  method: string,
  path: string,
): { operation: Name; route: Route; ids: readonly string[] } | undefined {
  for (const [operation, route] of Object.entries(routes) as [Name, Route][]) {
    const ids = route.method === method ? matchPath(route.path, path) : undefined;
    if (ids) {
      return { operation, route, ids };
    }
  }
  return undefined;
}

/** The ids in a path that fits, or undefined. @param pattern with `:id` for each of them */
function matchPath(pattern: string, path: string): readonly string[] | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const fits =
    wanted.length === given.length && wanted.every((part, at) => part === ":id" || part === given[at]);
  return fits ? given.filter((_part, at) => wanted[at] === ":id").map(decodeURIComponent) : undefined;
}

/** A header that was sent with something in it. */
export function headerOf(
  { headers }: Readonly<{ headers: Readonly<Record<string, string | string[] | undefined>> }>,
  name: string,
): string | null {
  const value = headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}
