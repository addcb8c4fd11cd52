import { ACCOUNT_ROUTES } from "./account";
import { PAYER_ROUTES } from "./payers";
import { PAYMENT_ROUTES } from "./payments";

/** Every operation there is, by Stripe's resource and verb. Of two paths that fit, the earlier is taken. */
export const ROUTES = { ...PAYMENT_ROUTES, ...PAYER_ROUTES, ...ACCOUNT_ROUTES };

export type OperationName = keyof typeof ROUTES;
