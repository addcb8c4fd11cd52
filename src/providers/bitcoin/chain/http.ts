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

/**
 * One request, without redirects and repeats. Its errors name neither address nor headers, which may hold credentials.
 *
 * @param who the source as operators know it, for the messages of errors
 * @throws NodeUnreachable without an answer in time, NodeAnswersNonsense for one that is too long
 */
export async function requestHttp(
  who: string,
  { url, method, headers, body, timeout_ms, limit_bytes }: HttpRequest,
): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(timeout_ms);
  try {
    const response = await fetch(url, { method, headers, body, signal, redirect: "manual" });
    return { status: response.status, body: await read(who, response, limit_bytes) };
  } catch (error) {
    if (error instanceof NodeAnswersNonsense) {
      throw error;
    }
    throw new NodeUnreachable(
      signal.aborted
        ? `${who} did not answer within ${timeout_ms} ms.`
        : `${who} cannot be reached (${reasonOf(error)}).`,
    );
  }
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
function reasonOf(error: unknown): string {
  const { cause } = Object(error) as { cause?: unknown };
  const { code } = Object(cause) as { code?: unknown };
  return typeof code === "string" ? code : "no code given";
}
