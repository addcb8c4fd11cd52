import { DISPUTE_ROUTES } from "./disputes";
import { NOTIFICATION_ROUTES } from "./notifications";
import { ORDER_ROUTES } from "./orders";
import { PAYMENT_ROUTES } from "./payments";
import { VAULT_ROUTES } from "./vault";

/** Every operation there is, by PayPal's resource and verb. Of two paths that fit, the earlier is taken. */
export const ROUTES = {
  ...ORDER_ROUTES,
  ...PAYMENT_ROUTES,
  ...VAULT_ROUTES,
  ...DISPUTE_ROUTES,
  ...NOTIFICATION_ROUTES,
};

/** The operations that faults can name; the token's has no route of its own. */
export type OperationName = keyof typeof ROUTES | "oauth.token";
