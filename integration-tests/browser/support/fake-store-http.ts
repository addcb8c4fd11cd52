import type { IncomingMessage, ServerResponse } from "node:http";
import { builtFile } from "../../../src/api/checkout/built-assets";
import { secure } from "../../../src/api/checkout/security";

/** A file of the built page, as the real route serves it. */
export async function sendAsset(res: ServerResponse, name: string): Promise<void> {
  const file = await builtFile(name);
  secure(res);
  res.setHeader("Content-Type", name.endsWith(".css") ? "text/css" : "text/javascript");
  res.statusCode = file ? 200 : 404;
  res.end(file ?? "");
}

/** Breaks off within the answer: a browser repeats a request by itself while it has not read a byte of one. */
export function cut(res: ServerResponse): void {
  res.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
  res.write("{", () => res.destroy());
}

export function json(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "application/json");
  res.end(JSON.stringify(body));
}

export async function readJson(req: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of req) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
