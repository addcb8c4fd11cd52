import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";

/** Two years, as the browsers' preload lists ask for; subdomains are the store's own business. */
const HSTS = "max-age=63072000";

/**
 * The page runs its own script and style only, talks to its own origin only, sends no form and sits in no frame.
 * The bank's page is reached by navigation, which this policy does not concern.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

type HeaderSink = Readonly<{ setHeader: (name: string, value: string) => unknown }>;

/** Headers of everything under `/checkout`. */
export function secure(res: HeaderSink): void {
  res.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("X-Robots-Tag", "noindex");
  // A cart's id opens the cart: it must not travel to the bank in a Referer header.
  res.setHeader("Referrer-Policy", "no-referrer");
  res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  res.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (isProduction()) res.setHeader("Strict-Transport-Security", HSTS);
}

/**
 * In production the checkout is served over HTTPS only. `req.secure` believes a proxy's X-Forwarded-Proto as far
 * as Express's `trust proxy` setting does.
 * @returns true when the request was answered here and must not be handled further
 */
export function refuseInsecure(req: MedusaRequest, res: MedusaResponse): boolean {
  if (!isProduction() || req.secure) return false;
  const address = httpsAddress(req);
  // The answer depends on the Host header, so no cache may keep it.
  res.setHeader("Cache-Control", "no-store");
  if (address === null) {
    res.status(400).type("text/plain").send("The checkout answers over HTTPS only.\n");
  } else {
    res.redirect(308, address);
  }
  return true;
}

function httpsAddress(req: MedusaRequest): string | null {
  try {
    const address = new URL(req.originalUrl, `https://${req.hostname}`);
    // A path such as `//elsewhere.example` would name another host.
    return address.hostname === req.hostname.toLowerCase() ? address.href : null;
  } catch {
    return null;
  }
}

function isProduction(): boolean {
  return process.env["NODE_ENV"] === "production";
}
