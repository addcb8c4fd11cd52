import type { IncomingMessage } from "node:http";
import { readBody } from "../../shared/answer";
import { findRoute, headerOf } from "../../shared/request";
import { PaypalRefusal, refuse } from "../errors";
import type { Route } from "./route";
import { ROUTES, type OperationName } from "./routes";

/** A request to the API, taken apart and not yet believed. */
export type ApiRequest = Readonly<{
  operation: OperationName;
  route: Route;
  path: string;
  /** The `:id` of the path; empty where it has none. */
  id: string;
  body_text: string;
  query: URLSearchParams;
  authorization: string | null;
  /** PayPal-Request-Id, where the operation takes one. */
  request_id: string | null;
  prefers_representation: boolean;
  /** PayPal-Mock-Response. */
  mock_response: string | null;
  content_type: string;
}>;

/** @throws PaypalRefusal 404 for what the simulator does not play, 413 for a body that is too long */
export async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const { method = "" } = request;
  const body_text = await readBody(request, () => new PaypalRefusal([], [], 413));
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://simulator.invalid");
  const { operation, route, ids } = routeOf(method, pathname);
  return {
    operation,
    route,
    path: pathname,
    id: ids[0] ?? "",
    body_text,
    query: searchParams,
    authorization: headerOf(request, "authorization"),
    request_id: route.keys_kept_ms === undefined ? null : headerOf(request, "paypal-request-id"),
    prefers_representation: headerOf(request, "prefer")?.includes("return=representation") ?? false,
    mock_response: headerOf(request, "paypal-mock-response"),
    content_type: headerOf(request, "content-type") ?? "",
  };
}

/** The JSON of a request; nothing where the operation takes none. @throws PaypalRefusal 400, 415 */
export function bodyOf({ route, body_text, content_type }: ApiRequest): unknown {
  if (body_text === "") {
    if (route.body_optional) {
      return route.published?.request ? {} : undefined;
    }
    throw refuse("MALFORMED_REQUEST_JSON");
  }
  if (!content_type.startsWith("application/json")) {
    throw new PaypalRefusal([], [], 415);
  }
  try {
    return JSON.parse(body_text);
  } catch {
    throw refuse("MALFORMED_REQUEST_JSON");
  }
}

function routeOf(
  method: string,
  path: string,
): Readonly<{ operation: OperationName; route: Route; ids: readonly string[] }> {
  const found = findRoute<keyof typeof ROUTES, Route>(ROUTES, method, path);
  if (found) {
    return found;
  }
  throw new PaypalRefusal(
    [{ issue: "NOT_PLAYED", description: `The simulator does not play ${method} ${path}.` }],
    [],
    404,
  );
}
