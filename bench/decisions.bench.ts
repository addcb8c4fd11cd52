/**
 * The pure decisions alone: recovery over 200 rules, and what a cart may be paid with at 20 providers under 200 rules
 * of the operator, after ten attempts.
 */
import {
  createOptionsService,
  createRecoveryService,
  recoveryOver,
  RECOVERY_RULES,
  type OptionsInput,
  type PastAttempt,
  type ProviderSetting,
  type RecoveryRule,
} from "../src/services";
import { DECLINE_CATEGORIES } from "../src/gateway/declines";
import { row } from "./shop";

const CALLS = 20_000;
const PAST_ATTEMPTS = 10;

/** Tender's rules filled up to 200 with rules for codes of their own. */
function rules(count: number): RecoveryRule[] {
  const [sample] = RECOVERY_RULES;
  const own = Array.from(
    { length: Math.max(0, count - RECOVERY_RULES.length) },
    (_, index): RecoveryRule => ({
      ...sample!,
      id: `bench.${index}`,
      layer: "decline_code",
      match: { codes: [`bench_code_${index}`] },
    }),
  );
  return [...RECOVERY_RULES, ...own];
}

/** Ten rules of an operator: four countries, three currencies and an amount for each. The cart passes them all. */
function settingOf(provider_id: string, index: number): ProviderSetting {
  const within = { min_minor: 100n, max_minor: 1_000_000n + BigInt(index) };
  return {
    provider_id,
    enabled: true,
    position: index,
    rules: {
      countries: ["fr", "it", "nl", "de"],
      currencies: ["USD", "GBP", "EUR"],
      amounts: { USD: within, GBP: within, EUR: within },
    },
  };
}

/** Refusals of every kind: some rule out a provider, some leave the option, some were put right. */
function pastAttempt(index: number): PastAttempt {
  const categories = ["merchant_config", "fix_data", "issuer_transient", "unsupported_here"] as const;
  return {
    id: `payatt_bench_${index}`,
    provider_id: `pp_bench_${index * 2}`,
    method: "card",
    status: "declined",
    decline: { category: categories[index % categories.length]!, code: `bench_code_${index}` },
    instrument_fingerprint: `fingerprint_${index}`,
    recovery: null,
  };
}

function manyProviders(count: number): OptionsInput {
  const method = (id: string) => ({ id, express: false, portable_credential: false });
  const capabilities = {
    methods: ["card", "apple_pay", "google_pay"].map(method),
    currencies: "all" as const,
    capture: "manual" as const,
    partial_capture: true,
    multiple_capture: true,
    partial_refund: true,
    void: true,
    saved_methods: false,
    update_amount: true,
  };
  const providerId = (index: number) => `pp_bench_${index}`;
  return {
    cart: { currency: "EUR", amount: { amount_minor: 6980n, currency: "EUR" }, country: "de" },
    providers: Array.from({ length: count }, (_, index) => ({
      id: providerId(index),
      kind: "gateway" as const,
      methods: capabilities.methods,
      capabilities,
      healthy: index % 5 !== 0,
      clientConfig: () => ({ form: "card_fields" }),
    })),
    settings: Array.from({ length: count }, (_, index) => settingOf(providerId(index), index)),
    attempts: Array.from({ length: PAST_ATTEMPTS }, (_, index) => pastAttempt(index)),
    locale: "en",
  };
}

function microseconds(work: (index: number) => unknown): number {
  for (let index = 0; index < CALLS / 10; index += 1) work(index);
  const started_at = performance.now();
  for (let index = 0; index < CALLS; index += 1) work(index);
  return ((performance.now() - started_at) * 1000) / CALLS;
}

const recovery = recoveryOver(rules(200));
const options = createOptionsService({ recovery: createRecoveryService() });
const input = manyProviders(20);
const context = {
  tries_on_provider: 1,
  switches: 0,
  attempts_in_cart: 1,
  provider_alternatives: 1,
  other_methods: 2,
  credential_in_hand: true,
  portable_credential: true,
  authenticated: false,
};

console.log(`\nDecisions, mean of ${CALLS} calls`);
console.log(
  row(
    "recover(), 200 rules",
    microseconds((index) =>
      recovery.recover(
        {
          category: DECLINE_CATEGORIES[index % DECLINE_CATEGORIES.length]!,
          code: `bench_code_${index % 300}`,
        },
        context,
      ),
    ),
    "µs",
  ),
);
console.log(
  row(
    "options: 20 providers x 10 rules, 3 methods, 10 past",
    microseconds(() => options.listOptions(input)),
    "µs",
  ),
);
