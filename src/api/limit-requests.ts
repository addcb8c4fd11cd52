import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { limitMessage, WindowCounter, type RequestKind } from "../services";
import { tenderModule } from "../workflows/medusa/load-cart";
import { answerLimit, localeIn } from "./answer";
import { clientNetwork } from "./asker";

const MINUTE_MS = 60_000;
/** Addresses remembered for each kind of request; about 10 MB when all are full. */
const MOST_ADDRESSES = 20_000;

/**
 * Middleware: so many requests of this kind a minute from one address, counted in this process. It keeps floods cheap;
 * what protects money is counted in Postgres.
 */
export function limitRequests(kind: RequestKind) {
  const counter = new WindowCounter(MOST_ADDRESSES);
  return (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void => {
    const most = tenderModule(req.scope).options.limits.requests_per_minute[kind];
    const network = most && clientNetwork(req);
    const wait_ms = most && network ? counter.hit(network, most, MINUTE_MS) : 0;
    if (wait_ms === 0) {
      next();
    } else if (PAGES.includes(kind)) {
      answerPage(req, res, wait_ms);
    } else {
      answerLimit(req, res, { code: "too_many_requests", limit: "requests", wait_ms });
    }
  };
}

const PAGES: readonly RequestKind[] = ["page", "demo", "asset"];

function answerPage(req: MedusaRequest, res: MedusaResponse, wait_ms: number): void {
  const wait_s = Math.ceil(wait_ms / 1_000);
  const locale = localeIn(req);
  res.setHeader("Retry-After", String(wait_s));
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("Content-Language", locale);
  res
    .status(429)
    .type("text/plain")
    .send(`${limitMessage("requests", wait_s, locale)}\n`);
}
