import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { GatewayUnavailable, OutcomeUnknown } from "./errors";

/** Longest answer that is read, in bytes. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * Every call has a connection of its own: on a reused one, a close by the idle service looks exactly like a lost answer.
 * TLS sessions are resumed, so that it costs one round trip.
 */
const AGENTS = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

export type ServiceRequest = Readonly<{
  url: URL;
  method: string;
  headers: Readonly<Record<string, string | number | readonly string[]>>;
  body?: string;
  /** Ends the request, and the reading of its answer. */
  signal: AbortSignal;
}>;

/**
 * A gateway's way to its service. It tells apart what was certainly never sent and what may have been carried out, follows
 * no redirect and repeats nothing: a call without an answer is reconciled.
 */
export class ServiceConnection {
  /** @param service as operators know it, for the messages of errors */
  constructor(private readonly service: string) {}

  /** The head of the answer. @throws GatewayUnavailable where nothing was sent, OutcomeUnknown where it may have been */
  send({ url, method, headers, body, signal }: ServiceRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const secure = url.protocol === "https:";
      let connected = false;
      const request = (secure ? requestHttps : requestHttp)(url, {
        method,
        headers: headers as Record<string, string>,
        agent: secure ? AGENTS.https : AGENTS.http,
        signal,
      });
      // The request leaves with the connection's last handshake; before that nothing of it can have arrived.
      request.once("socket", (socket) =>
        socket.once(secure ? "secureConnect" : "connect", () => {
          connected = true;
        }),
      );
      request.once("error", (error) => reject(connected ? this.lost(error) : this.neverSent(error)));
      request.once("response", resolve);
      request.end(body);
    });
  }

  /** The whole answer. @throws OutcomeUnknown when it breaks off or is too long */
  async read(response: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > ANSWER_LIMIT_BYTES) {
          response.destroy();
          throw new OutcomeUnknown(`${this.service}'s answer is too long to be read.`);
        }
        chunks.push(chunk);
      }
    } catch (error) {
      throw error instanceof OutcomeUnknown ? error : this.lost(error);
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  private neverSent(cause: Error): GatewayUnavailable {
    return new GatewayUnavailable(`${this.service} cannot be reached (${reasonOf(cause)}).`, { cause });
  }

  private lost(cause: unknown): OutcomeUnknown {
    return new OutcomeUnknown(`${this.service}'s answer was lost (${reasonOf(cause)}).`, { cause });
  }
}

/** The system's code for what went wrong, e.g. `ECONNREFUSED`; its message may quote an address. */
function reasonOf(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no code given";
}
