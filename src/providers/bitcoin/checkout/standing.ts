import type { GatewayPanelProps } from "../../../checkout/gateway-form";
import type { CoinPayment, Phase } from "./client";

type Attempt = GatewayPanelProps["attempt"];

/** Nothing can be paid with these any more. */
const CLOSED: readonly Attempt["status"][] = ["declined", "failed", "released", "canceled"];

/** The store goes on by itself with these: an order can be placed. */
const APPROVED: readonly Attempt["status"][] = ["authorized", "captured"];

/** How the payment of an attempt stands: what its gateway says, unless the attempt itself has come to its end. */
export function standingOf({ status }: Pick<Attempt, "status">, { phase }: CoinPayment): Phase {
  if (status === "captured") return "settled";
  return CLOSED.includes(status) ? "expired" : phase;
}

/** Whether the shopper has nothing more to do before the order, so that the store can be asked for it. */
export function isThrough({ status, next_action }: Attempt): boolean {
  const settlesLater = next_action?.type === "wait" && next_action.settles_later === true;
  return APPROVED.includes(status) || (status === "pending" && settlesLater);
}
