import { MedusaError } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import { messageOf } from "../../gateway/errors";
import { readAccountKey, type AccountKey } from "./account-key";
import { CHAINS, CHAIN_NAMES, type Chain, type ChainName } from "./chains";
import { CoreRpcSource } from "./chain/core-rpc-source";
import { EsploraSource } from "./chain/esplora-source";
import type { ChainSource } from "./chain/source";
import { PaymentPolicySchema } from "./invoices/policy";
import { RefundOptionsSchema } from "./refunds/options";
import { fixed, HTTP_SOURCES, QuoteRulesSchema, RateBook, type HttpSourceName } from "./rates";

const MINUTE_MS = 60_000;
const SOURCE_NAMES = Object.keys(HTTP_SOURCES) as [HttpSourceName, ...HttpSourceName[]];

/** Shoppers wait for a quote; a source that takes longer is left out of it. */
const RATE_TIMEOUT_MS = 1_500;

/** Every option there is. */
export const OptionsSchema = z
  .object({
    /** Which coin, on which network. */
    chain: z.enum(CHAIN_NAMES as [ChainName, ...ChainName[]]),
    /** Extended public key of the account, or its output descriptor. Never a private key. */
    account: z.string().min(1).max(1_000),
    /** The kind of addresses, where the key itself does not say it. */
    script: z.enum(["p2wpkh", "p2tr", "p2sh_p2wpkh"]).optional(),
    /** Your own node. Give this or `esplora_url`. */
    node: z
      .strictObject({
        url: z.string(),
        username: z.string().max(200),
        password: z.string().max(500),
      })
      .optional(),
    /** An Esplora service, yours or one you trust: it can keep payments from you, and make some up. */
    esplora_url: z.string().optional(),
    rates: z
      .strictObject({
        /** Whose prices are asked. */
        sources: z.array(z.enum(SOURCE_NAMES)).min(1).default(SOURCE_NAMES),
        minimum_sources: QuoteRulesSchema.shape.minimum_sources,
        max_age_ms: QuoteRulesSchema.shape.max_age_ms,
        max_deviation_bps: QuoteRulesSchema.shape.max_deviation_bps,
        spread_bps: QuoteRulesSchema.shape.spread_bps,
        /** Prices by currency in place of any source, e.g. `{ EUR: "60000" }`. For tests and demonstrations. */
        fixed: z.record(z.string().regex(/^[A-Z]{3}$/), z.string()).optional(),
      })
      .prefault({}),
    /** How long a shopper has at one price. */
    quote_minutes: z.number().int().min(1).max(1_440).default(15),
    policy: PaymentPolicySchema.prefault({}),
    /** `when_seen`: once all of it is seen, confirmed or not. `at_once`: it then waits for its payment. */
    place_order: z.enum(["when_seen", "at_once"]).default("when_seen"),
    refunds: RefundOptionsSchema.prefault({}),
    /** Shown in the payer's wallet. */
    label: z.string().min(1).max(60).optional(),
    /** Address of the simulated wallet, for demonstrations on a simulated chain. */
    simulated_wallet_url: z.url({ protocol: /^http$/ }).optional(),
  })
  .refine(({ node, esplora_url }) => (node === undefined) !== (esplora_url === undefined), {
    path: ["node"],
    message: "or esplora_url must be given, and not both",
  });

type ParsedOptions = Readonly<z.output<typeof OptionsSchema>>;

/** The options after parsing, and what is made of them. */
export type BitcoinOptions = Omit<
  ParsedOptions,
  "chain" | "account" | "script" | "node" | "esplora_url" | "rates"
> &
  Readonly<{ chain: Chain; account: AccountKey; source: ChainSource; rates: RateBook }>;

/**
 * Checks what the operator wrote under `options` of this provider.
 * @throws MedusaError `invalid_data` naming the option, never its value
 */
export function parseOptions(options: unknown): BitcoinOptions {
  const parsed = OptionsSchema.safeParse(options);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map((issue) => `"${issue.path.join(".")}" ${issue.message}`).join("; "),
    );
  }
  const { chain: name, account, script, node, esplora_url, rates, ...rest } = parsed.data;
  const chain = CHAINS[name];
  if (!chain.is_test && (rates.fixed !== undefined || rest.simulated_wallet_url !== undefined)) {
    throw invalid(`"rates.fixed" and "simulated_wallet_url" are for test chains, not for ${chain.title}`);
  }
  return {
    ...rest,
    chain,
    account: made("account", () => readAccountKey(chain, account, script)),
    source: node
      ? made("node.url", () => new CoreRpcSource(chain, node))
      : made("esplora_url", () => new EsploraSource(chain, { url: esplora_url ?? "" })),
    rates: made("rates", () => bookOf(parsed.data, chain)),
  };
}

function bookOf({ rates, quote_minutes }: ParsedOptions, { ticker }: Chain): RateBook {
  const { sources, fixed: prices, ...rules } = rates;
  return new RateBook({
    sources: prices ? [fixed({ [ticker]: prices })] : sources.map((name) => HTTP_SOURCES[name]()),
    rules: {
      ...rules,
      ...(prices && { minimum_sources: 1 }),
      lifetime_ms: quote_minutes * MINUTE_MS,
    },
    source_timeout_ms: RATE_TIMEOUT_MS,
  });
}

/** Makes what an option stands for. The messages of these errors never repeat what was entered. */
function made<T>(option: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw invalid(`"${option}": ${messageOf(error)}`);
  }
}

function invalid(what: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `The Bitcoin payment provider's options are not valid: ${what}.`,
  );
}
