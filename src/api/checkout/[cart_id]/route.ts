import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { builtPage, NOT_BUILT } from "../built-assets";
import { browserSourcesOf } from "../../../workflows/pay/browser-sources";
import { findCheckoutCart, storeName, type CheckoutCart } from "../../../workflows/pay/find-checkout-cart";
import { tenderModule } from "../../../workflows/medusa/load-cart";
import { localeIn } from "../../answer";
import { renderPage } from "../page";
import type { HostedBoot } from "../schemas";
import { refuseInsecure, secure } from "../security";

/** Longer than any id of Medusa's; nothing longer is looked up. */
const MOST_ID_CHARACTERS = 100;

/** The hosted checkout of a cart: 404 for a cart nobody knows, the order for one that is paid. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  secure(res);
  if (refuseInsecure(req, res)) return;
  res.setHeader("Cache-Control", "no-store");
  const page = await builtPage();
  if (!page) {
    res.status(503).type("text/plain").send(NOT_BUILT);
    return;
  }
  const cartId = req.params["cart_id"] ?? "";
  const cart = cartId.length <= MOST_ID_CHARACTERS ? await findCheckoutCart(req.scope, cartId) : null;
  if (cart && !cart.publishable_key && !cart.order) {
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`The checkout of cart ${cart.id} cannot open: its sales channel has no publishable API key.`);
  }
  const isPayable = cart !== null && cart.order === null && cart.publishable_key !== null;
  if (isPayable) secure(res, await browserSourcesOf(req.scope, cart.region_id));
  const { arabic_digits, store_url, unknown_blocks_ms } = tenderModule(req.scope).options;
  const boot: HostedBoot = {
    cart_id: cart?.id ?? "",
    publishable_key: cart?.publishable_key ?? "",
    store_name: await storeName(req.scope),
    locale: localeIn(req),
    digits: arabic_digits,
    store_url: store_url ?? null,
    unknown_blocks_ms,
    blocked: blockedReason(cart),
    order: cart?.order ?? null,
  };
  res.status(statusOf(boot)).type("text/html").send(renderPage(boot, page));
}

function blockedReason(cart: CheckoutCart | null): HostedBoot["blocked"] {
  if (!cart) return "not_found";
  return cart.publishable_key || cart.order ? null : "failed";
}

function statusOf({ blocked }: HostedBoot): number {
  if (blocked === "not_found") return 404;
  return blocked === "failed" ? 503 : 200;
}
