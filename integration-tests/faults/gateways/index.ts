import type { Gateway, GatewayName } from "./gateway";
import { paypal } from "./paypal";
import { sandbox } from "./sandbox";
import { stripe } from "./stripe";

/** Whom the suite can play against. */
export const GATEWAYS: Readonly<Record<GatewayName, Gateway>> = { sandbox, stripe, paypal };

export const DEFAULT_GATEWAY: GatewayName = "sandbox";

/** The gateway of this name. @throws Error naming those there are */
export function readGateway(word: string): Gateway {
  const gateway = Object.values(GATEWAYS).find(({ name }) => name === word);
  if (!gateway) {
    throw new Error(`There is no gateway "${word}"; there are ${Object.keys(GATEWAYS).join(", ")}.`);
  }
  return gateway;
}
