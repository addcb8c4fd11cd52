import type { DeclineCategory } from "../../../gateway/declines";
import type { GatewayCapabilities, MethodCapability } from "../../../gateway/payment-gateway";
import { createOptionsService, createRecoveryService } from "../..";
import type { GatewayOptionProvider, OptionsInput, PastAttempt } from "../types";

export const recovery = createRecoveryService();
export const service = createOptionsService({ recovery });

export const CARD: MethodCapability = { id: "card", express: false, portable_credential: true };
export const APPLE_PAY: MethodCapability = {
  id: "apple_pay",
  icon: "apple",
  express: true,
  portable_credential: false,
};
export const BANK: MethodCapability = { id: "bank_redirect", express: false, portable_credential: false };

const CAPABILITIES: GatewayCapabilities = {
  methods: [],
  currencies: "all",
  capture: "manual",
  partial_capture: true,
  multiple_capture: true,
  partial_refund: true,
  void: true,
  saved_methods: false,
  update_amount: true,
};

export function gateway(
  id: string,
  methods: readonly MethodCapability[],
  change: Partial<Omit<GatewayOptionProvider, "capabilities">> & {
    capabilities?: Partial<GatewayCapabilities>;
  } = {},
): GatewayOptionProvider {
  return {
    id,
    kind: "gateway",
    methods,
    healthy: true,
    clientConfig: (method) => ({ form: method, from: id }),
    ...change,
    capabilities: { ...CAPABILITIES, methods, ...change.capabilities },
  };
}

/** A EUR 50.00 cart in Germany. */
export function input(change: Partial<OptionsInput> = {}): OptionsInput {
  return {
    cart: { currency: "EUR", amount: { amount_minor: 5000n, currency: "EUR" }, country: "de" },
    providers: [],
    settings: [],
    attempts: [],
    locale: "en",
    ...change,
  };
}

let sequence = 0;

export function refusal(
  provider_id: string,
  method: string,
  category: DeclineCategory,
  change: Partial<PastAttempt> = {},
): PastAttempt {
  return {
    id: `attempt_${++sequence}`,
    provider_id,
    method,
    status: "declined",
    decline: { category, code: "some_code" },
    instrument_fingerprint: null,
    recovery: null,
    ...change,
  };
}

export const ids = (change: Partial<OptionsInput>) =>
  service.listOptions(input(change)).options.map(({ id }) => id);
