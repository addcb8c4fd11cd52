import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { ServiceConnection, type ServiceRequest } from "../../gateway/service-connection";

/** No call outlives this, whatever its caller's signal says: the SDK itself would wait for ever. */
const LIMIT_MS = 60_000;

const connection = new ServiceConnection("PayPal");

/** What the calls within one piece of work share. */
type Caller = Readonly<{
  signal: AbortSignal;
  /** Sent instead of the SDK's own token, which it would neither renew nor forget. */
  access_token?: string;
}>;

/** What is used of the request that the SDK's HTTP library hands to its adapter. */
export type AdapterRequest = Readonly<{
  url?: string;
  method?: string;
  headers?: object;
  data?: unknown;
}>;

/** What that library expects of it. */
type AdapterAnswer = Readonly<{
  data: string;
  status: number;
  statusText: string;
  headers: Record<string, string>;
  config: AdapterRequest;
}>;

const current_caller = new AsyncLocalStorage<Caller>();

/** Makes the SDK's calls within `work` end when the signal aborts, and carry the token. */
export function callingFor<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
  return current_caller.run(caller, work);
}

/**
 * The SDK's way to the network, in place of its HTTP library's own.
 *
 * @param api_url another address of the whole API, which the SDK has no option for
 */
export function adapterTo(api_url: string | undefined) {
  return async (config: AdapterRequest): Promise<AdapterAnswer> => {
    const { signal, access_token } = current_caller.getStore() ?? { signal: AbortSignal.timeout(LIMIT_MS) };
    const headers = headersIn(config);
    if (access_token !== undefined) {
      headers.authorization = `Bearer ${access_token}`;
    }
    const body = typeof config.data === "string" ? config.data : undefined;
    const response = await send(addressOf(config, api_url), {
      method: (config.method ?? "get").toUpperCase(),
      headers: { ...headers, "content-length": Buffer.byteLength(body ?? "").toString() },
      body,
      signal,
    });
    return {
      data: await connection.read(response),
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? "",
      headers: headersOf(response),
      config,
    };
  };
}

/** Fetches a small public text, such as a certificate. @throws GatewayUnavailable or OutcomeUnknown when it cannot */
export async function fetchText(url: URL, signal: AbortSignal): Promise<{ status: number; text: string }> {
  const response = await send(url, { method: "GET", headers: {}, signal });
  return { status: response.statusCode ?? 0, text: await connection.read(response) };
}

function send(url: URL, asked: Omit<ServiceRequest, "url">): Promise<IncomingMessage> {
  const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(LIMIT_MS)]);
  return connection.send({ ...asked, url, signal });
}

function addressOf({ url }: AdapterRequest, api_url: string | undefined): URL {
  const address = new URL(url ?? "");
  return api_url === undefined ? address : new URL(`${address.pathname}${address.search}`, api_url);
}

function headersIn({ headers }: AdapterRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]: [string, unknown]) =>
      typeof value === "string" ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
