import { z } from "@medusajs/framework/zod";
import { PARAMETERS, parameter } from "./openapi-parameters";
import { RESPONSES, response, type ResponseName } from "./openapi-responses";
import * as contract from "./store-contract";

type Json = Readonly<Record<string, unknown>>;

/**
 * The Store API as an OpenAPI 3.1 document. Its schemas are those the requests are parsed with and the responses
 * are typed by; `npm run openapi` writes it to `docs/openapi.json`.
 *
 * @param version of the package
 */
export function openApiDocument(version: string): Json {
  return {
    openapi: "3.1.1",
    info: {
      title: "Tender Store API",
      version,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Pay a Medusa cart: list the ways to pay, start an attempt with one, confirm it, and after a refusal " +
        "choose from the alternatives that come with the answer. Amounts are decimal numbers in the currency's " +
        "main unit, as everywhere in Medusa's API.",
    },
    servers: [
      {
        url: "{backend_url}",
        description: "The Medusa server.",
        variables: { backend_url: { default: "http://localhost:9000" } },
      },
    ],
    security: [{ publishable_key: [] }, { publishable_key: [], customer: [] }],
    tags: [{ name: "Payment", description: "Ways to pay a cart, and attempts to." }],
    paths: paths(),
    components: {
      schemas: schemas(),
      parameters: PARAMETERS,
      responses: RESPONSES,
      securitySchemes: {
        publishable_key: {
          type: "apiKey",
          in: "header",
          name: "x-publishable-api-key",
          description: "A publishable API key of the cart's sales channel. Required on every request.",
        },
        customer: {
          type: "http",
          scheme: "bearer",
          description: "A logged-in customer's token, for saved payment methods. Guests need none.",
        },
      },
    },
  };
}

const CART = ["cart_id", "locale_header", "locale_query", "accept_language"] as const;
const ATTEMPT = ["cart_id", "attempt_id", "locale_header", "locale_query", "accept_language"] as const;

function paths(): Json {
  return {
    "/store/carts/{id}/payment-options": {
      get: operation({
        operationId: "listPaymentOptions",
        summary: "List the ways to pay",
        description: "The ways to pay this cart in the order to show them, and those its refusals ruled out.",
        parameters: CART,
        answers: { 200: json("The ways to pay this cart.", "PaymentOptionsResponse") },
        errors: ["400", "404", "429"],
      }),
    },
    "/store/carts/{id}/saved-payment-methods": {
      get: operation({
        operationId: "listSavedPaymentMethods",
        summary: "List saved methods",
        description:
          "What the logged-in customer has saved at the providers this cart can be paid through; nothing for guests.",
        parameters: CART,
        answers: { 200: json("The customer's saved methods.", "SavedMethodsResponse") },
        errors: ["400", "404", "429"],
      }),
    },
    "/store/carts/{id}/saved-payment-methods/{provider_id}/{saved_method_id}": {
      delete: operation({
        operationId: "removeSavedPaymentMethod",
        summary: "Remove a saved method",
        description: "Has the provider forget one of the logged-in customer's saved methods.",
        parameters: [...CART, "provider_id", "saved_method_id"],
        answers: { 200: json("It is forgotten.", "RemovedSavedMethodResponse") },
        errors: ["400", "401", "404", "429"],
      }),
    },
    "/store/carts/{id}/payment-attempts": {
      post: operation({
        operationId: "startPaymentAttempt",
        summary: "Start an attempt",
        description:
          "Starts an attempt to pay the cart with an option. A provider that is certainly down is passed over for " +
          "the next one of the same method within this request; `fallback_of` then names the attempt that failed.",
        parameters: [...CART, "idempotency_key"],
        body: "CreateAttemptBody",
        answers: { 200: json("The attempt.", "PaymentAttemptResponse") },
        errors: ["400", "404", "409", "413", "429", "503"],
      }),
    },
    "/store/carts/{id}/payment-attempts/{attempt_id}": {
      get: operation({
        operationId: "getPaymentAttempt",
        summary: "Read an attempt",
        description: "The attempt as it stands; one that waits for news is read from its gateway again.",
        parameters: ATTEMPT,
        answers: { 200: json("The attempt.", "PaymentAttemptResponse") },
        errors: ["400", "404", "429"],
      }),
    },
    "/store/carts/{id}/payment-attempts/{attempt_id}/confirm": {
      post: operation({
        operationId: "confirmPaymentAttempt",
        summary: "Pay the cart",
        description:
          "Pays the cart with the attempt and places the order. However often it is called, the shopper pays once " +
          "and everybody gets the same answer.",
        parameters: ATTEMPT,
        body: "ConfirmAttemptBody",
        answers: {
          200: json(
            "The order, the shopper's next step, or a payment whose outcome is awaited.",
            "ConfirmResponse",
          ),
          402: json("Refused: what happened, and the alternatives.", "DeclinedResponse"),
        },
        errors: ["400", "404", "409", "413", "429", "503"],
      }),
    },
  };
}

type Operation = Readonly<{
  operationId: string;
  summary: string;
  description: string;
  parameters: readonly (keyof typeof PARAMETERS)[];
  body?: keyof typeof SCHEMAS;
  answers: Json;
  errors: readonly ResponseName[];
}>;

function operation({ body, parameters, answers, errors, ...texts }: Operation): Json {
  return {
    tags: ["Payment"],
    ...texts,
    parameters: parameters.map(parameter),
    ...(body && { requestBody: { required: true, content: content(body) } }),
    responses: { ...answers, ...Object.fromEntries(errors.map((name) => [name, response(name)])) },
  };
}

function json(description: string, schema: keyof typeof SCHEMAS): Json {
  return { description, content: content(schema) };
}

function content(schema: keyof typeof SCHEMAS): Json {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}

/** The contract's schemas by the name a reader of the document sees. */
const SCHEMAS = {
  NextAction: contract.NextActionSchema,
  Decline: contract.DeclineViewSchema,
  PaymentOption: contract.PaymentOptionSchema,
  DeclinedOption: contract.DeclinedOptionSchema,
  SavedMethod: contract.SavedMethodSchema,
  PaymentAttempt: contract.PaymentAttemptSchema,
  Order: contract.OrderSchema,
  CreateAttemptBody: contract.CreateAttemptBody,
  ConfirmAttemptBody: contract.ConfirmAttemptBody,
  PaymentOptionsResponse: contract.PaymentOptionsResponse,
  PaymentAttemptResponse: contract.PaymentAttemptResponse,
  SavedMethodsResponse: contract.SavedMethodsResponse,
  RemovedSavedMethodResponse: contract.RemovedSavedMethodResponse,
  ConfirmResponse: contract.ConfirmResponse,
  DeclinedResponse: contract.DeclinedResponse,
  ErrorResponse: contract.ErrorResponse,
} as const;

function schemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const generated = z.toJSONSchema(registry, {
    // No schema transforms; "input" leaves an answer open for fields that come later.
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(generated.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
