import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "./refusal";

export type Answer = Readonly<{
  status: number;
  type: "application/json" | "application/octet-stream" | "text/html" | "text/plain";
  body: string | Uint8Array;
  headers?: Readonly<Record<string, string>>;
}>;

/** What a request asks for, in a shape that routes match. */
export type Asked = Readonly<{
  request: IncomingMessage;
  method: string;
  path: string;
  query: URLSearchParams;
  /** @throws Refusal 413 when it is too long */
  body(): Promise<string>;
}>;

/** The pattern is held against method and path, as in `GET /tx/1234`; its groups are handed on. */
export type Route = readonly [
  pattern: RegExp,
  answer: (match: readonly string[], asked: Asked) => Answer | Promise<Answer>,
];

/** A transaction of the largest size that nodes pass on, as hex. */
const BODY_LIMIT_BYTES = 1024 * 1024;

export const text = (body: string, status = 200): Answer => ({ status, type: "text/plain", body });
export const bytes = (body: Uint8Array): Answer => ({ status: 200, type: "application/octet-stream", body });
export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(value),
});

/** The answer of the first route that fits. @throws Refusal 404 when none does */
export function answerOf(routes: readonly Route[], asked: Asked): Answer | Promise<Answer> {
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(`${asked.method} ${asked.path}`);
    if (match) {
      return answer(match.slice(1), asked);
    }
  }
  throw new Refusal(404, "There is no such page.");
}

export function askedBy(request: IncomingMessage): Asked {
  const target = request.url ?? "/";
  const url = new URL(target.startsWith("/") ? `http://chain.invalid${target}` : "http://chain.invalid/");
  return {
    request,
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    body: () => readBody(request),
  };
}

export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  const is_binary = type === "application/octet-stream";
  response
    .writeHead(status, {
      "content-type": is_binary ? type : `${type}; charset=utf-8`,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    })
    .end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      throw new Refusal(413, `A body may be ${BODY_LIMIT_BYTES} bytes long.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
