import type { z } from "@medusajs/framework/zod";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  OutcomeUndecided,
  OutcomeUnknown,
  type GatewayError,
} from "../../gateway/errors";
import { ServiceConnection } from "../../gateway/service-connection";
import { RefusalAnswer } from "./answers";

const connection = new ServiceConnection("The sandbox bank");

type Call<T> = Readonly<{
  method: "GET" | "POST" | "DELETE";
  /** Parts of the path; encoded here. */
  path: readonly string[];
  body?: Readonly<Record<string, unknown>>;
  idempotency_key?: string;
  signal: AbortSignal;
  answer: z.ZodType<T>;
}>;

type Received = Readonly<{ status: number; text: string }>;

/** What a refused request means. All of them say that this request moved nothing. */
const REFUSALS: Readonly<Record<string, new (message: string) => GatewayError>> = {
  instrument_required: InvalidPaymentData,
  instrument_not_for_method: InvalidPaymentData,
  token_unknown: InvalidPaymentData,
  saved_method_unknown: InvalidPaymentData,
  amount_exceeds_authorized: InvalidPaymentData,
  amount_exceeds_captured: InvalidPaymentData,
  payment_disputed: InvalidPaymentData,
  amount_mismatch: InvalidPaymentData,
  currency_mismatch: InvalidPaymentData,
  wrong_state: InvalidPaymentData,
  payment_unknown: GatewayMisconfigured,
  customer_unknown: GatewayMisconfigured,
  route_unknown: GatewayMisconfigured,
  invalid_request: GatewayMisconfigured,
  body_too_large: GatewayMisconfigured,
  idempotency_key_required: GatewayMisconfigured,
};

/** Talks to the bank. */
export class BankClient {
  constructor(private readonly options: Readonly<{ bank_url: string; api_key: string }>) {}

  /**
   * @returns the parsed answer of a 2xx, or of a 402, which is a payment that was declined
   * @throws GatewayUnavailable, OutcomeUnknown, GatewayMisconfigured or InvalidPaymentData
   */
  async send<T>(call: Call<T>): Promise<T> {
    const { status, text } = await exchange(this.options, call);
    if ((status >= 200 && status < 300) || status === 402) {
      return parsed(call.answer, text);
    }
    throw refusalOf(status, text);
  }
}

async function exchange(
  { bank_url, api_key }: Readonly<{ bank_url: string; api_key: string }>,
  call: Call<unknown>,
): Promise<Received> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body, digits);
  const response = await connection.send({
    url: new URL(`${bank_url.replace(/\/+$/, "")}/${call.path.map(encodeURIComponent).join("/")}`),
    method: call.method,
    headers: {
      accept: "application/json",
      authorization: `Bearer ${api_key}`,
      ...(call.idempotency_key !== undefined && { "idempotency-key": call.idempotency_key }),
      ...(body !== undefined && {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      }),
    },
    body,
    signal: call.signal,
  });
  return { status: response.statusCode ?? 0, text: await connection.read(response) };
}

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  const result = schema.safeParse(jsonOf(text));
  if (!result.success) {
    const field = result.error.issues[0]?.path.join(".");
    throw new OutcomeUnknown(
      `The sandbox bank's answer cannot be understood${field ? ` at "${field}"` : ""}.`,
    );
  }
  return result.data;
}

function refusalOf(status: number, text: string): GatewayError {
  if (status === 401 || status === 403) {
    return new GatewayMisconfigured(
      "The sandbox bank does not accept the API key. Check the option api_key.",
    );
  }
  if (status === 429) {
    return new GatewayUnavailable("The sandbox bank takes no more requests for now (429).");
  }
  const refusal = RefusalAnswer.safeParse(jsonOf(text));
  if (status >= 400 && status < 500 && refusal.success) {
    const { code, message } = refusal.data.error;
    const Known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
    return Known
      ? new Known(`The sandbox bank refused: ${message} (${code})`)
      : new OutcomeUndecided(`The sandbox bank answered ${status}: ${message} (${code})`);
  }
  return new OutcomeUnknown(`The sandbox bank answered ${status}.`);
}

/** `undefined` for what is not JSON, which no schema accepts. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function digits(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
