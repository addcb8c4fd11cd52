import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import type { BrowserSources } from "../../gateway";

/** Two years, as the browsers' preload lists ask for; subdomains are the store's own business. */
const HSTS = "max-age=63072000";

type HeaderSink = Readonly<{ setHeader: (name: string, value: string) => unknown }>;

/**
 * Headers of everything under `/checkout`.
 * @param sources what gateways need for their own forms; only the page of a cart that may be paid with them has any
 */
export function secure(res: HeaderSink, sources: readonly BrowserSources[] = []): void {
  res.setHeader("Content-Security-Policy", contentSecurityPolicy(sources));
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("X-Robots-Tag", "noindex");
  // A cart's id opens the cart: it must not travel to the bank in a Referer header.
  res.setHeader("Referrer-Policy", "no-referrer");
  // A window that a wallet opens has to be able to answer the page.
  const hasPopups = sources.some(({ popups }) => popups);
  res.setHeader("Cross-Origin-Opener-Policy", hasPopups ? "same-origin-allow-popups" : "same-origin");
  res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  res.setHeader("Permissions-Policy", permissionsPolicy(sources));
  if (isProduction()) res.setHeader("Strict-Transport-Security", HSTS);
}

/**
 * The page runs its own script and style, talks to its own origin, sends no form and sits in no frame. Beyond that
 * only what a gateway declares is allowed. The bank's page is reached by navigation, which this does not concern.
 */
function contentSecurityPolicy(sources: readonly BrowserSources[]): string {
  const frames = declared(sources, "frame");
  return [
    "default-src 'none'",
    ["script-src 'self'", ...declared(sources, "script")].join(" "),
    "style-src 'self'",
    ["img-src 'self' data:", ...declared(sources, "image")].join(" "),
    ["connect-src 'self'", ...declared(sources, "connect")].join(" "),
    ...(frames.length > 0 ? [["frame-src", ...frames].join(" ")] : []),
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}

function permissionsPolicy(sources: readonly BrowserSources[]): string {
  const payers = declared(sources, "payment").filter((source) => !source.includes("*"));
  const payment = payers.length > 0 ? ["self", ...payers.map((source) => `"${source}"`)].join(" ") : "";
  return `camera=(), geolocation=(), microphone=(), payment=(${payment})`;
}

/** An https origin, perhaps of any subdomain. Anything else (`*`, `'unsafe-inline'`, `data:`) would open the page. */
const ORIGIN = /^https:\/\/(\*\.)?([a-z0-9-]+\.)+[a-z]{2,63}(:\d{1,5})?$/;

type SourceList = Exclude<keyof BrowserSources, "popups">;

function declared(sources: readonly BrowserSources[], list: SourceList): string[] {
  return [...new Set(sources.flatMap((one) => one[list] ?? []).filter((source) => ORIGIN.test(source)))];
}

/**
 * In production the checkout is served over HTTPS only. `req.secure` believes a proxy's X-Forwarded-Proto as far
 * as Express's `trust proxy` setting does.
 * @param path of the page; as it was asked for when left out
 * @returns true when the request was answered here and must not be handled further
 */
export function refuseInsecure(req: MedusaRequest, res: MedusaResponse, path = req.originalUrl): boolean {
  if (!isProduction() || req.secure) return false;
  const address = httpsAddress(req, path);
  // The answer depends on the Host header, so no cache may keep it.
  res.setHeader("Cache-Control", "no-store");
  if (address === null) {
    res.status(400).type("text/plain").send("The checkout answers over HTTPS only.\n");
  } else {
    res.redirect(308, address);
  }
  return true;
}

function httpsAddress(req: MedusaRequest, path: string): string | null {
  try {
    const address = new URL(path, `https://${req.hostname}`);
    // A path such as `//elsewhere.example` would name another host.
    return address.hostname === req.hostname.toLowerCase() ? address.href : null;
  } catch {
    return null;
  }
}

function isProduction(): boolean {
  return process.env["NODE_ENV"] === "production";
}
