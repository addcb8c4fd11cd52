import { STATUS_OF_PROBLEM } from "./problem-status";

const error = (description: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  description,
  ...rest,
  content: { "application/json": { schema: { $ref: "#/components/schemas/ErrorResponse" } } },
});

/** The errors every operation may answer, by HTTP status, each in Medusa's error shape. */
export const RESPONSES = {
  "400": error(
    "The request is malformed: a field is missing, unknown or not valid, or the publishable API key is missing or not valid.",
  ),
  "401": {
    description: "Nobody is logged in.",
    content: {
      "application/json": {
        schema: { type: "object", required: ["message"], properties: { message: { type: "string" } } },
      },
    },
  },
  "404": error("The cart, the option or the attempt is not known."),
  "409": error(
    `Cannot be done as things stand: \`code\` is one of ${codesOf(409)}. With \`cart_total_changed\`, ` +
      "`payment_attempt` is a fresh attempt for the new total, ready to be confirmed.",
  ),
  "413": error("The body is larger than 16 kB."),
  "429": error(
    `Too much in a short time: \`code\` is one of ${codesOf(429)}, \`too_many_requests\`. ` +
      "Nothing was charged and the cart is kept. `message` says why and when to try again. A cart that used up its " +
      "attempts stays so: `Retry-After` is missing then.",
    {
      headers: {
        "Retry-After": {
          description: "Seconds after which to try again.",
          required: false,
          schema: { type: "integer", minimum: 0 },
        },
      },
    },
  ),
  "503": error(
    `No provider of this method can be reached (\`code\` is ${codesOf(503)}). Nothing was charged; another option may do.`,
  ),
} as const;

export type ResponseName = keyof typeof RESPONSES;

/** A reference to one of the {@link RESPONSES}. */
export function response(name: ResponseName) {
  return { $ref: `#/components/responses/${name}` };
}

function codesOf(status: number): string {
  return Object.entries(STATUS_OF_PROBLEM)
    .filter(([, problem]) => problem.status === status)
    .map(([code]) => `\`${code}\``)
    .join(", ");
}
