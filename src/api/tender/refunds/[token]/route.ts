import { randomBytes } from "node:crypto";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { isGatewayError, type ManualRefund } from "../../../../gateway";
import { storeName } from "../../../../workflows/pay/find-checkout-cart";
import { findPayeeRefund, giveRefundDestination } from "../../../../workflows/pay/manual-refunds";
import { localeIn } from "../../../answer";
import { refuseInsecure, secure } from "../../../checkout/security";
import { refundPath } from "../keep-token";
import { renderRefundPage, renderUnknownRefund, type RefusedDestination } from "../page";

/** More is no destination, and is not shown again either. */
const MOST_CHARACTERS = 200;

/** The page on which a payee says where their refund goes. Whoever has the link is the payee. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  if (refusedAsInsecure(req, res)) return;
  await show(req, res, await findPayeeRefund(req.scope, tokenIn(req)));
}

/** Takes what the payee entered, and shows the page again. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  if (refusedAsInsecure(req, res)) return;
  const entered = enteredIn(req);
  try {
    const refund = await giveRefundDestination(req.scope, tokenIn(req), entered);
    if (refund) {
      res.redirect(303, `?locale=${localeIn(req)}`);
    } else {
      await show(req, res, undefined);
    }
  } catch (error) {
    if (!isGatewayError(error) || error.kind !== "invalid_data") {
      throw error;
    }
    const refund = await findPayeeRefund(req.scope, tokenIn(req));
    await show(req, res, refund, { entered: entered.slice(0, MOST_CHARACTERS), message: error.message });
  }
}

async function show(
  req: MedusaRequest,
  res: MedusaResponse,
  refund: ManualRefund | undefined,
  refused?: RefusedDestination,
): Promise<void> {
  const nonce = randomBytes(16).toString("base64");
  const page = { locale: localeIn(req), nonce, store_name: await storeName(req.scope) };
  res.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce));
  res.setHeader("Content-Language", page.locale);
  const status = refused ? 422 : refund ? 200 : 404;
  const html = refund ? renderRefundPage(page, refund, refused) : renderUnknownRefund(page);
  res.status(status).type("text/html").send(html);
}

function refusedAsInsecure(req: MedusaRequest, res: MedusaResponse): boolean {
  secure(res);
  res.setHeader("Cache-Control", "no-store");
  return refuseInsecure(req, res, `${refundPath(tokenIn(req))}?locale=${localeIn(req)}`);
}

/** No script at all, its own style, and a form that goes nowhere else. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}

const tokenIn = (req: MedusaRequest) => req.params["token"] ?? "";

function enteredIn({ body }: MedusaRequest): string {
  const { destination } = Object(body) as { destination?: unknown };
  return typeof destination === "string" ? destination : "";
}
