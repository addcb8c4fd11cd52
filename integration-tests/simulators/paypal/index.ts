import type { ServerResponse } from "node:http";
import { Port } from "../../../src/providers/sandbox/bank/port";
import { Clock } from "../shared/clock";
import { Account, type AccountOptions } from "./account";
import { compile } from "./contract/check";
import { Desk } from "./http/desk";
import { Faults } from "./http/faults";
import { receive } from "./http/front";
import { ROUTES } from "./http/routes";
import type { Route } from "./http/route";
import { Tokens } from "./http/tokens";
import { sdkOptions, type SdkOptions } from "./sdk-options";
import { TestHand } from "./test-hand";
import { openNotary } from "./webhooks/notary";
import { Webhooks } from "./webhooks/webhooks";

export type { Delivery } from "../shared/deliveries";
export type { AccountOptions, WebhookEndpoint } from "./account";
export { REJECTION_TRIGGERS } from "./cards/rejections";
export { TEST_CARDS } from "./cards/test-cards";
export type { EventType, SimulatedEvent } from "./events";
export type { RequestRecord } from "./http/desk";
export { FAULT_PHASES, type FaultKind, type FaultRequest } from "./http/faults";
export type { OperationName } from "./http/routes";
export type { LedgerRow } from "./ledger";
export type { Funding } from "./records";
export type { TestHand } from "./test-hand";

export type PaypalSimulatorOptions = Readonly<{
  /** Each has its own app, resources and webhooks. One with `simulator-client` and `simulator-secret` when left out. */
  accounts?: readonly AccountOptions[];
  /** Chosen by the system when left out. */
  port?: number;
}>;

export type PaypalSimulator = Readonly<{
  url: string;
  /** What to give the SDK: `new Client({ clientCredentialsAuthCredentials, ...simulator.sdk })`. */
  sdk: SdkOptions;
  /** The root of the certificates that webhooks are signed with, PEM: what a shop must trust to check them itself. */
  root_certificate: string;
  /** The hand of a test inside PayPal: clock, faults, ledger, payers' and operators' deeds, webhooks. */
  api: TestHand;
  stop(): Promise<void>;
}>;

const HOST = "127.0.0.1";

const DEFAULT_ACCOUNT: AccountOptions = { client_id: "simulator-client", client_secret: "simulator-secret" };

/** Starts a PayPal for tests on the loopback interface, with nothing in it. */
export async function startPaypalSimulator(options: PaypalSimulatorOptions = {}): Promise<PaypalSimulator> {
  prepareContract();
  const clock = new Clock();
  const faults = new Faults();
  const notary = await openNotary(() => port.url);
  const webhooks = new Webhooks(faults, notary);
  const accounts = (options.accounts ?? [DEFAULT_ACCOUNT]).map((account_options) => {
    const account = new Account(account_options, clock, () => port.url, webhooks);
    webhooks.subscribe(account.id, account_options.webhooks ?? []);
    return account;
  });
  const tokens = new Tokens(accounts, clock);
  const desk = new Desk({ accounts, clock, faults, tokens });
  const open = new Set<ServerResponse>();
  const port: Port = new Port(HOST, options.port ?? 0, (request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    void receive({ accounts, desk, tokens, notary }, request, response);
  });
  await port.open();
  return {
    url: port.url,
    sdk: sdkOptions(() => port.url),
    api: new TestHand({ accounts, clock, faults, tokens, webhooks, port, requests: desk.requests }),
    root_certificate: notary.root,
    stop: async () => {
      webhooks.stop();
      // What a black hole swallowed is never answered.
      open.forEach((response) => response.destroy());
      await port.close();
    },
  };
}

/** Before the first request: on a busy machine compiling outlasts the time a gateway gives PayPal to answer. */
function prepareContract(): void {
  for (const { published } of Object.values<Route>(ROUTES)) {
    for (const schema of [published?.request, ...(published?.responses ?? new Map()).values()]) {
      if (published && schema) {
        compile(published.specification, schema);
      }
    }
  }
}
