import { randomUUID } from "node:crypto";
import { money } from "../../../gateway/money";
import type { CallContext, ConfirmPaymentInput } from "../../../gateway/payment-gateway";
import type { Outcome } from "../../../gateway/outcomes";
import { startBank, type Bank, type BankOptions } from "../bank";
import { SandboxGateway } from "../gateway";
import { parseOptions } from "../options";

export const API_KEY = "sk_sandbox_for_tests_a";
export const WEBHOOK_SECRET = "whsec_for_tests_a";
export const PROVIDER = "pp_sandbox_a";

type Control = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

export type TestBank = Bank & Readonly<{ gateway: SandboxGateway; control: Control }>;

/** A test that fails half-way must not leave a bank behind that keeps jest from ending. */
const open_banks = new Set<Bank>();
afterAll(() => Promise.all([...open_banks].map((bank) => bank.stop())));

/** A real bank on a real port, with one merchant unless told otherwise, and the gateway that talks to it. */
export async function openBank(
  options: Partial<BankOptions> = {},
  gateway_options: Record<string, unknown> = {},
): Promise<TestBank> {
  const merchant = { provider: PROVIDER, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET };
  const bank = await startBank({ merchants: [merchant], ...options });
  return {
    ...bank,
    gateway: gatewayAt(bank.merchant_urls[PROVIDER] ?? "", gateway_options),
    control: controlOf(bank),
  };
}

export function gatewayAt(bank_url: string, options: Record<string, unknown> = {}): SandboxGateway {
  return new SandboxGateway(
    parseOptions({ bank_url, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET, ...options }),
  );
}

export function controlOf(bank: Bank): Control {
  return async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${bank.url}/control/${path}`, init);
    return { status: response.status, body: await response.json() };
  };
}

/** A new call with time enough unless told otherwise. */
export function call(timeout_ms = 5000, idempotency_key: string = randomUUID()): CallContext {
  return { idempotency_key, signal: AbortSignal.timeout(timeout_ms) };
}

export function card(number: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { card: { number, exp_month: 12, exp_year: new Date().getUTCFullYear() + 3, cvc: "123", ...more } };
}

export const TEN_EUROS = money(1000n, "EUR");

type New = Partial<Parameters<SandboxGateway["createPayment"]>[0]>;

/** Makes a payment of 10.00 EUR by card unless told otherwise; returns its reference. */
export async function created(gateway: SandboxGateway, input: New = {}): Promise<string> {
  const base = { method: "card", amount: TEN_EUROS, attempt_id: "attempt_1", data: undefined };
  return (await gateway.createPayment({ ...base, ...input }, call())).snapshot.reference;
}

export function confirmed(
  gateway: SandboxGateway,
  reference: string,
  data: unknown,
  input: Partial<ConfirmPaymentInput> = {},
  context: CallContext = call(),
): Promise<Outcome> {
  return gateway.confirmPayment(reference, { method: "card", amount: TEN_EUROS, data, ...input }, context);
}

/** A payment of 10.00 EUR that is authorized; returns its reference. */
export async function authorized(gateway: SandboxGateway, number = "4242424242424242"): Promise<string> {
  const reference = await created(gateway);
  await confirmed(gateway, reference, card(number));
  return reference;
}

/** What a promise was rejected with; fails when it was not. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => new Error("The call was expected to fail and did not."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) {
    throw new Error("Something that is no Error was thrown.");
  }
  return error;
}

/** Waits until `read` gives something; fails after 5 s unless told otherwise. */
export async function eventually<T>(
  read: () => T | undefined | Promise<T | undefined>,
  within_ms = 5000,
): Promise<T> {
  const give_up_at = Date.now() + within_ms;
  for (;;) {
    const value = await read();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > give_up_at) {
      throw new Error(`It did not happen within ${within_ms} ms.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
