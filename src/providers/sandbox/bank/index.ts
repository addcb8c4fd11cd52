import type { IncomingMessage, ServerResponse } from "node:http";
import { Clock } from "./clock";
import { control } from "./control-api";
import { Faults } from "./faults";
import { errorAnswer, pathOf, send, type Answer } from "./http";
import { Idempotency } from "./idempotency";
import { Ledger } from "./ledger";
import { MerchantDesk } from "./merchant-desk";
import { Operations } from "./operations";
import { shopperPage } from "./pages";
import { Port } from "./port";
import type { BankPayment } from "./records";
import { Refusal } from "./refusal";
import { Webhooks } from "./webhooks";

export type Merchant = Readonly<{
  /** The provider it stands behind, e.g. `pp_sandbox_a`. */
  provider: string;
  api_key: string;
  webhook_secret: string;
  /** News is posted here; none is sent when left out. */
  webhook_url?: string;
  /** Port of its own API; chosen by the system when left out. */
  port?: number;
}>;

export type BankOptions = Readonly<{
  merchants: readonly Merchant[];
  /** Port of the control API and the shopper's pages; chosen by the system when left out. */
  port?: number;
  host?: string;
  /** The journal; everything is forgotten at the end when left out. */
  ledger_file?: string;
  /** Unix ms; a test may bring a clock it controls. The control API moves the bank's own ahead of it. */
  now?: () => number;
}>;

export type Bank = Readonly<{
  /** Control API and shopper's pages. */
  url: string;
  /** Address of each provider's merchant API. */
  merchant_urls: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}>;

/** How often the bank looks for what the clock alone changes. */
const SWEEP_EVERY_MS = 250;

/**
 * Starts the sandbox bank: one port for its control API and pages, and one per merchant, so that a provider
 * can be made unreachable for real. Rejects when a port is taken or the ledger cannot be read.
 */
export async function startBank(options: BankOptions): Promise<Bank> {
  const { merchants, host = "127.0.0.1" } = options;
  const ledger = new Ledger(options.ledger_file);
  const clock = new Clock(options.now ?? Date.now, ledger);
  const { now } = clock;
  const faults = new Faults();
  const isShort = (provider: string): boolean => faults.take("amount", provider, "authorize") !== undefined;
  const operations = new Operations(ledger, now, isShort);
  const webhooks = new Webhooks(merchants, faults, ledger, clock);
  const settleDue = dueSettler(ledger, operations, now);
  const settleAll = (): void => ledger.agenda.dueBy(now()).forEach(settleDue);
  const challengeUrl = ({ challenge }: BankPayment): string | undefined =>
    challenge && `${main.url}/challenges/${challenge.id}`;

  const idempotency = new Idempotency(ledger, now);
  const shops = merchants.map((merchant) => {
    const deps = { ledger, operations, idempotency, now, settleDue, challengeUrl };
    const desk = new MerchantDesk(merchant, faults, deps);
    const port = new Port(
      host,
      merchant.port ?? 0,
      (request, response) => void desk.receive(request, response),
    );
    return { provider: merchant.provider, desk, port };
  });
  const applyFaults = oneAtATime(async () => {
    await Promise.all(
      shops.map(({ provider, port }) => (faults.refuses(provider) ? port.close() : port.open())),
    );
    if (faults.list().length === 0) {
      shops.forEach(({ desk }) => desk.releaseSwallowed());
    }
  });
  const books = { ledger, operations, now, settleDue, settleAll, challengeUrl };
  const hand = { ...books, clock, faults, merchants, applyFaults };
  const main: Port = new Port(
    host,
    options.port ?? 0,
    (request, response) => void answerMain(hand, request, response),
  );

  const sweep = setInterval(settleAll, SWEEP_EVERY_MS);
  const stop = async (): Promise<void> => {
    clearInterval(sweep);
    webhooks.stop();
    await Promise.all([main.close(), ...shops.map(({ port }) => port.close())]);
    ledger.close();
  };
  try {
    await Promise.all([main.open(), ...shops.map(({ port }) => port.open())]);
  } catch (error) {
    await stop();
    throw error;
  }
  webhooks.start();
  const merchant_urls = Object.fromEntries(shops.map(({ provider, port }) => [provider, port.url]));
  return { url: main.url, merchant_urls, stop };
}

/** Makes everything that is due by the clock happen to one payment; unknown references are left alone. */
function dueSettler(ledger: Ledger, operations: Operations, now: () => number): (reference: string) => void {
  const settle = (reference: string): void => {
    const payment = ledger.payments.get(reference);
    const changes = payment && ledger.agenda.isDue(reference, now()) ? operations.due(payment) : [];
    if (changes.length > 0) {
      ledger.commit(changes, now());
      settle(reference);
    }
  };
  return settle;
}

/** A port must not be opened and closed at the same time. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(run, run);
    return last;
  };
}

async function answerMain(
  deps: Parameters<typeof control>[0],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await routeMain(deps, request));
  } catch (error) {
    if (!response.headersSent && !response.destroyed) {
      send(response, errorAnswer(error));
    }
  }
}

function routeMain(deps: Parameters<typeof control>[0], request: IncomingMessage): Promise<Answer> {
  switch (pathOf(request)[0]) {
    case "control":
      return control(deps, request);
    case "challenges":
      return shopperPage(deps, request);
    default:
      throw new Refusal(404, "route_unknown", "There is no such page.");
  }
}
