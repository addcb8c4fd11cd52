import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "@medusajs/framework/zod";
import type { Books } from "./books";
import { ACTIONS, type BankAccount, type Merchant, type Service, type Treatment } from "./service";

type Bank = Readonly<{
  service: Service<Merchant>;
  accounts: ReadonlyMap<string, BankAccount>;
  books: Books;
}>;
type Request = Readonly<{ bank: Bank; query: URLSearchParams; ids: readonly string[]; body: unknown }>;
type Route = (request: Request) => unknown;

const FaultSchema = z.object({
  provider: z.string(),
  fault: z.string(),
  operation: z.string(),
  value_ms: z.number().int().min(0).optional(),
  times: z.number().int().min(1).optional(),
});
const ActSchema = z.object({ amount_minor: z.number().int().positive().optional() });
const WebhookSchema = z.object({
  provider: z.string(),
  type: z.string(),
  event_id: z.string(),
  reference: z.string().optional(),
  times: z.number().int().min(1).max(100).default(1),
});

const ACT_ROUTES: Readonly<Record<string, Route>> = Object.fromEntries(
  ACTIONS.map((action) => [`POST payments : ${action}`, (request: Request) => act(request, action)]),
);

/** What can be asked, by method and path; a `:` stands for an id. As the sandbox bank's control API. */
const ROUTES: Readonly<Record<string, Route>> = {
  "GET ledger": ({ bank, query }) => bank.books.since(Number(query.get("since") ?? 0)),
  "GET faults": ({ bank }) => ({ faults: faultsOf(bank) }),
  "POST faults": ({ bank, body }) => addFault(bank, body),
  "DELETE faults": ({ bank }) => clearFaults(bank),
  "GET webhooks": ({ bank }) => ({ webhooks: waitingNews(bank) }),
  "POST webhooks send": (request) => sendWebhook(request, "genuine"),
  "POST webhooks forge": (request) => sendWebhook(request, "forged"),
  "POST webhooks alter": (request) => sendWebhook(request, "altered"),
  ...ACT_ROUTES,
};

/** The runner's hand inside the bank, on the loopback interface. @returns its address */
export async function serveControl(bank: Bank): Promise<string> {
  const server = createServer((request, response) => void answer(bank, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answer(bank: Bank, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await carryOut(bank, request);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function carryOut(
  bank: Bank,
  request: IncomingMessage,
): Promise<Readonly<{ status: number; body: unknown }>> {
  try {
    const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://control.invalid");
    const [, , subject = "", ...rest] = pathname.split("/");
    const ids = subject === "payments" ? rest.slice(0, 1) : [];
    const words = subject === "payments" ? [":", ...rest.slice(1)] : rest;
    const route = ROUTES[[request.method, subject, ...words].join(" ")];
    if (!route) {
      return { status: 404, body: { message: `There is no ${request.method} ${pathname}.` } };
    }
    return { status: 200, body: await route({ bank, query, ids, body: await readJson(request) }) };
  } catch (error) {
    const message = error instanceof Error ? error.stack : String(error);
    return bank.service.refusalOf(error) ?? { status: 500, body: { message } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function faultsOf({ accounts }: Bank): readonly unknown[] {
  return [...accounts].flatMap(([provider, { hand }]) =>
    hand.faults().map((fault) => ({ ...fault, provider })),
  );
}

/** @throws Error for a fault or an operation that the service does not know */
async function addFault(bank: Bank, body: unknown): Promise<unknown> {
  const { provider, ...fault } = FaultSchema.parse(body);
  const { fault_kinds, operations } = bank.service;
  if (!fault_kinds.includes(fault.fault) || ![...operations, "*"].includes(fault.operation)) {
    throw new Error(`There is no fault ${fault.fault} of ${fault.operation}.`);
  }
  await accountOf(bank, provider).hand.fault(fault);
  return { fault };
}

async function clearFaults({ accounts }: Bank): Promise<unknown> {
  await Promise.all([...accounts.values()].map(({ hand }) => hand.clearFaults()));
  return { faults: [] };
}

function waitingNews({ accounts }: Bank): readonly unknown[] {
  return [...accounts].flatMap(([provider, { hand }]) =>
    Array.from({ length: hand.deliveriesWaiting() }, () => ({ provider, state: "waiting" })),
  );
}

async function sendWebhook({ bank, body }: Request, treatment: Treatment): Promise<unknown> {
  const { provider, ...webhook } = WebhookSchema.parse(body);
  const statuses = await accountOf(bank, provider).sendWebhook(webhook, treatment);
  return { event_id: webhook.event_id, statuses, status: statuses[0] };
}

/** Something that is done to one payment, in the dashboard or by the payer at their own bank. */
function act(
  { bank, ids: [reference = ""], body }: Request,
  action: (typeof ACTIONS)[number],
): Readonly<{ reference: string }> {
  const { amount_minor } = ActSchema.parse(body);
  accountOf(bank, bank.books.providerOf(reference)).acts[action](reference, amount_minor);
  return { reference };
}

/** @throws Error for a provider that has no account here */
function accountOf({ accounts }: Bank, provider: string): BankAccount {
  const account = accounts.get(provider);
  if (!account) {
    throw new Error(`There is no account of ${provider}.`);
  }
  return account;
}
