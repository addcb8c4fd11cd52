import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { z } from "@medusajs/framework/zod";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  OutcomeUnknown,
  type GatewayError,
} from "../../gateway/errors";
import { RefusalAnswer } from "./answers";

/** Longest answer that is read, in bytes. */
const ANSWER_LIMIT_BYTES = 1024 * 1024;

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

/**
 * Talks to the bank and tells apart what must be told apart: what was certainly never sent, and what may have
 * been carried out. Every call has a connection of its own: on a reused one, a close by the idle server looks
 * exactly like a lost answer.
 */
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

function exchange(
  { bank_url, api_key }: Readonly<{ bank_url: string; api_key: string }>,
  call: Call<unknown>,
) {
  const url = new URL(`${bank_url.replace(/\/+$/, "")}/${call.path.map(encodeURIComponent).join("/")}`);
  const secure = url.protocol === "https:";
  const body = call.body === undefined ? undefined : JSON.stringify(call.body, digits);
  return new Promise<Received>((resolve, reject) => {
    let connected = false;
    const request = (secure ? requestHttps : requestHttp)(url, {
      method: call.method,
      agent: false,
      signal: call.signal,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${api_key}`,
        ...(call.idempotency_key !== undefined && { "idempotency-key": call.idempotency_key }),
        ...(body !== undefined && {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        }),
      },
    });
    // The request leaves with the connection's last handshake; before that nothing of it can have arrived.
    request.once("socket", (socket) =>
      socket.once(secure ? "secureConnect" : "connect", () => {
        connected = true;
      }),
    );
    request.once("error", (error) => reject(connected ? lostAnswer(error) : neverSent(error)));
    request.once("response", (response) => {
      readAnswer(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, text }),
        (error: unknown) => reject(lostAnswer(error)),
      );
    });
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ANSWER_LIMIT_BYTES) {
      response.destroy();
      throw new Error("The answer is too long.");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
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
      : new OutcomeUnknown(`The sandbox bank answered ${status}: ${message} (${code})`);
  }
  return new OutcomeUnknown(`The sandbox bank answered ${status}.`);
}

function neverSent(cause: Error): GatewayUnavailable {
  return new GatewayUnavailable(`The sandbox bank cannot be reached (${reasonOf(cause)}).`, { cause });
}

function lostAnswer(cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(`The sandbox bank's answer was lost (${reasonOf(cause)}).`, { cause });
}

/** The system's code for what went wrong, e.g. `ECONNREFUSED`; its message may quote an address. */
function reasonOf(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no code given";
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
