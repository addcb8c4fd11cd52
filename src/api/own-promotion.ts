import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ownPromotions, readSentCodes } from "../workflows/pay/own-promotions";
import { whenSucceeded } from "./before-answer";

/**
 * Around Medusa's own routes that take codes: what the shopper enters is not taken off with a payment option.
 * @param how whether the route adds the codes, or puts them in the place of the cart's
 */
export function ownPromotion(how: "adds" | "replaces") {
  return async (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    const { promo_codes } = Object(req.body) as { promo_codes?: unknown };
    const codes = Array.isArray(promo_codes) ? promo_codes.filter((code) => typeof code === "string") : [];
    const replaces = how === "replaces";
    const sent = await readSentCodes(req.scope, { cart_id: req.params.id ?? "", codes, replaces });
    if (sent) {
      whenSucceeded(res, next, () => ownPromotions(req.scope, sent));
    }
    next();
  };
}
