import type { IncomingMessage, ServerResponse } from "node:http";
import Stripe from "stripe";
import { Port } from "../../../src/providers/sandbox/bank/port";
import { Account, type AccountOptions } from "./account";
import { Clock } from "../shared/clock";
import { TestHand } from "./test-hand";
import { parameterContract } from "./contract/check";
import { errorAnswer, preflight, send } from "./http/answer";
import { Desk } from "./http/desk";
import { Faults } from "./http/faults";
import { isPage, shopperPage } from "./http/pages";
import { newId } from "./ids";
import { Webhooks } from "./webhooks";

export type { AccountOptions, RestrictedKey, SimulatedEvent, WebhookEndpoint } from "./account";
export { DECLINES } from "./cards/declines";
export { TEST_CARDS } from "./cards/test-cards";
export type { RequestRecord } from "./http/desk";
export { FAULT_PHASES, type FaultKind, type FaultRequest } from "./http/faults";
export type { OperationName } from "./http/routes";
export type { LedgerRow } from "./ledger";
export type { TestHand } from "./test-hand";
export type { Delivery } from "../shared/deliveries";
export { signatureHeader } from "./webhooks";

export type StripeSimulatorOptions = Readonly<{
  /** Each has its own keys, objects and webhooks. One with the key `sk_test_simulator` when left out. */
  accounts?: readonly AccountOptions[];
  /** Chosen by the system when left out. */
  port?: number;
}>;

export type StripeSimulator = Readonly<{
  host: string;
  port: number;
  url: string;
  /** What to give the SDK: `new Stripe(key, simulator.sdk)`. */
  sdk: Readonly<{
    host: string;
    port: number;
    protocol: "http";
    maxNetworkRetries: 0;
    telemetry: false;
  }>;
  /** The hand of a test inside Stripe: clock, faults, ledger, shoppers' and operators' deeds, webhooks. */
  api: TestHand;
  stop(): Promise<void>;
}>;

const HOST = "127.0.0.1";

/**
 * Starts a Stripe for tests on the loopback interface, with nothing in it. The first start after an update of the SDK
 * takes some seconds, in which the schemas of its parameters are made.
 */
export async function startStripeSimulator(options: StripeSimulatorOptions = {}): Promise<StripeSimulator> {
  const check = await parameterContract();
  const clock = new Clock();
  const faults = new Faults();
  const webhooks = new Webhooks(faults);
  const accounts = (options.accounts ?? [{ secret_key: "sk_test_simulator" }]).map((account_options) => {
    const account = new Account(
      account_options,
      clock,
      () => port.url,
      Stripe.API_VERSION,
      (of, event) => webhooks.announce(of, event),
    );
    webhooks.subscribe(account.id, account_options.webhook_endpoints ?? []);
    return account;
  });
  const desk = new Desk({ accounts, clock, faults, check, default_api_version: Stripe.API_VERSION });
  const swallowed = new Set<ServerResponse>();
  const port: Port = new Port(HOST, options.port ?? 0, (request, response) => {
    swallowed.add(response);
    response.once("close", () => swallowed.delete(response));
    if (request.method === "OPTIONS") {
      send(response, preflight, newId("req", 14));
      return;
    }
    void (isPage(new URL(request.url ?? "/", "http://simulator.invalid").pathname)
      ? servePage(accounts, request, response)
      : desk.receive(request, response));
  });
  await port.open();
  const { port: number } = new URL(port.url);
  const api = new TestHand({ accounts, clock, faults, webhooks, requests: desk.requests, port });
  return {
    host: HOST,
    port: Number(number),
    url: port.url,
    sdk: { host: HOST, port: Number(number), protocol: "http", maxNetworkRetries: 0, telemetry: false },
    api,
    stop: async () => {
      webhooks.stop();
      swallowed.forEach((response) => response.destroy());
      await port.close();
    },
  };
}

async function servePage(
  accounts: readonly Account[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request_id = newId("req", 14);
  try {
    send(response, await shopperPage(accounts, request), request_id);
  } catch (error) {
    send(response, errorAnswer(error), request_id);
  }
}
