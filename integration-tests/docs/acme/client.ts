import { z } from "@medusajs/framework/zod";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  OutcomeUnknown,
  type PaymentSnapshot,
} from "../../../src/gateway";
import { declineOf } from "./declines";
import type { AcmeOptions } from "./options";

/** The service's answer, parsed before anything is believed. Amounts are strings of minor units. */
const Minor = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
const Answer = z.object({
  id: z.string().min(1),
  state: z.enum(["requires_confirmation", "authorized", "captured", "canceled"]),
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount: Minor,
  authorized: Minor,
  captured: Minor,
  refunded: Minor,
  decline_code: z.string().nullable(),
});

type Call = Readonly<{
  method: "GET" | "POST";
  path: string;
  body?: object;
  key?: string;
  signal: AbortSignal;
}>;

/** Before the connection stands, nothing of the request can have arrived. */
const NEVER_SENT: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

/** One call to the service. Throws the error that says whether money can have moved. */
export async function send({ api_url, api_key }: AcmeOptions, call: Call): Promise<PaymentSnapshot> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${api_url}${call.path}`, {
      method: call.method,
      signal: call.signal,
      redirect: "error",
      headers: {
        authorization: `Bearer ${api_key}`,
        "content-type": "application/json",
        ...(call.key !== undefined && { "idempotency-key": call.key }),
      },
      ...(call.body && { body: JSON.stringify(call.body) }),
    });
    status = response.status;
    text = await response.text();
  } catch (cause) {
    throw NEVER_SENT.includes(codeOf(cause))
      ? new GatewayUnavailable("Acme cannot be reached.", { cause })
      : new OutcomeUnknown("Acme's answer was lost.", { cause });
  }
  if (status === 401 || status === 403) throw new GatewayMisconfigured("Acme does not accept the API key.");
  if (status === 429) throw new GatewayUnavailable("Acme takes no more requests for now.");
  // A 402 is a payment that was declined; it is read like any other.
  if (status !== 402 && (status < 200 || status > 299)) throw new OutcomeUnknown(`Acme answered ${status}.`);
  return snapshotOf(text);
}

function snapshotOf(text: string): PaymentSnapshot {
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) throw new OutcomeUnknown("Acme's answer cannot be understood.");
  const { id, state, currency, decline_code, ...amounts } = parsed.data;
  const money = (amount_minor: bigint) => ({ amount_minor, currency });
  return {
    reference: id,
    status: state,
    amount: money(amounts.amount),
    authorized: money(amounts.authorized),
    captured: money(amounts.captured),
    refunded: money(amounts.refunded),
    ...(decline_code !== null && { decline: declineOf(decline_code) }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` hides the system's code in the cause of its error. */
function codeOf(error: unknown): unknown {
  const cause = memberOf(error, "cause");
  return memberOf(cause, "code");
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
