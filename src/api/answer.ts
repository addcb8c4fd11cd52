import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { limitMessage, localeOf, problemMessage, type Limit, type Locale } from "../services";
import { tenderModule } from "../workflows/medusa/load-cart";
import { PaymentProblem } from "../workflows/payment-problem";
import { TooManyTries } from "../workflows/limits/too-many-tries";
import { STATUS_OF_PROBLEM } from "./problem-status";
import type { ErrorResult } from "./store-contract";
import { attemptView } from "./views";

/**
 * Runs a route's work and answers a {@link PaymentProblem} or a limit in Medusa's error shape, in the shopper's
 * language; other errors go on to Medusa.
 */
export async function answeringProblems(
  req: MedusaRequest,
  res: MedusaResponse<ErrorResult>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TooManyTries) {
      answerLimit(req, res, { code: error.code, limit: "refused_payments", wait_ms: error.retry_after_ms });
      return;
    }
    if (!(error instanceof PaymentProblem)) {
      throw error;
    }
    const { status, type } = STATUS_OF_PROBLEM[error.code];
    const body: ErrorResult = {
      type,
      code: error.code,
      message: problemMessage(error.code, localeIn(req)),
      ...(error.attempt && {
        payment_attempt: attemptView(error.attempt, tenderModule(req.scope).recovery, localeIn(req)),
      }),
    };
    res.status(status).json(body);
  }
}

/** The 429 of a limit: why, and after how many seconds there is use in trying again. */
export function answerLimit(
  req: MedusaRequest,
  res: MedusaResponse<ErrorResult>,
  { code, limit, wait_ms }: Readonly<{ code: string; limit: Limit; wait_ms: number }>,
): void {
  const retry_after_s = Math.max(1, Math.ceil(wait_ms / 1_000));
  const message = limitMessage(limit, retry_after_s, localeIn(req));
  res.setHeader("Retry-After", String(retry_after_s));
  // In the body too: a page of another origin may not read the header.
  res.status(429).json({ type: "too_many_requests", code, message, retry_after_s });
}

/** The language the shopper reads: `x-medusa-locale`, then `?locale=`, then `Accept-Language`. */
export function localeIn(req: MedusaRequest): Locale {
  return localeOf(askedLocalesIn(req));
}

/** What {@link localeIn} decides from: an operator may have titles in languages that nothing else is in. */
export function askedLocalesIn(req: MedusaRequest): string {
  const asked =
    req.get("x-medusa-locale") ?? (typeof req.query.locale === "string" ? req.query.locale : undefined);
  return asked ?? req.get("accept-language") ?? "";
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
