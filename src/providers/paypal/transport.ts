import { AsyncLocalStorage } from "node:async_hooks";
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { GatewayUnavailable, OutcomeUnknown } from "../../gateway/errors";

/** Longest answer that is read, in bytes. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/** No call outlives this, whatever its caller's signal says: the SDK itself would wait for ever. */
const LIMIT_MS = 60_000;

/**
 * Every call has a connection of its own: on a reused one, a close by the idle service looks exactly like a lost answer.
 * TLS sessions are resumed, so that it costs one round trip.
 */
const AGENTS = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

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
 * The SDK's way to the network, in place of its HTTP library's own. It tells apart what was certainly never sent and
 * what may have been carried out, follows no redirect and repeats nothing: a call without an answer is reconciled.
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
      data: await readAll(response),
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
  return { status: response.statusCode ?? 0, text: await readAll(response) };
}

type Sending = Readonly<{
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}>;

function send(url: URL, { method, headers, body, signal }: Sending): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === "https:";
    let connected = false;
    const request = (secure ? requestHttps : requestHttp)(url, {
      method,
      headers,
      agent: secure ? AGENTS.https : AGENTS.http,
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    // The request leaves with the connection's last handshake; before that nothing of it can have arrived.
    request.once("socket", (socket) =>
      socket.once(secure ? "secureConnect" : "connect", () => {
        connected = true;
      }),
    );
    request.once("error", (error) => reject(connected ? lostAnswer(error) : neverSent(error)));
    request.once("response", resolve);
    request.end(body);
  });
}

function addressOf({ url }: AdapterRequest, api_url: string | undefined): URL {
  const address = new URL(url ?? "");
  return api_url === undefined ? address : new URL(`${address.pathname}${address.search}`, api_url);
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > ANSWER_LIMIT_BYTES) {
        response.destroy();
        throw new OutcomeUnknown("PayPal's answer is too long to be read.");
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw lostAnswer(error);
  }
  return Buffer.concat(chunks).toString("utf8");
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

function neverSent(cause: Error): GatewayUnavailable {
  return new GatewayUnavailable(`PayPal cannot be reached (${reasonOf(cause)}).`, { cause });
}

function lostAnswer(cause: unknown): OutcomeUnknown {
  return cause instanceof OutcomeUnknown
    ? cause
    : new OutcomeUnknown(`PayPal's answer was lost (${reasonOf(cause)}).`, { cause });
}

/** The system's code for what went wrong, e.g. `ECONNREFUSED`; its message may quote an address. */
function reasonOf(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no code given";
}
