import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ownPromotions } from "../workflows/pay/own-promotions";

/** Before Medusa's own route that takes codes: what the shopper enters is not taken off with a payment option. */
export async function ownPromotion(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  const { promo_codes } = Object(req.body) as { promo_codes?: unknown };
  const codes = Array.isArray(promo_codes) ? promo_codes.filter((code) => typeof code === "string") : [];
  await ownPromotions(req.scope, req.params.id ?? "", codes);
  next();
}
