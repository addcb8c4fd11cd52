import type { IncomingMessage } from "node:http";
import { messageOf } from "../../../gateway/errors";
import { ServiceConnection } from "../../../gateway/service-connection";
import { parseExactJson } from "./exact-json";
import { RateSourceError } from "./rate-source";

/** No question outlives this, whatever its caller's signal says. */
export const HTTP_LIMIT_MS = 10_000;
/** The longest answer that is read; the longest that is expected is a tenth of it. */
export const ANSWER_LIMIT_BYTES = 128 * 1024;
/** How much of a refusal is quoted. */
const QUOTED_CHARACTERS = 200;

export type JsonAnswer = Readonly<{
  /** As {@link parseExactJson} gives it: numbers are strings. */
  json: unknown;
  /** When the answer was made, where its headers tell. */
  made_at: Date | undefined;
}>;

/**
 * Gets JSON. Redirects are not followed: they are refusals like any other status but 200.
 *
 * @param service as operators know it, for messages
 * @throws RateSourceError
 */
export async function getJson(service: string, url: URL, signal: AbortSignal): Promise<JsonAnswer> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(HTTP_LIMIT_MS)]);
  const response = await answerOf(service, url, limited);
  const { statusCode: status = 0, headers } = response;
  if (status === 429) {
    response.destroy();
    throw new RateSourceError("rate_limited", `${service} answered 429, too many requests`, {
      retry_after_ms: retryAfter(headers["retry-after"]),
    });
  }
  const text = await textOf(service, response, limited);
  if (status !== 200) {
    throw new RateSourceError("refused", `${service} answered ${status}: ${quoted(text)}`);
  }
  try {
    return { json: parseExactJson(text), made_at: madeAt(headers) };
  } catch (cause) {
    throw new RateSourceError("unreadable", `${service}'s answer is not JSON: ${quoted(text)}`, { cause });
  }
}

async function answerOf(service: string, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  try {
    const headers = { accept: "application/json", "user-agent": "medusa-tender" };
    return await new ServiceConnection(service).send({ url, method: "GET", headers, signal });
  } catch (error) {
    throw lost(service, error, signal);
  }
}

async function textOf(service: string, response: IncomingMessage, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > ANSWER_LIMIT_BYTES) {
        throw new RateSourceError(
          "unreadable",
          `${service}'s answer is longer than ${ANSWER_LIMIT_BYTES} bytes`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof RateSourceError ? error : lost(service, error, signal);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function lost(service: string, cause: unknown, signal: AbortSignal): RateSourceError {
  return signal.aborted
    ? new RateSourceError("timed_out", `${service} gave no whole answer in time`, { cause })
    : new RateSourceError("unreachable", messageOf(cause).replace(/\.$/, ""), { cause });
}

/** RFC 9110 10.2.3: seconds, or a date, which is not used by any of the sources. */
function retryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

/**
 * RFC 9110 6.6.1 (Date) less RFC 9111 5.1 (Age): caches that renew the one send the other, so that no answer passes for
 * newer than it is.
 */
function madeAt({ date, age }: IncomingMessage["headers"]): Date | undefined {
  const at = Date.parse(date ?? "");
  const age_s = /^\d{1,9}$/.test(age ?? "") ? Number(age) : 0;
  return Number.isNaN(at) ? undefined : new Date(at - age_s * 1000);
}

/** The beginning of a foreign text, on one line and without control characters. */
function quoted(text: string): string {
  const line = text
    .slice(0, QUOTED_CHARACTERS)
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim();
  return line === "" ? "(empty)" : line;
}
