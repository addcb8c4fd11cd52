import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import type Stripe from "stripe";
import { OutcomeUnknown } from "../../gateway/errors";
import { ServiceConnection } from "../../gateway/service-connection";

type HttpClient = NonNullable<Stripe.StripeConfig["httpClient"]>;
type HttpAnswer = Awaited<ReturnType<HttpClient["makeRequest"]>>;

const connection = new ServiceConnection("Stripe");

const current_signal = new AsyncLocalStorage<AbortSignal>();

/** Makes the SDK's calls within `work` end when the signal aborts, which the SDK has no option for. */
export function abortedBy<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return current_signal.run(signal, work);
}

/**
 * The SDK's way to the network. It keeps the SDK from its own repeat of closed connections, which `maxNetworkRetries: 0`
 * does not switch off: a call without an answer is reconciled, not sent again.
 */
export const transport: HttpClient = {
  getClientName: () => "node",
  makeRequest: async (host, port, path, method, headers, body, protocol, timeout_ms) => {
    const limit = AbortSignal.timeout(timeout_ms);
    const outer = current_signal.getStore();
    const response = await connection.send({
      url: new URL(`${protocol}://${host}:${port}${path}`),
      method,
      headers: headers as Record<string, string>,
      body,
      signal: outer ? AbortSignal.any([outer, limit]) : limit,
    });
    return answerOf(response);
  },
};

function answerOf(response: IncomingMessage): HttpAnswer {
  return {
    getStatusCode: () => response.statusCode ?? 0,
    getHeaders: () => headersOf(response),
    getRawResponse: () => response,
    toStream: () => response,
    toJSON: async () => jsonOf(await connection.read(response)),
  };
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
