import type { Account } from "../account";
import { misfits } from "../contract/check";
import { schemaRefusal } from "../contract/schema-refusal";
import { publishedOperation, type Published } from "../contract/specifications";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** What an operation is called with. */
export type Call<Body> = Readonly<{
  account: Account;
  /** The `:id` of the path; empty where it has none. */
  id: string;
  body: Body;
  /** The body as it came. */
  body_text: string;
  query: URLSearchParams;
}>;

/** What an operation did. Its views show the resource as it is when they are asked. */
export type Result = Readonly<{
  status: 200 | 201 | 202 | 204;
  /** The whole resource; nothing for 204. */
  view?: () => unknown;
  /** What is answered unless `Prefer: return=representation` asks for all; the whole when left out. */
  minimal?: () => unknown;
  /** 204 unless `Prefer: return=representation`. */
  empty_unless_preferred?: boolean;
}>;

export type Route = Readonly<{
  method: Method;
  path: string;
  published: Published | undefined;
  /** PayPal's script may do it in a browser, with a client id alone. */
  in_browser: boolean;
  /** How long a PayPal-Request-Id is kept, where the operation takes one. */
  keys_kept_ms?: number;
  /** The status of a repeated request, where it is not that of the first. */
  repeat_status?: 200;
  /** A body may be left out. */
  body_optional: boolean;
  run: (call: Call<unknown>) => Result;
}>;

type Options = Partial<Pick<Route, "in_browser" | "keys_kept_ms" | "repeat_status" | "body_optional">>;

/**
 * A route whose body is checked against PayPal's published schema before it is carried out.
 * `Body` is the SDK's type of what that schema lets pass.
 */
export function route<Body>(
  method: Method,
  path: string,
  handle: (call: Call<Body>) => Result,
  options: Options = {},
): Route {
  const published = publishedOperation(method, path);
  return {
    method,
    path,
    published,
    in_browser: false,
    body_optional: method === "GET" || method === "DELETE",
    ...options,
    run: (call) => {
      if (!fits<Body>(published, call.body)) {
        throw schemaRefusal(misfitsOf(published, call.body), call.body);
      }
      return handle({ ...call, body: call.body });
    },
  };
}

/** What of a body does not fit; the desk asks before anything happens. */
export function misfitsOf(published: Published | undefined, body: unknown): ReturnType<typeof misfits> {
  return published?.request && body !== undefined
    ? misfits(published.specification, published.request, body)
    : [];
}

function fits<Body>(published: Published | undefined, body: unknown): body is Body {
  return misfitsOf(published, body).length === 0;
}
