import { AsyncLocalStorage } from "node:async_hooks";
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type Stripe from "stripe";
import { GatewayUnavailable, OutcomeUnknown } from "../../gateway/errors";

/** Longest answer that is read, in bytes. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

type HttpClient = NonNullable<Stripe.StripeConfig["httpClient"]>;
type HttpAnswer = Awaited<ReturnType<HttpClient["makeRequest"]>>;

/**
 * Every call has a connection of its own: on a reused one, a close by the idle service looks exactly like a lost answer.
 * TLS sessions are resumed, so that it costs one round trip.
 */
const AGENTS = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

const current_signal = new AsyncLocalStorage<AbortSignal>();

/** Makes the SDK's calls within `work` end when the signal aborts, which the SDK has no option for. */
export function abortedBy<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return current_signal.run(signal, work);
}

/**
 * The SDK's way to the network. It tells apart what was certainly never sent and what may have been carried out, and
 * keeps the SDK from its own repeat of closed connections, which `maxNetworkRetries: 0` does not switch off: a call
 * without an answer is reconciled, not sent again.
 */
export const transport: HttpClient = {
  getClientName: () => "node",
  makeRequest: (host, port, path, method, headers, body, protocol, timeout_ms) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const secure = protocol !== "http";
      const limit = AbortSignal.timeout(timeout_ms);
      const outer = current_signal.getStore();
      let connected = false;
      const request = (secure ? requestHttps : requestHttp)({
        host,
        port,
        path,
        method,
        headers,
        agent: secure ? AGENTS.https : AGENTS.http,
        signal: outer ? AbortSignal.any([outer, limit]) : limit,
      });
      // The request leaves with the connection's last handshake; before that nothing of it can have arrived.
      request.once("socket", (socket) =>
        socket.once(secure ? "secureConnect" : "connect", () => {
          connected = true;
        }),
      );
      request.once("error", (error) => reject(connected ? lostAnswer(error) : neverSent(error)));
      request.once("response", (response) => resolve(answerOf(response)));
      request.end(body);
    }),
};

function answerOf(response: IncomingMessage): HttpAnswer {
  return {
    getStatusCode: () => response.statusCode ?? 0,
    getHeaders: () => headersOf(response),
    getRawResponse: () => response,
    toStream: () => response,
    toJSON: async () => jsonOf(await readAll(response)),
  };
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > ANSWER_LIMIT_BYTES) {
        response.destroy();
        throw new OutcomeUnknown("Stripe's answer is too long to be read.");
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw lostAnswer(error);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function jsonOf(text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new OutcomeUnknown("Stripe's answer is not JSON.", { cause });
  }
  if (typeof json !== "object" || json === null) {
    throw new OutcomeUnknown("Stripe's answer is not an object.");
  }
  return json;
}

function headersOf({ headers }: IncomingMessage): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function neverSent(cause: Error): GatewayUnavailable {
  return new GatewayUnavailable(`Stripe cannot be reached (${reasonOf(cause)}).`, { cause });
}

function lostAnswer(cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(`Stripe's answer was lost (${reasonOf(cause)}).`, { cause });
}

/** The system's code for what went wrong, e.g. `ECONNREFUSED`; its message may quote an address. */
function reasonOf(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no code given";
}
