import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { localeOf, type Locale } from "../services";
import { tenderModule } from "../workflows/load-cart";
import { PaymentProblem } from "../workflows/payment-problem";
import { STATUS_OF_PROBLEM } from "./problem-status";
import type { ErrorResult } from "./store-contract";
import { attemptView } from "./views";

/** A cart over its budget stays over it, so there is no use in asking again soon. */
const RETRY_AFTER_SECONDS = 3_600;

/** Runs a route's work and answers a {@link PaymentProblem} in Medusa's error shape; other errors go on to Medusa. */
export async function answeringProblems(
  req: MedusaRequest,
  res: MedusaResponse<ErrorResult>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PaymentProblem)) {
      throw error;
    }
    const { status, type } = STATUS_OF_PROBLEM[error.code];
    const body: ErrorResult = {
      type,
      code: error.code,
      message: error.message,
      ...(error.attempt && {
        payment_attempt: attemptView(error.attempt, tenderModule(req.scope).recovery, localeIn(req)),
      }),
    };
    if (status === 429) {
      res.setHeader("Retry-After", String(RETRY_AFTER_SECONDS));
    }
    res.status(status).json(body);
  }
}

/** The language the shopper reads: `x-medusa-locale`, then `?locale=`, then `Accept-Language`. */
export function localeIn(req: MedusaRequest): Locale {
  const asked =
    req.get("x-medusa-locale") ?? (typeof req.query.locale === "string" ? req.query.locale : undefined);
  return localeOf(asked ?? req.get("accept-language"));
}

/** The logged-in customer, known from the request's authentication and nothing else. */
export function customerIn(req: MedusaRequest): string | null {
  const auth = (req as Partial<AuthenticatedMedusaRequest>).auth_context;
  return auth?.actor_type === "customer" ? auth.actor_id : null;
}

/** Where the shopper comes back to after a bank's page: the operator's choice, else the hosted checkout here. */
export function returnUrlFor(req: MedusaRequest, cart_id: string): string {
  const template =
    tenderModule(req.scope).options.return_url ??
    `${req.protocol}://${req.get("host") ?? "localhost"}/checkout/{cart_id}?attempt={attempt_id}&returned=1`;
  return template.replaceAll("{cart_id}", encodeURIComponent(cart_id));
}
