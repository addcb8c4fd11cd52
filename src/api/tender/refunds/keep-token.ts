import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";

const PATH = "/tender/refunds/";
const WITH_TOKEN = /^\/tender\/refunds\/[^/?#]*/i;

/**
 * Middleware: keeps the payee's token out of Medusa's log, which shows `originalUrl` of every request once it is answered.
 * Routes are found by another property.
 */
export function keepTokenOutOfLog(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  req.originalUrl = req.originalUrl.replace(WITH_TOKEN, `${PATH}[token]`);
  next();
}

/** The page's own path. */
export const refundPath = (token: string) => `${PATH}${encodeURIComponent(token)}`;
