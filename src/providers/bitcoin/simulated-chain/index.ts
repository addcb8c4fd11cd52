import type { Transaction } from "bitcoinjs-lib";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { controlRoutes } from "./control-api";
import { esploraRoutes } from "./esplora-api";
import { answerOf, askedBy, json, send, type Route } from "./http";
import { Journal } from "./journal";
import { Miner } from "./miner";
import { Refusal } from "./refusal";
import { walletRoutes } from "./wallet-page";

export type SimulatedChainOptions = Readonly<{
  /** Chosen by the system when left out. */
  port?: number;
  /** Keeps the chain between two starts; it is forgotten when left out. */
  journal_file?: string;
  /** From a payment to its block, and from there to the next; 10 s when left out. */
  block_interval_ms?: number;
  /** As many confirmations a payment gets by itself; 6 when left out. */
  confirmations?: number;
  /** Unix ms. */
  now?: () => number;
}>;

export type SimulatedChain = Readonly<{
  url: string;
  /** For the option `esplora_url` of a gateway. */
  esplora_url: string;
  /** Its page for shoppers: `?address=…&amount=…` is added. */
  wallet_url: string;
  stop(): Promise<void>;
}>;

/** As deep as the longest of the default policy. */
const CONFIRMATIONS = 6;
const BLOCK_INTERVAL_MS = 10_000;
const HOST = "127.0.0.1";

/**
 * Starts a chain without work and signatures, for demos: Esplora's API under `/api`, the demo wallet's page under
 * `/wallet`, and the hand behind it all under `/demo`. Only this machine reaches it.
 *
 * @throws Error when the port is taken or the journal cannot be read
 */
export async function startSimulatedChain(options: SimulatedChainOptions = {}): Promise<SimulatedChain> {
  const journal = new Journal(options.journal_file);
  const miner = new Miner(journal, {
    block_interval_ms: options.block_interval_ms ?? BLOCK_INTERVAL_MS,
    confirmations: options.confirmations ?? CONFIRMATIONS,
    now: options.now ?? Date.now,
  });
  const { state } = journal;
  const take = (transaction: Transaction): string => {
    journal.addTransaction(transaction);
    miner.expectBlocks();
    return transaction.getId();
  };
  const routes = [
    ...esploraRoutes({ state, take }),
    ...controlRoutes({ state, miner, take }),
    ...walletRoutes({ state, take }),
  ];
  const server = createServer((request, response) => void respond(routes, request, response));
  const stop = async (): Promise<void> => {
    miner.stop();
    await close(server);
    journal.close();
  };
  try {
    await listen(server, options.port ?? 0);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  return { url, esplora_url: `${url}/api`, wallet_url: `${url}/wallet`, stop };
}

async function respond(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await answerOf(routes, askedBy(request)));
  } catch (error) {
    const [status, message] =
      error instanceof Refusal
        ? [error.status, error.message]
        : [500, "Something broke inside the simulation."];
    if (!response.headersSent && !response.destroyed) {
      send(response, json({ error: { message } }, status));
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
