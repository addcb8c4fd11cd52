import type { Link } from "./contract/types";

/** Why a request is refused, as PayPal's error body has it. */
export type Detail = Readonly<{
  issue: string;
  /** Filled in from PayPal's specification when left out. */
  description?: string;
  /** A JSON pointer into the body, or a parameter's name. */
  field?: string;
  value?: string;
  location?: "body" | "path" | "query" | "header";
}>;

/**
 * A refusal by its issue. Which HTTP status and which words come with an issue, the specification says for each
 * operation; see `http/error-answer.ts`.
 */
export class PaypalRefusal extends Error {
  constructor(
    readonly details: readonly Detail[],
    readonly links: readonly Link[] = [],
    /** For what has no issue. */
    readonly status?: number,
  ) {
    super(details.map(({ issue, field }) => (field ? `${issue} at ${field}` : issue)).join(", "));
    this.name = "PaypalRefusal";
  }
}

/** Refuses for one reason. @param where field and value, for what stands in the body */
export function refuse(
  issue: string,
  where: Omit<Detail, "issue"> = {},
  links: readonly Link[] = [],
): PaypalRefusal {
  const location = where.field === undefined ? {} : { location: "body" as const };
  return new PaypalRefusal([{ issue, ...location, ...where }], links);
}

/** The resource is unknown. PayPal's 404. */
export function unknownResource(): PaypalRefusal {
  return refuse("INVALID_RESOURCE_ID");
}

/** What `POST /v1/oauth2/token` and a bad token are answered with (RFC 6749, RFC 6750). */
export class OauthRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly description: string,
  ) {
    super(description);
    this.name = "OauthRefusal";
  }
}
