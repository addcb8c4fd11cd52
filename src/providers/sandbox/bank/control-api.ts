import type { IncomingMessage } from "node:http";
import { z } from "@medusajs/framework/zod";
import type { Clock } from "./clock";
import { act } from "./control-acts";
import { listPayments } from "./control-ledger";
import { forgeWebhook, listWebhooks, sendWebhook } from "./control-webhooks";
import { FAULT_PHASES, FaultRequestSchema, type Faults } from "./faults";
import { json, parseJson, pathOf, readBody, urlOf, type Answer } from "./http";
import type { Ledger } from "./ledger";
import { refuseStrangers } from "./loopback";
import type { Operations } from "./operations";
import type { BankPayment } from "./records";
import { Refusal, invalid } from "./refusal";
import { parseControl } from "./requests";
import { paymentView } from "./views";
import type { WebhookTarget } from "./webhooks";

type Deps = Readonly<{
  ledger: Ledger;
  operations: Operations;
  faults: Faults;
  clock: Clock;
  now: () => number;
  merchants: readonly WebhookTarget[];
  settleDue: (reference: string) => void;
  /** Brings all payments up to date. */
  settleAll: () => void;
  challengeUrl: (payment: BankPayment) => string | undefined;
  /** Closes and opens ports as the faults in force say, and lets go of swallowed requests. */
  applyFaults: () => Promise<void>;
}>;

const ClockSchema = z.object({ advance_ms: z.number().int().positive() });

/**
 * The developer's and the tests' hand inside the bank. Only programs on the same machine may use it.
 * @throws Refusal for whatever it cannot do
 */
export async function control(deps: Deps, request: IncomingMessage): Promise<Answer> {
  refuseStrangers(request);
  const [, subject, id, action] = pathOf(request);
  const query = urlOf(request).searchParams;
  const body = async (): Promise<unknown> => parseJson(await readBody(request));
  switch (`${request.method} ${subject}${id === undefined ? "" : "/:"}${action === undefined ? "" : "/:"}`) {
    case "GET ledger":
      deps.settleAll();
      return listPayments(deps.ledger, query);
    case "GET faults":
      return json(200, { faults: deps.faults.list() });
    case "POST faults":
      return addFault(deps, await body());
    case "DELETE faults":
      deps.faults.clear();
      await deps.applyFaults();
      return json(200, { faults: [] });
    case "GET clock":
      return clockAnswer(deps);
    case "POST clock":
      deps.clock.advance(parseControl(ClockSchema, await body()).advance_ms);
      deps.settleAll();
      return clockAnswer(deps);
    case "GET webhooks":
      return listWebhooks(deps, query);
    case "POST webhooks/:":
      return webhookByHand(deps, id ?? "", await body());
    case "GET payments/:": {
      deps.settleDue(id ?? "");
      const payment = deps.operations.find(undefined, id ?? "");
      return json(200, paymentView(payment, deps.challengeUrl(payment)));
    }
    case "POST payments/:/:":
      return act(deps, id ?? "", action ?? "", await body());
    default:
      throw new Refusal(404, "route_unknown", "There is no such route.");
  }
}

async function addFault(deps: Deps, body: unknown): Promise<Answer> {
  const request = parseControl(FaultRequestSchema, body);
  const { fault, operation, provider, times } = request;
  const providers = deps.merchants.map((merchant) => merchant.provider);
  if (fault === "refuse" && times !== undefined) {
    throw invalid('"refuse" closes the port and holds until it is removed; it takes no "times".');
  }
  if (FAULT_PHASES[fault] === "amount" && operation !== "authorize" && operation !== "*") {
    throw invalid(`"${fault}" strikes the operation "authorize" only.`);
  }
  if (provider !== undefined && !providers.includes(provider)) {
    throw invalid(`"provider" must be one of ${providers.join(", ")}, or left out for all.`);
  }
  const added = deps.faults.add(request);
  await deps.applyFaults();
  return json(201, { fault: added });
}

function clockAnswer({ clock, ledger }: Deps): Answer {
  return json(200, { now: new Date(clock.now()).toISOString(), advanced_ms: ledger.advanced_ms });
}

function webhookByHand(deps: Deps, action: string, body: unknown): Promise<Answer> {
  switch (action) {
    case "forge":
      return forgeWebhook(deps, body);
    case "send":
      return sendWebhook(deps, body);
    default:
      throw new Refusal(404, "route_unknown", "Webhooks can be told to send, forge.");
  }
}
