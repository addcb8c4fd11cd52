import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal";

/**
 * Lets programs on the same machine pass, and neither other hosts nor web pages (DNS rebinding, cross-site requests).
 * @throws Refusal 403 for all others
 */
export function refuseStrangers(request: IncomingMessage): void {
  const { host, origin } = request.headers;
  const from = request.socket.remoteAddress ?? "";
  const local =
    isLoopback(from.replace(/^::ffff:/, "")) &&
    isLoopback(hostName(`http://${host ?? ""}`)) &&
    (origin === undefined || isLoopback(hostName(origin)));
  if (!local) {
    throw new Refusal(403, "loopback_only", "The control API answers programs on the same machine only.");
  }
}

function hostName(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, "") : "";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
