import { z } from "@medusajs/framework/zod";
import { isSafeServiceAddress, UNSAFE_ADDRESS } from "../../../gateway/service-address";
import type { Coin } from "./coins";
import { getJson } from "./http-json";
import { InvalidPrice } from "./price";
import { RateSourceError, type RateSource, type SourcePrice } from "./rate-source";

/** What is asked, and when the answer was made if its headers tell. */
export type Asked = Readonly<{ coin: Coin; currency: string; made_at: Date | undefined }>;

/** A source behind a public HTTP API without keys, as data. */
export type HttpSourceDefinition<Answer> = Readonly<{
  name: string;
  /** As operators know it. */
  title: string;
  base_url: string;
  currencies: RateSource["currencies"];
  /** Path and query of the question. */
  path: (coin: Coin, currency: string) => string;
  /** What the documentation promises; every number of the answer is a string of its digits. */
  answer: z.ZodType<Answer>;
  /** The price in a well-formed answer. @throws RateSourceError or InvalidPrice when there is none */
  price: (answer: Answer, asked: Asked) => SourcePrice;
}>;

export type HttpSourceOptions = Readonly<{
  /** Another address of the whole API; plain http on this machine only. For tests. */
  base_url?: string;
}>;

/** Makes the maker of a source. The maker throws a RangeError for an unsafe `base_url`. */
export function httpSource<Answer>(
  definition: HttpSourceDefinition<Answer>,
): (options?: HttpSourceOptions) => RateSource {
  const { name, title, currencies, path } = definition;
  return ({ base_url = definition.base_url } = {}) => {
    if (!isSafeServiceAddress(base_url)) {
      throw new RangeError(`The address of ${title} ${UNSAFE_ADDRESS}.`);
    }
    return {
      name,
      currencies,
      async fetch(coin, currency, signal) {
        if (!currencies[coin].includes(currency)) {
          throw new RateSourceError("refused", `${title} is not asked for ${coin} in ${currency}`);
        }
        const { json, made_at } = await getJson(title, new URL(path(coin, currency), base_url), signal);
        return priceIn(definition, json, { coin, currency, made_at });
      },
    };
  };
}

function priceIn<Answer>(
  { title, answer, price }: HttpSourceDefinition<Answer>,
  json: unknown,
  asked: Asked,
): SourcePrice {
  const parsed = answer.safeParse(json);
  if (!parsed.success) {
    const what = z.prettifyError(parsed.error).replaceAll(/\s+/g, " ").slice(0, 200);
    throw new RateSourceError("unreadable", `${title}'s answer is not as documented: ${what}`);
  }
  try {
    return price(parsed.data, asked);
  } catch (error) {
    if (error instanceof InvalidPrice) {
      throw new RateSourceError("not_a_price", `${title}'s price ${error.message}`, { cause: error });
    }
    throw error;
  }
}
