import type { IncomingMessage } from "node:http";
import { z } from "@medusajs/framework/zod";
import { FaultRequestSchema, type Faults } from "./faults";
import { json, parseJson, pathOf, readBody, type Answer } from "./http";
import type { Ledger } from "./ledger";
import { paymentView } from "./merchant-api";
import type { Operations, Result } from "./operations";
import type { BankPayment } from "./records";
import { Refusal, invalid } from "./refusal";

type Deps = Readonly<{
  ledger: Ledger;
  operations: Operations;
  faults: Faults;
  now: () => number;
  providers: readonly string[];
  settleDue: (reference: string) => void;
  challengeUrl: (payment: BankPayment) => string | undefined;
  /** Closes and opens ports as the faults in force say, and lets go of swallowed requests. */
  applyFaults: () => Promise<void>;
}>;

/** Amounts may be JSON numbers here, for people who type them into curl. */
const AmountBody = z.object({
  amount_minor: z
    .union([z.number().int().positive().max(Number.MAX_SAFE_INTEGER), z.string().regex(/^[1-9]\d{0,19}$/)])
    .transform(BigInt)
    .optional(),
});

type Act = (operations: Operations, payment: BankPayment, amount_minor: bigint | undefined) => Result;

/** What can be done to a payment as if in the bank's dashboard, or by the shopper at their own bank. */
const ACTIONS: Readonly<Record<string, Act>> = {
  capture: (operations, { reference }, amount_minor) =>
    operations.capture(undefined, reference, { amount_minor }),
  refund: (operations, { reference }, amount_minor) =>
    operations.refund(undefined, reference, { amount_minor }),
  cancel: (operations, { reference }) => operations.cancel(undefined, reference),
  dispute: (operations, { reference }, amount_minor) => operations.dispute(reference, amount_minor),
  approve: (operations, payment) => operations.decide(payment, "approve"),
  decline: (operations, payment) => operations.decide(payment, "fail"),
};

/**
 * The developer's and the tests' hand inside the bank. Only programs on the same machine may use it: neither
 * other hosts, nor web pages (DNS rebinding, cross-site requests).
 */
export async function control(deps: Deps, request: IncomingMessage): Promise<Answer> {
  refuseStrangers(request);
  const [, subject, id, action] = pathOf(request);
  const body = async (): Promise<unknown> => parseJson(await readBody(request));
  switch (`${request.method} ${subject}${id === undefined ? "" : "/:"}${action === undefined ? "" : "/:"}`) {
    case "GET ledger":
      return json(200, { payments: current(deps).map(ledgerRow) });
    case "GET faults":
      return json(200, { faults: deps.faults.list() });
    case "POST faults":
      return addFault(deps, await body());
    case "DELETE faults":
      deps.faults.clear();
      await deps.applyFaults();
      return json(200, { faults: [] });
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
  const parsed = FaultRequestSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".");
    throw invalid(
      field ? `"${field}": ${issue?.message ?? "not valid"}.` : "The body must be a JSON object.",
    );
  }
  const { fault, provider, times } = parsed.data;
  if (fault === "refuse" && times !== undefined) {
    throw invalid('"refuse" closes the port and holds until it is removed; it takes no "times".');
  }
  if (provider !== undefined && !deps.providers.includes(provider)) {
    throw invalid(`"provider" must be one of ${deps.providers.join(", ")}, or left out for all.`);
  }
  const added = deps.faults.add(parsed.data);
  await deps.applyFaults();
  return json(201, { fault: added });
}

function act(deps: Deps, reference: string, action: string, body: unknown): Answer {
  const run = ACTIONS[action];
  if (!run) {
    throw new Refusal(404, "route_unknown", `A payment can be told to ${Object.keys(ACTIONS).join(", ")}.`);
  }
  const parsed = AmountBody.safeParse(body);
  if (!parsed.success) {
    throw invalid('"amount_minor" must be a whole number of minor units greater than 0, or left out.');
  }
  deps.settleDue(reference);
  const { payment, changes } = run(
    deps.operations,
    deps.operations.find(undefined, reference),
    parsed.data.amount_minor,
  );
  deps.ledger.commit(changes, deps.now());
  return json(200, { payment: ledgerRow(payment) });
}

function current({ ledger, settleDue }: Deps): readonly BankPayment[] {
  [...ledger.payments.keys()].forEach(settleDue);
  return [...ledger.payments.values()];
}

function ledgerRow(payment: BankPayment): Record<string, unknown> {
  return {
    reference: payment.reference,
    provider: payment.provider,
    currency: payment.currency,
    status: payment.status,
    authorized_minor: readable(payment.authorized_minor),
    captured_minor: readable(payment.captured_minor),
    refunded_minor: readable(payment.refunded_minor),
    metadata: payment.metadata,
  };
}

/** A JSON number where it holds the amount exactly, else a string of digits. */
function readable(amount_minor: bigint): number | string {
  return amount_minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(amount_minor) : amount_minor.toString();
}

function refuseStrangers(request: IncomingMessage): void {
  const { host, origin } = request.headers;
  const from = request.socket.remoteAddress ?? "";
  const local =
    isLoopback(from.replace(/^::ffff:/, "")) &&
    isLoopback(hostName(`http://${host ?? ""}`)) &&
    (origin === undefined || isLoopback(hostName(origin)));
  if (!local) {
    throw new Refusal(403, "loopback_only", "The control API answers programs on the same machine only.");
  }
}

function hostName(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, "") : "";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
