import type { IncomingMessage, ServerResponse } from "node:http";

/** What goes back over the wire. */
export type Answer = Readonly<{ status: number; body: string; headers?: Readonly<Record<string, string>> }>;

const BODY_LIMIT_BYTES = 512 * 1024;

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value, null, 2) };
}

export function html(status: number, body: string): Answer {
  return { status, body, headers: { "content-type": "text/html; charset=utf-8" } };
}

/** A page of a simulator for a browser: a heading and what stands under it. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
    <body><h1>${title}</h1>${body}</body></html>`;
}

export function redirect(url: string): Answer {
  return { status: 303, body: "", headers: { location: url } };
}

/** Sends an answer, unless the connection is gone. Browsers of any origin may read it. */
export function send(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) {
    return;
  }
  response.writeHead(answer.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(answer.body),
    "access-control-allow-origin": "*",
    ...headers,
    ...answer.headers,
  });
  response.end(answer.body);
}

/** @param tooLong what to throw for a body above 512 KiB */
export async function readBody(request: IncomingMessage, tooLong: () => Error): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      throw tooLong();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
