import type { Account } from "../account";
import type { CheckParameters } from "../contract/check";
import type { ParameterTypeName, ParameterTypes } from "../contract/parameter-types";
import type { LegacyParameters } from "../objects/payment-intents";

/** What an operation is called with. */
type Call = Readonly<{
  account: Account;
  /** The `:id` of the path; empty where it has none. */
  id: string;
  /** The second `:id`. */
  sub_id: string;
  path: string;
  legacy: LegacyParameters;
}>;

type Method = "GET" | "POST" | "DELETE";

export type Route = Readonly<{
  method: Method;
  path: string;
  /** A browser may do it with a publishable key. */
  in_browser: boolean;
  /** Checks the parameters against their type. @throws StripeRefusal 400 */
  prepare: (check: CheckParameters, raw: unknown) => (call: Call) => unknown;
}>;

type Handler<T extends ParameterTypeName> = (call: Call & Readonly<{ params: ParameterTypes[T] }>) => unknown;

export const get = <T extends ParameterTypeName>(path: string, parameters: T, handle: Handler<T>): Route =>
  route("GET", path, parameters, handle);

export const post = <T extends ParameterTypeName>(path: string, parameters: T, handle: Handler<T>): Route =>
  route("POST", path, parameters, handle);

export const del = <T extends ParameterTypeName>(path: string, parameters: T, handle: Handler<T>): Route =>
  route("DELETE", path, parameters, handle);

export function browser(known: Route): Route {
  return { ...known, in_browser: true };
}

function route<T extends ParameterTypeName>(
  method: Method,
  path: string,
  parameters: T,
  handle: Handler<T>,
): Route {
  return {
    method,
    path,
    in_browser: false,
    prepare: (check, raw) => {
      const params = check(parameters, raw);
      return (call) => handle({ ...call, params });
    },
  };
}
