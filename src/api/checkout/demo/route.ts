import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { createDemoCart } from "../../../workflows/pay/create-demo-cart";
import { tenderModule } from "../../../workflows/medusa/load-cart";
import { localeIn } from "../../answer";
import { refuseInsecure, secure } from "../security";

/** Makes a cart and opens its checkout. Only in a demo store (option `demo`): it writes on every visit. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  secure(res);
  if (refuseInsecure(req, res)) return;
  res.setHeader("Cache-Control", "no-store");
  if (!tenderModule(req.scope).options.demo) {
    res.status(404).type("text/plain").send("Not found.\n");
    return;
  }
  const cartId = await createDemoCart(req.scope);
  res.redirect(303, `/checkout/${cartId}?locale=${localeIn(req)}`);
}
