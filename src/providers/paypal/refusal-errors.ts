import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  isGatewayError,
  OutcomeUndecided,
  OutcomeUnknown,
  withoutMoney,
  type GatewayError,
} from "../../gateway/errors";
import type { DeclineCategory } from "../../gateway/declines";
import { moveIssue, refusalByStatus, type Refusing } from "./move-issues";
import { categoryOfIssue } from "./order-issues";
import { Refusal } from "./refusal";

/**
 * Which error a refused request about an order is, where a refusal cannot be an outcome: making and changing one. What
 * has no row is for the shopper to put right, or to choose anew.
 */
const ERROR_OF_CATEGORY: Readonly<Partial<Record<DeclineCategory, readonly [Refusing, string]>>> = {
  merchant_config: [
    GatewayMisconfigured,
    "PayPal refused the request: the account or the app's settings do not allow it",
  ],
  compliance: [GatewayMisconfigured, "PayPal refuses payments to this account for compliance reasons"],
  unsupported_here: [GatewayUnavailable, "PayPal cannot take this amount or currency"],
  provider_transient: [GatewayUnavailable, "PayPal cannot do this for now"],
  funds_limit: [GatewayUnavailable, "The amount is beyond what PayPal takes"],
  reconcile: [OutcomeUndecided, "PayPal says that it was done before"],
};

/** Refusals of a new amount that say no more than that another order is to be made. */
const OTHER_ORDER: readonly string[] = [
  "AMOUNT_NOT_PATCHABLE",
  "AMOUNT_CHANGE_NOT_ALLOWED",
  "FIELD_NOT_PATCHABLE",
  "INVALID_PATCH_OPERATION",
  "NOT_PATCHABLE",
  "ORDER_ALREADY_COMPLETED",
  "ORDER_COMPLETED_OR_VOIDED",
];

/**
 * A failed call about an order as an error of the contract, by whether money can have moved. Messages hold PayPal's codes
 * and the id of the request, never what was sent.
 */
export function orderErrorOf(error: unknown): GatewayError {
  return errorOf(error, ({ code }) => {
    if (OTHER_ORDER.includes(code)) {
      return [InvalidPaymentData, "PayPal cannot change this order any more"];
    }
    const category = categoryOfIssue(code);
    // Where an operator has to act, they are told what about.
    const told = category === "merchant_config" ? moveIssue(code) : undefined;
    return told ?? (category && (ERROR_OF_CATEGORY[category] ?? moveIssue(code) ?? REFUSED));
  });
}

/** {@link orderErrorOf} for changing one: what PayPal does not let be changed, for whatever reason, is made anew. */
export function patchErrorOf(error: unknown): GatewayError {
  return isPatchRefused(error) && categoryOfIssue(error.code) === undefined
    ? new InvalidPaymentData(`PayPal cannot change this order any more${error.details}.`)
    : orderErrorOf(error);
}

/** {@link orderErrorOf} for authorizations, captures and refunds. */
export function moveErrorOf(error: unknown): GatewayError {
  return errorOf(error, ({ code }) => moveIssue(code));
}

/** Throws {@link moveErrorOf}, for a `catch`. */
export function rethrowMove(error: unknown): never {
  throw moveErrorOf(error);
}

/** Throws {@link withoutMoney} of a read that another call begins with, for a `catch`. */
export function rethrowWithoutMoney(error: unknown): never {
  throw withoutMoney(moveErrorOf(error));
}

/** True when PayPal has no such thing, or does not show another's. */
export function isMissing(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status === 404;
}

/** True where PayPal does not let these keys at it, as at what another app made. */
export function isForbidden(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status === 403;
}

/** True for a refusal to do one thing, as against one of the request, the keys or the service. */
export function isAboutPayment(error: unknown): error is Refusal {
  return error instanceof Refusal && (error.status === 422 || (error.status === 400 && isIssue(error)));
}

/** True where PayPal does not let an order be changed: of which it may not be, its specification names no issue. */
export function isPatchRefused(error: unknown): error is Refusal {
  return error instanceof Refusal && (error.status === 400 || error.status === 422);
}

const REFUSED = [InvalidPaymentData, "PayPal refused it"] as const;

function errorOf(
  error: unknown,
  known: (refusal: Refusal) => readonly [Refusing, string] | undefined,
): GatewayError {
  if (isGatewayError(error)) {
    return error;
  }
  if (!(error instanceof Refusal)) {
    return new OutcomeUnknown("PayPal's answer could not be understood.");
  }
  const by_status = refusalByStatus(error.status);
  const [Refusing, message] = (by_status && known(error)) ??
    by_status ?? [error.is_understood ? OutcomeUndecided : OutcomeUnknown, `PayPal answered ${error.status}`];
  return new Refusing(`${message}${error.details}.`);
}

function isIssue({ code }: Refusal): boolean {
  return categoryOfIssue(code) !== undefined;
}
