import { NodeAnswersNonsense, NodeUnreachable } from "./errors";

export type HttpRequest = Readonly<{
  url: URL;
  method: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  timeout_ms: number;
  /** Longest answer that is read, in bytes. */
  limit_bytes: number;
}>;

export type HttpAnswer = Readonly<{ status: number; body: Buffer }>;

/** What a connection says that the other side closed: a node closes idle ones, perhaps just as they are used again. */
const CLOSED: readonly string[] = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];

/**
 * One request, without redirects. It is made once more where the connection was closed under it, which is safe with all
 * that is asked of a chain source. Its errors name neither address nor headers, which may hold credentials.
 *
 * @param who the source as operators know it, for the messages of errors
 * @throws NodeUnreachable without an answer in time, NodeAnswersNonsense for one that is too long
 */
export async function requestHttp(who: string, request: HttpRequest): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(request.timeout_ms);
  try {
    return await attempt(who, request, signal).catch((error: unknown) => {
      if (CLOSED.includes(codeOf(error))) {
        return attempt(who, request, signal);
      }
      throw error;
    });
  } catch (error) {
    if (error instanceof NodeAnswersNonsense) {
      throw error;
    }
    throw new NodeUnreachable(
      signal.aborted
        ? `${who} did not answer within ${request.timeout_ms} ms.`
        : `${who} cannot be reached (${codeOf(error)}).`,
    );
  }
}

async function attempt(
  who: string,
  { url, method, headers, body, limit_bytes }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const response = await fetch(url, { method, headers, body, signal, redirect: "manual" });
  return { status: response.status, body: await read(who, response, limit_bytes) };
}

async function read(who: string, response: Response, limit_bytes: number): Promise<Buffer> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > limit_bytes) {
      await reader?.cancel();
      throw new NodeAnswersNonsense(`${who}'s answer is longer than ${limit_bytes} bytes.`);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

/** The system's code for what went wrong, e.g. `ECONNREFUSED`; messages may quote addresses. */
function codeOf(error: unknown): string {
  const { cause } = Object(error) as { cause?: unknown };
  const { code } = Object(cause) as { code?: unknown };
  return typeof code === "string" ? code : "no code given";
}
