import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "@medusajs/framework/zod";
import {
  FAULT_PHASES,
  type FaultKind,
  type OperationName,
  type StripeSimulator,
} from "../../../simulators/stripe";
import { StripeRefusal } from "../../../simulators/stripe/errors";
import { ROUTES as OPERATIONS } from "../../../simulators/stripe/http/routes";
import type { Books } from "./books";

type Bank = Readonly<{ simulators: ReadonlyMap<string, StripeSimulator>; books: Books }>;
type Request = Readonly<{ bank: Bank; query: URLSearchParams; ids: readonly string[]; body: unknown }>;

const KINDS = Object.keys(FAULT_PHASES) as [FaultKind, ...FaultKind[]];
const OPERATION_NAMES = Object.keys(OPERATIONS) as [OperationName, ...OperationName[]];

const FaultSchema = z.object({
  provider: z.string(),
  fault: z.enum(KINDS),
  operation: z.enum([...OPERATION_NAMES, "*"]),
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

/** What can be asked, by method and path; a `:` stands for an id. As the sandbox bank's control API. */
const ROUTES: Readonly<Record<string, (request: Request) => unknown>> = {
  "GET ledger": ({ bank, query }) => bank.books.since(Number(query.get("since") ?? 0)),
  "GET faults": ({ bank }) => ({ faults: faultsOf(bank) }),
  "POST faults": ({ bank, body }) => addFault(bank, body),
  "DELETE faults": ({ bank }) => clearFaults(bank),
  "GET webhooks": ({ bank }) => ({ webhooks: waitingNews(bank) }),
  "POST webhooks send": (request) => sendWebhook(request, false),
  "POST webhooks forge": (request) => sendWebhook(request, true),
  "POST payments : capture": (request) =>
    at(request, ({ dashboard }, id, amount) => dashboard.capture(id, amount)),
  "POST payments : refund": (request) =>
    at(request, ({ dashboard }, id, amount) => void dashboard.refund(id, amount)),
  "POST payments : cancel": (request) => at(request, ({ dashboard }, id) => dashboard.cancel(id)),
  "POST payments : dispute": (request) =>
    at(request, (api, id, amount) => void api.openDispute(id, amount === undefined ? {} : { amount })),
  "POST payments : approve": (request) => at(request, (api, id) => api.decide(id, "approve")),
  "POST payments : decline": (request) => at(request, (api, id) => api.decide(id, "fail")),
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
    if (error instanceof StripeRefusal) {
      return { status: error.status, body: error.body };
    }
    return { status: 500, body: { message: error instanceof Error ? error.stack : String(error) } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function faultsOf({ simulators }: Bank): readonly unknown[] {
  return [...simulators].flatMap(([provider, { api }]) =>
    api.faults().map((fault) => ({ ...fault, provider })),
  );
}

async function addFault(bank: Bank, body: unknown): Promise<unknown> {
  const { provider, ...fault } = FaultSchema.parse(body);
  await apiOf(bank, provider).fault(fault);
  return { fault };
}

async function clearFaults({ simulators }: Bank): Promise<unknown> {
  await Promise.all([...simulators.values()].map(({ api }) => api.clearFaults()));
  return { faults: [] };
}

function waitingNews({ simulators }: Bank): readonly unknown[] {
  return [...simulators].flatMap(([provider, { api }]) =>
    Array.from({ length: api.deliveriesWaiting() }, () => ({ provider, state: "waiting" })),
  );
}

/** Which object an event of each type is about; a payment intent where it says so itself. */
const ABOUT: Readonly<Record<string, string>> = {
  "charge.refunded": "charge",
  "charge.dispute.created": "dispute",
};

async function sendWebhook({ bank, body }: Request, forged: boolean): Promise<unknown> {
  const { provider, type, event_id, reference, times } = WebhookSchema.parse(body);
  const api = apiOf(bank, provider);
  const object = ABOUT[type]
    ? { object: ABOUT[type], payment_intent: reference }
    : reference === undefined
      ? { object: "payment_intent" }
      : api.paymentIntent(reference);
  const statuses = await api.sendMade({ id: event_id, type, object }, { times, forged });
  return { event_id, statuses, status: statuses[0] };
}

/** Something that is done to one payment, in the dashboard or by the payer at their own bank. */
function at(
  { bank, ids: [reference = ""], body }: Request,
  act: (api: StripeSimulator["api"], reference: string, amount: number | undefined) => void,
): unknown {
  const { amount_minor } = ActSchema.parse(body);
  const payment = bank.books.since(0).payments.find((row) => row.reference === reference);
  act(apiOf(bank, payment?.provider ?? ""), reference, amount_minor);
  return { reference };
}

/** @throws Error for a provider that has no account here */
function apiOf({ simulators }: Bank, provider: string): StripeSimulator["api"] {
  const simulator = simulators.get(provider);
  if (!simulator) {
    throw new Error(`There is no account of ${provider}.`);
  }
  return simulator.api;
}
