const text = (schema: Readonly<Record<string, unknown>> = {}) => ({ type: "string", ...schema });

/** The parameters of the Store API's operations, by the name they are referred to in the OpenAPI document. */
export const PARAMETERS = {
  cart_id: { name: "id", in: "path", required: true, description: "The cart's id.", schema: text() },
  attempt_id: {
    name: "attempt_id",
    in: "path",
    required: true,
    description: "The attempt's id. An attempt of another cart is unknown.",
    schema: text(),
  },
  provider_id: {
    name: "provider_id",
    in: "path",
    required: true,
    description: "The provider it is saved at.",
    schema: text(),
  },
  saved_method_id: {
    name: "saved_method_id",
    in: "path",
    required: true,
    description: "The saved method's id.",
    schema: text(),
  },
  idempotency_key: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "Names this request, so that repeating it answers the attempt it started instead of starting another. " +
      "Valid within the cart; the first 200 characters count.",
    schema: text({ maxLength: 200 }),
  },
  locale_header: {
    name: "x-medusa-locale",
    in: "header",
    required: false,
    description: "The language of titles and messages (BCP 47). Goes before `locale` and `Accept-Language`.",
    schema: text({ examples: ["en", "ar"] }),
  },
  locale_query: {
    name: "locale",
    in: "query",
    required: false,
    description: "The language of titles and messages, for requests that cannot set headers.",
    schema: text({ examples: ["en", "ar"] }),
  },
  accept_language: {
    name: "Accept-Language",
    in: "header",
    required: false,
    description: "The browser's languages; used when no locale is asked for. English where none is known.",
    schema: text({ examples: ["ar-EG,ar;q=0.9,en;q=0.5"] }),
  },
} as const;

/** A reference to one of the {@link PARAMETERS}. */
export function parameter(name: keyof typeof PARAMETERS) {
  return { $ref: `#/components/parameters/${name}` };
}
