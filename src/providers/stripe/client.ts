import Stripe from "stripe";
import type { z } from "@medusajs/framework/zod";
import { OutcomeUnknown } from "../../gateway/errors";
import type { StripeOptions } from "./options";
import { gatewayErrorOf, isMissing } from "./refusals";
import { abortedBy, transport } from "./transport";

/** The SDK's own limit, above those of the callers, whose signal ends a call before. */
const LIMIT_MS = 60_000;

/**
 * One account at Stripe. The SDK's own retries are off: what is to be repeated, and under which key, is the journal's
 * decision, and a repeat hidden in here would outlive the caller's time. Its telemetry is off too.
 */
export class StripeClient {
  private readonly sdk: Stripe;

  constructor({ api_key, api_url }: Pick<StripeOptions, "api_key" | "api_url">) {
    this.sdk = new Stripe(api_key, {
      ...(api_url !== undefined && addressOf(api_url)),
      httpClient: transport,
      maxNetworkRetries: 0,
      telemetry: false,
      timeout: LIMIT_MS,
      appInfo: { name: "medusa-tender" },
    });
  }

  /**
   * Makes one call and parses its answer before anything in it is believed.
   * @throws GatewayError that says whether money can have moved
   */
  async call<T>(
    signal: AbortSignal,
    answer: z.ZodType<T>,
    work: (sdk: Stripe) => PromiseLike<unknown>,
  ): Promise<T> {
    try {
      return parsed(answer, await this.raw(signal, work));
    } catch (error) {
      throw gatewayErrorOf(error);
    }
  }

  /** {@link call}, or nothing for what Stripe does not have (any more). */
  async find<T>(
    signal: AbortSignal,
    answer: z.ZodType<T>,
    work: (sdk: Stripe) => PromiseLike<unknown>,
  ): Promise<T | undefined> {
    try {
      return parsed(answer, await this.raw(signal, work));
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw gatewayErrorOf(error);
    }
  }

  /** The same with the SDK's own errors, for calls whose refusal is an answer. */
  raw<T>(signal: AbortSignal, work: (sdk: Stripe) => PromiseLike<T>): Promise<T> {
    return abortedBy(signal, async () => work(this.sdk));
  }
}

/** @throws OutcomeUnknown naming the field that is not what it should be, never its value */
export function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) {
    const field = result.error.issues[0]?.path.join(".");
    throw new OutcomeUnknown(`Stripe's answer cannot be understood${field ? ` at "${field}"` : ""}.`);
  }
  return result.data;
}

function addressOf(api_url: string): { host: string; port: string; protocol: "http" | "https" } {
  const { hostname, port, protocol } = new URL(api_url);
  const secure = protocol === "https:";
  return {
    // Node's request takes an IPv6 address without the brackets a URL needs.
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port || (secure ? "443" : "80"),
    protocol: secure ? "https" : "http",
  };
}
