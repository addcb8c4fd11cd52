import { MedusaError } from "@medusajs/framework/utils";

/**
 * Why a call to a gateway did not give an outcome. The kind says whether money can have moved, and with
 * that what may be done next (Kill Bill's five outcomes; only "refused" and "never happened" permit a fallback):
 *
 * - `unavailable`: certainly nothing happened; another provider may be tried.
 * - `unknown`: perhaps something happened; may only be reconciled.
 * - `misconfigured`: nothing happened, and an operator must act; another provider may be tried.
 * - `invalid_data`: what the shopper sent does not fit the method; nothing was sent to the gateway.
 * - `invalid_webhook`: the request does not come from the gateway.
 */
export type GatewayErrorKind =
  "unavailable" | "unknown" | "misconfigured" | "invalid_data" | "invalid_webhook";

/** Parent of all errors a gateway may throw. The message is safe to log: no secrets, no card data. */
export abstract class GatewayError extends MedusaError {
  abstract readonly kind: GatewayErrorKind;

  protected constructor(type: string, message: string, options?: { cause?: unknown }) {
    super(type, message);
    if (options?.cause !== undefined) {
      Object.defineProperty(this, "cause", { value: options.cause, enumerable: false });
    }
  }
}

/** Nothing happened: refused connection, DNS, TLS, open circuit, rate limit, or our own check before sending. */
export class GatewayUnavailable extends GatewayError {
  readonly kind = "unavailable";
  /** Our own check said no: that tells nothing about the service's health. */
  readonly refused_by_us: boolean;
  /** @param options `refused_by_us`: our own check said no, which Medusa's routes answer with 400 instead of 500 */
  constructor(message: string, options?: { cause?: unknown; refused_by_us?: boolean }) {
    const { NOT_ALLOWED, UNEXPECTED_STATE } = MedusaError.Types;
    super(options?.refused_by_us ? NOT_ALLOWED : UNEXPECTED_STATE, message, options);
    this.refused_by_us = options?.refused_by_us ?? false;
  }
}

/** Money may have moved: timeout after sending, reset, 5xx, unreadable or mistyped answer. */
export class OutcomeUnknown extends GatewayError {
  readonly kind = "unknown";
  /** True for an {@link OutcomeUndecided}. */
  readonly answered: boolean;
  constructor(message: string, options?: { cause?: unknown; answered?: boolean }) {
    const { NOT_ALLOWED, UNEXPECTED_STATE } = MedusaError.Types;
    super(options?.answered ? NOT_ALLOWED : UNEXPECTED_STATE, message, options);
    this.answered = options?.answered ?? false;
  }
}

/**
 * The service answered, was understood, and does not say yet what comes of it, as with a capture that is held back for
 * review. Reconciled like any unknown outcome; but nothing is wrong with the service, and Medusa's routes tell the
 * operator with 400 instead of 500.
 */
export class OutcomeUndecided extends OutcomeUnknown {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, { ...options, answered: true });
  }
}

/** Bad key, method not enabled on the account, unsupported currency: switch, and tell the operator. */
export class GatewayMisconfigured extends GatewayError {
  readonly kind = "misconfigured";
  constructor(message: string, options?: { cause?: unknown }) {
    super(MedusaError.Types.UNEXPECTED_STATE, message, options);
  }
}

/** The shopper's data does not fit the method's schema. The message names the field, never its value. */
export class InvalidPaymentData extends GatewayError {
  readonly kind = "invalid_data";
  constructor(message: string, options?: { cause?: unknown }) {
    super(MedusaError.Types.INVALID_DATA, message, options);
  }
}

/**
 * The service has no such payment (any more), as with one that nobody approved in time: nothing was paid with it, and
 * nothing can be. It may be another account's too: what was ever asked for money must not be ended for it.
 */
export class PaymentGone extends InvalidPaymentData {
  readonly gone = true;
}

/** True for a {@link PaymentGone}, also of another copy of this package. */
export function isPaymentGone(error: unknown): error is PaymentGone {
  return isGatewayError(error) && "gone" in error && error.gone === true;
}

/**
 * A webhook with a missing, wrong or stale signature, or a body that cannot be read. The message is told to whoever sent
 * it, who may be anybody.
 */
export class InvalidWebhook extends GatewayError {
  readonly kind = "invalid_webhook";
  constructor(message: string, options?: { cause?: unknown }) {
    super(MedusaError.Types.INVALID_DATA, message, options);
  }
}

const KINDS: readonly unknown[] = [
  "unavailable",
  "unknown",
  "misconfigured",
  "invalid_data",
  "invalid_webhook",
];

/**
 * True for a {@link GatewayError}, also for one thrown by another copy of this package
 * (a store may hold two through a linked plugin), which `instanceof` would miss.
 */
export function isGatewayError(error: unknown): error is GatewayError {
  return error instanceof Error && "kind" in error && KINDS.includes(error.kind);
}

/** True for an {@link OutcomeUndecided}, also of another copy of this package: it goes on without being asked again. */
export function isUndecided(error: unknown): boolean {
  return isGatewayError(error) && error.kind === "unknown" && "answered" in error && error.answered === true;
}

/**
 * True for an error that speaks against the health of the service: it could not be reached, or not be understood. Its
 * refusals, what it has not decided yet and our own checks do not.
 */
export function isServiceFault(error: unknown): boolean {
  if (!isGatewayError(error)) {
    return false;
  }
  const is_of_us = "refused_by_us" in error && error.refused_by_us === true;
  return (error.kind === "unavailable" && !is_of_us) || (error.kind === "unknown" && !isUndecided(error));
}

/** True when the error says for certain that no money moved and another provider may be tried. */
export function permitsFallback(error: unknown): error is GatewayUnavailable | GatewayMisconfigured {
  return isGatewayError(error) && (error.kind === "unavailable" || error.kind === "misconfigured");
}

/**
 * The failure of a call that moves no money, or of a read with which another call begins: no answer is as good as no call.
 * @returns `GatewayUnavailable` in place of an `OutcomeUnknown`
 */
export function withoutMoney(failure: GatewayError): GatewayError {
  return failure.kind === "unknown" ? new GatewayUnavailable(failure.message, { cause: failure }) : failure;
}

/** What went wrong, in words; also for the plain objects that Medusa's workflow engine makes of errors. */
export function messageOf(error: unknown): string {
  const { message } = Object(error) as { message?: unknown };
  return typeof message === "string" ? message : String(error);
}
