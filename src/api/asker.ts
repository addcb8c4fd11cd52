import type { MedusaRequest } from "@medusajs/framework/http";
import { networkOf } from "../services";
import type { Asker } from "../workflows/limits/guard-tries";
import { tenderModule } from "../workflows/medusa/load-cart";
import { customerIn } from "./answer";

/** Who asks to pay the cart. */
export function askerIn(req: MedusaRequest, cart_id: string): Asker {
  return { cart_id, customer_id: customerIn(req), network: clientNetwork(req) };
}

/**
 * The network the request comes from, or null where its address says nothing of the shopper. `req.ip` follows
 * Express's `trust proxy`, which Medusa sets to 1: the last address in `X-Forwarded-For`, if there is one. The option
 * `limits.trusted_proxies` counts the proxies instead.
 */
export function clientNetwork(req: MedusaRequest): string | null {
  const { trusted_proxies } = tenderModule(req.scope).options.limits;
  return networkOf((trusted_proxies === undefined ? req.ip : addressBehind(req, trusted_proxies)) ?? "");
}

/** The address that the outermost of the trusted proxies saw. */
function addressBehind(req: MedusaRequest, trusted_proxies: number): string | undefined {
  const forwarded = (req.get("x-forwarded-for") ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter(Boolean);
  const hops = [req.socket.remoteAddress, ...forwarded.reverse()];
  return hops[Math.min(trusted_proxies, hops.length - 1)];
}
