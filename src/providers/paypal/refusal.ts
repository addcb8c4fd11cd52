import { ApiError } from "@paypal/paypal-server-sdk";
import { z } from "@medusajs/framework/zod";

/** What PayPal says of a request it did not carry out (docs: "API responses", error object), in its own names. */
const Body = z.object({
  name: z.string().optional(),
  /** Of the token's address, which answers as OAuth 2.0 does. */
  error: z.string().optional(),
  debug_id: z.string().optional(),
  details: z.array(z.object({ issue: z.string().optional(), field: z.string().optional() })).optional(),
  links: z.array(z.object({ href: z.string(), rel: z.string().optional() })).optional(),
});

/** A word of PayPal's own that is safe to repeat in messages. */
const CODE = /^[A-Za-z0-9_.-]{1,80}$/;
const NO_CODE = "no_code";
const FIELD = /^[A-Za-z0-9_/.@='[\]-]{1,120}$/;

/**
 * PayPal answered that it did not do it. Stays within this folder: it becomes an outcome or an error of the contract.
 * Holds PayPal's codes only, never what was sent.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  private constructor(
    readonly status: number,
    /** What is wrong, e.g. `INSTRUMENT_DECLINED`; the error's name where PayPal gives no issue. */
    readonly code: string,
    readonly field: string | undefined,
    readonly debug_id: string | undefined,
    readonly links: readonly Readonly<{ href: string; rel?: string }>[],
  ) {
    super(code);
  }

  /** @param error what the SDK threw; undefined when that is no answer of PayPal's */
  static in(error: unknown): Refusal | undefined {
    if (!(error instanceof ApiError)) {
      return undefined;
    }
    const parsed = Body.safeParse(jsonOf(error.body));
    const { name, error: oauth, debug_id, details, links } = parsed.success ? parsed.data : {};
    const [first] = details ?? [];
    return new Refusal(
      error.statusCode,
      [first?.issue, name, oauth].find((code) => code !== undefined && CODE.test(code)) ?? NO_CODE,
      first?.field !== undefined && FIELD.test(first.field) ? first.field : undefined,
      debug_id !== undefined && CODE.test(debug_id) ? debug_id : undefined,
      links ?? [],
    );
  }

  /** PayPal's own words and no failure of its servers, nor a page of something in between. */
  get is_understood(): boolean {
    return this.status < 500 && this.code !== NO_CODE;
  }

  /** ` (INSTRUMENT_DECLINED, debug id 0e66ef35b0d61)`, for messages. */
  get details(): string {
    const known = [
      this.code,
      this.field && `field ${this.field}`,
      this.debug_id && `debug id ${this.debug_id}`,
    ];
    return ` (${known.filter(Boolean).join(", ")})`;
  }

  /** Where PayPal's page for this is. */
  link(rel: string): string | undefined {
    return this.links.find((link) => link.rel === rel)?.href;
  }
}

function jsonOf(body: unknown): unknown {
  if (typeof body !== "string") {
    return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // A proxy's page, for example: the status says all there is.
  }
}
