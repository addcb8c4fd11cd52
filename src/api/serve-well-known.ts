import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { findWellKnownFile } from "../workflows/pay/well-known-file";

const HOUR_S = 3600;

/**
 * Serves what gateways want found under `/.well-known/`, such as Apple's association file. Everything else there goes on
 * to whoever answers it. Middleware, since the compiler passes over directories whose names begin with a dot.
 */
export async function serveWellKnown(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  try {
    const text = await findWellKnownFile(req.scope, req.params.file ?? "");
    if (text === undefined) {
      next();
      return;
    }
    res.setHeader("Cache-Control", `public, max-age=${HOUR_S}`);
    res.setHeader("X-Content-Type-Options", "nosniff");
    res.type("text/plain").send(text);
  } catch (error) {
    next(error);
  }
}
