/**
 * The pure decisions alone: recovery over a table of 200 rules, and what a cart may be paid with at 20 providers, each
 * under 200 rules of the operator, after ten attempts. A rule is one statement an operator makes: no payments below an
 * amount of a currency, none above one, only these countries, only these currencies.
 */
import { codes } from "currency-codes";
import {
  createOptionsService,
  createRecoveryService,
  recoveryOver,
  RECOVERY_RULES,
  type OptionRules,
  type OptionsInput,
  type PastAttempt,
  type ProviderSetting,
  type RecoveryRule,
} from "../src/services";
import { DECLINE_CATEGORIES } from "../src/gateway/declines";
import { row } from "./shop";

const CALLS = 20_000;
const PAST_ATTEMPTS = 10;
const PROVIDERS = 20;
const RULES = 200;
const METHODS = ["card", "apple_pay", "google_pay"];

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

/** A list of countries, a list of currencies, and of each currency a smallest and a largest amount. */
const CURRENCIES = codes()
  .filter((code) => code !== "EUR")
  .slice(0, (RULES - 2) / 2 - 1)
  .concat("EUR");
const COUNTRIES = "at be bg cy cz dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk de".split(
  " ",
);

/** The operator's rules of one provider. The cart passes them all, at the end of each list. */
function settingOf(provider_id: string, index: number): ProviderSetting {
  const within = { min_minor: 100n, max_minor: 1_000_000n + BigInt(index) };
  const rules = {
    countries: COUNTRIES,
    currencies: CURRENCIES,
    amounts: Object.fromEntries(CURRENCIES.map((currency) => [currency, within])),
  };
  if (countRules(rules) !== RULES) throw new Error(`${countRules(rules)} rules instead of ${RULES}.`);
  return { provider_id, enabled: true, position: index, rules };
}

function countRules({ countries, currencies, amounts = {} }: OptionRules): number {
  const limits = Object.values(amounts).flatMap((within) => Object.values(within));
  return [countries, currencies].filter(Boolean).length + limits.length;
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
    methods: METHODS.map(method),
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

const recovery = recoveryOver(rules(RULES));
const options = createOptionsService({ recovery: createRecoveryService() });
const input = manyProviders(PROVIDERS);
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

console.log(
  `\nDecisions, mean of ${CALLS} calls. Options: what one cart may be paid with, at ${PROVIDERS} providers of ` +
    `${METHODS.length} methods,\neach under ${RULES} rules of the operator (countries, currencies, amounts), after ${PAST_ATTEMPTS} attempts`,
);
console.log(
  row(
    `recover(): one refusal, a table of ${RULES} rules`,
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
    `options: ${PROVIDERS} providers x ${RULES} rules`,
    microseconds(() => options.listOptions(input)),
    "µs",
  ),
);
