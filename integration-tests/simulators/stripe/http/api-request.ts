import type { IncomingMessage } from "node:http";
import { parse } from "qs";
import { findRoute, headerOf } from "../../shared/request";
import { refusal } from "../errors";
import { readBody } from "./answer";
import type { Route } from "./route";
import { ROUTES, type OperationName } from "./routes";

/** A request to the API, taken apart and not yet believed. */
export type ApiRequest = Readonly<{
  operation: OperationName;
  route: Route;
  path: string;
  /** The `:id`s of the path; empty where it has none. */
  id: string;
  sub_id: string;
  body: string;
  params: Readonly<Record<string, unknown>>;
  /** What Stripe.js sends among the parameters. */
  key_parameter: unknown;
  client_secret: unknown;
  authorization: string | null;
  idempotency_key: string | null;
  api_version: string | null;
}>;

/** @throws StripeRefusal 404 for what the simulator does not play, 413 for a body that is too long */
export async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const { method = "" } = request;
  const body = await readBody(request);
  const { pathname, search } = new URL(request.url ?? "/", "http://simulator.invalid");
  const { operation, route, ids } = routeOf(method, pathname);
  const form = method === "POST" ? body : search.slice(1);
  const { key, client_secret, ...params } = parse(form, { arrayLimit: 100, depth: 10 });
  const [id = "", sub_id = ""] = ids;
  return {
    operation,
    route,
    path: pathname,
    id,
    sub_id,
    body,
    params,
    key_parameter: key,
    client_secret,
    authorization: headerOf(request, "authorization"),
    idempotency_key: method === "POST" ? headerOf(request, "idempotency-key") : null,
    api_version: headerOf(request, "stripe-version"),
  };
}

function routeOf(
  method: string,
  path: string,
): Readonly<{ operation: OperationName; route: Route; ids: readonly string[] }> {
  const found = findRoute<OperationName, Route>(ROUTES, method, path);
  if (found) {
    return found;
  }
  throw refusal(
    404,
    "invalid_request_error",
    `Unrecognized request URL (${method}: ${path}). The simulator does not play it.`,
  );
}
