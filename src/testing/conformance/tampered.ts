import {
  GatewayPaymentProvider,
  type Outcome,
  type PaymentGateway,
  type PaymentSnapshot,
} from "../../gateway";
import { PROVIDER_OPTION } from "../../gateway/provider-option";

/** Changes one thing of what a gateway reports. */
export type Tamper = (snapshot: PaymentSnapshot) => PaymentSnapshot;

class TamperedProvider extends GatewayPaymentProvider {
  static override identifier = "tampered";

  protected createGateway(options: Record<string, unknown>): PaymentGateway {
    return options.gateway as PaymentGateway;
  }
}

/** The adapter around a gateway whose service reports something else than was asked for. */
export function tamperedProvider(
  cradle: Record<string, unknown>,
  gateway: PaymentGateway,
  tamper: Tamper,
): GatewayPaymentProvider {
  return new TamperedProvider(cradle, { [PROVIDER_OPTION]: "", gateway: tampered(gateway, tamper) });
}

const OUTCOMES: readonly unknown[] = ["createPayment", "updatePayment", "confirmPayment"];
const SNAPSHOTS: readonly unknown[] = ["capturePayment", "refundPayment", "cancelPayment", "retrievePayment"];

function tampered(gateway: PaymentGateway, tamper: Tamper): PaymentGateway {
  return new Proxy(gateway, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") {
        return member;
      }
      const call = member.bind(target) as (...args: unknown[]) => unknown;
      if (OUTCOMES.includes(name)) {
        return async (...args: unknown[]) => {
          const outcome = (await call(...args)) as Outcome;
          return { ...outcome, snapshot: tamper(outcome.snapshot) };
        };
      }
      return SNAPSHOTS.includes(name)
        ? async (...args: unknown[]) => tamper((await call(...args)) as PaymentSnapshot)
        : call;
    },
  });
}
