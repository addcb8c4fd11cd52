import type { IncomingMessage, ServerResponse } from "node:http";
import { toJson } from "./records";
import { Refusal, invalid } from "./refusal";

/** What a handler answers with. `body` is JSON, `html` a page. */
export type Answer = Readonly<{
  status: number;
  body?: string;
  html?: string;
  headers?: Readonly<Record<string, string>>;
}>;

/** Longest request body the bank reads, in bytes. */
const BODY_LIMIT_BYTES = 64 * 1024;

export function json(status: number, value: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, body: toJson(value), headers };
}

/** A refusal in the one shape all errors of the bank have; anything else is a fault of the bank: 500. */
export function errorAnswer(error: unknown): Answer {
  const { status, code, message } =
    error instanceof Refusal
      ? error
      : { status: 500, code: "internal_error", message: "Something broke inside the bank." };
  return json(status, { error: { code, message } });
}

/** The raw body. @throws Refusal 413 when it is too long */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      throw new Refusal(413, "body_too_large", `A body may be ${BODY_LIMIT_BYTES} bytes long.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as JSON; an empty one counts as `{}`. @throws Refusal 400 when it is not JSON */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) {
    return {};
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw invalid("The body is not JSON.");
  }
}

export function send(response: ServerResponse, answer: Answer): void {
  const content = answer.html ?? answer.body ?? "";
  response.writeHead(answer.status, {
    "content-type":
      answer.html === undefined ? "application/json; charset=utf-8" : "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(content),
    "cache-control": "no-store",
    ...answer.headers,
  });
  response.end(content);
}

/** The parts of the path, decoded. A path that cannot be decoded matches nothing. */
export function pathOf(request: IncomingMessage): readonly string[] {
  try {
    return urlOf(request).pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** The request's address; the host is a placeholder, since only path and query are read from it. */
export function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? "/";
  return new URL(target.startsWith("/") ? `http://bank.invalid${target}` : "http://bank.invalid/");
}
