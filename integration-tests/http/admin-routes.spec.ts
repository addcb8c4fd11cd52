import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ADMIN_ROUTES } from "../../src/api/admin-routes";
import { logInCustomer } from "../support/customer";
import { Operator } from "../support/operator";
import { withRunningStore } from "../support/suite";

const ROUTES = path.resolve(__dirname, "../../src/api/admin");

type Route = Readonly<{ method: string; path: string }>;

/** Every route under /admin, from the folders that Medusa reads them from. */
function adminRoutes(): Route[] {
  return readdirSync(ROUTES, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .flatMap((file) => {
      const text = readFileSync(path.join(ROUTES, file), "utf8");
      const folders = path.dirname(file).split(path.sep);
      return [
        ...text.matchAll(/export (?:async function|const|function) (GET|POST|PUT|PATCH|DELETE)\b/g),
      ].map(([, method = ""]) => ({
        method,
        path: `/admin/${folders.map((folder) => folder.replace(/^\[.+\]$/, "x")).join("/")}`,
      }));
    })
    .sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

const routes = adminRoutes();

/** The one page of a refund's payee: no login, and an id in its address all the same. */
const REFUND_PAGE: readonly Route[] = ["GET", "POST"].map((method) => ({
  method,
  path: "/tender/refunds/x",
}));

const takesId = (address: string): boolean => address.split("/").includes("x");

it("finds every route under /admin", () => {
  expect(routes.length).toBeGreaterThan(5);
});

it.each(routes)("$method $path says what an operator must be permitted", ({ method, path: address }) => {
  const described = ADMIN_ROUTES.filter(
    ({ matcher, methods }) =>
      String(matcher).replace(/:\w+/g, "x") === address && methods?.includes(method as "GET"),
  );
  expect(described).toHaveLength(1);
  expect(described[0]?.policies).toBeDefined();
});

withRunningStore((running) => {
  describe.each([
    ["nobody", async () => ({})],
    ["a shopper", async () => logInCustomer(await running.shopper())],
    ["a made-up token", async () => ({ authorization: "Bearer aaaa.bbbb.cccc" })],
  ] as const)("%s", (_who, headersOf) => {
    it("is let through to no admin route", async () => {
      const headers: Record<string, string> = await headersOf();
      const let_through: string[] = [];
      for (const { method, path: address } of routes) {
        const { status } = await fetch(`${running.base_url()}${address}`, {
          method,
          headers: { "content-type": "application/json", ...headers },
          ...(method !== "GET" && { body: "{}" }),
        });
        if (status !== 401) let_through.push(`${method} ${address}: ${status}`);
      }
      expect(let_through).toEqual([]);
    });
  });

  it("answers an id that cannot be one with 404, never with an error of its own", async () => {
    const operator = await Operator.logIn(running.base_url());
    const answered: string[] = [];
    for (const { method, path: address } of [...routes, ...REFUND_PAGE].filter((route) =>
      takesId(route.path),
    )) {
      const { status } = await operator.raw(method, address.replaceAll("/x", "/%00"));
      answered.push(`${method} ${address}: ${status}`);
    }
    expect(answered.length).toBeGreaterThan(5);
    expect(answered.filter((line) => !line.endsWith(": 404"))).toEqual([]);
  });

  it("refuses a query or body with the character U+0000, never with an error of its own", async () => {
    const operator = await Operator.logIn(running.base_url());
    const failed: string[] = [];
    for (const { method, path: address } of routes) {
      const { status } = await operator.raw(
        method,
        method === "GET" ? `${address}?subject=%00&search=a%00` : address,
        method === "GET" ? undefined : { note: "a\u0000", text: "\u0000" },
      );
      if (status !== 400) failed.push(`${method} ${address}: ${status}`);
    }
    expect(failed).toEqual([]);
  });

  it("an operator is: no route answers 401 to them", async () => {
    const operator = await Operator.logIn(running.base_url());
    for (const { method, path: address } of routes.filter(({ method }) => method === "GET")) {
      const { status } = await operator.download(address);
      expect(`${method} ${address} ${status}`).not.toMatch(/ 401$/);
    }
  });
});
