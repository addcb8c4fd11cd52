import { setTimeout as sleep } from "node:timers/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "qs";
import type { Account } from "../account";
import type { Clock } from "../clock";
import type { CheckParameters } from "../contract/check";
import { invalidRequest, refusal } from "../errors";
import { newId } from "../ids";
import { errorAnswer, html, jsonAnswer, readBody, send, type Answer } from "./answer";
import { expand } from "./expand";
import { type Fault, type Faults } from "./faults";
import { Idempotency, type Ticket } from "./idempotency";
import { callerOf, checkClientSecret, type Caller } from "./keys";
import { matchPath, type Route } from "./route";
import { ROUTES, type OperationName } from "./routes";

/** A request as a test sees it afterwards. */
export type RequestRecord = Readonly<{
  operation: OperationName;
  id: string;
  params: unknown;
  idempotency_key: string | null;
  api_version: string | null;
  account: string;
  status: number;
  replayed: boolean;
}>;

type Deps = Readonly<{
  accounts: readonly Account[];
  clock: Clock;
  faults: Faults;
  check: CheckParameters;
  default_api_version: string;
}>;

/** The first API version without `payment_method_types` (changelog of the SDK, 23.0.0). */
const WITHOUT_METHOD_TYPES = "2026-09-30";

const TAKES_METHOD_TYPES: ReadonlySet<string> = new Set([
  "payment_intents.create",
  "payment_intents.update",
  "payment_intents.confirm",
  "setup_intents.create",
  "setup_intents.update",
]);

/** Receives every request to the API and answers it, as far as the faults in force let it. */
export class Desk {
  readonly requests: RequestRecord[] = [];
  private readonly idempotency: Idempotency;

  constructor(private readonly deps: Deps) {
    this.idempotency = new Idempotency(() => deps.clock.now());
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const request_id = newId("req", 14);
    try {
      const answer = await this.work(request, response, request_id);
      if (answer) {
        send(response, withAdvice(answer), request_id);
      }
    } catch (error) {
      send(response, withAdvice(errorAnswer(error)), request_id);
    }
  }

  /** @returns nothing when no answer is to be given */
  private async work(
    request: IncomingMessage,
    response: ServerResponse,
    request_id: string,
  ): Promise<Answer | undefined> {
    const { accounts, clock } = this.deps;
    const body = await readBody(request);
    const url = new URL(request.url ?? "/", "http://simulator.invalid");
    const { operation, route, ids } = routeOf(request.method ?? "", url.pathname);
    clock.settle();
    const decoded = parse(request.method === "GET" ? url.search.slice(1) : body || url.search.slice(1), {
      arrayLimit: 100,
      depth: 10,
    });
    const { key, client_secret, ...raw } = decoded;
    const caller = callerOf(accounts, request, key, operation, route.in_browser);
    const [id = "", sub_id = ""] = ids;
    if (caller.publishable && id !== "") {
      checkClientSecret(caller.account, id, client_secret);
    }
    const idempotency_key = headerOf(request, "idempotency-key");
    const api_version = headerOf(request, "stripe-version");
    const { legacy, params } = this.legacyParameters(operation, api_version, raw);
    const run = route.prepare(this.deps.check, structuredClone(params));
    const ticket =
      request.method === "POST" && idempotency_key !== null
        ? this.idempotency.begin(caller.account.id, idempotency_key, url.pathname, body, request_id)
        : undefined;
    const record = (status: number): void =>
      void this.requests.push({
        operation,
        id,
        params,
        idempotency_key,
        api_version,
        account: caller.account.id,
        status,
        replayed: ticket?.replay !== undefined,
      });
    const before = await this.strikeBefore(operation, ticket, response);
    if (before !== undefined) {
      record(before?.status ?? 0);
      return before ?? undefined;
    }
    const answer =
      ticket?.replay ??
      this.answer(caller, request_id, idempotency_key, () => {
        const object = run({ account: caller.account, id, sub_id, path: url.pathname, legacy });
        return expand(caller.account, structuredClone(object), pathsOf(raw.expand));
      });
    record(answer.status);
    return this.strikeAfter(operation, ticket, response, answer);
  }

  private answer(
    { account, publishable }: Caller,
    request_id: string,
    idempotency_key: string | null,
    run: () => unknown,
  ): Answer {
    account.request = { id: request_id, idempotency_key, publishable };
    try {
      return jsonAnswer(200, run());
    } catch (error) {
      return errorAnswer(error);
    } finally {
      account.request = undefined;
    }
  }

  /** @returns an answer instead, null for none at all, or undefined to go on */
  private async strikeBefore(
    operation: OperationName,
    ticket: Ticket | undefined,
    response: ServerResponse,
  ): Promise<Answer | null | undefined> {
    const fault = this.deps.faults.take("before", operation);
    if (!fault) {
      return undefined;
    }
    if (fault.fault === "latency") {
      await sleep(fault.value_ms ?? DEFAULT_LATENCY_MS);
      return undefined;
    }
    ticket?.release();
    return spoiled(fault, response);
  }

  private async strikeAfter(
    operation: OperationName,
    ticket: Ticket | undefined,
    response: ServerResponse,
    answer: Answer,
  ): Promise<Answer | undefined> {
    const fault = this.deps.faults.take("after", operation);
    const spoilt = fault && fault.fault !== "latency_after" ? spoiled(fault, response) : undefined;
    ticket?.keep(fault?.fault === "http_500_after" && spoilt ? spoilt : answer);
    if (fault?.fault === "latency_after") {
      await sleep(fault.value_ms ?? DEFAULT_LATENCY_MS);
    }
    if (fault?.fault === "malformed") {
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    }
    return fault && spoilt === null ? undefined : (spoilt ?? answer);
  }

  /** Older versions of the API take `payment_method_types`, which the current one refuses by name. */
  private legacyParameters(
    operation: OperationName,
    api_version: string | null,
    { payment_method_types, ...params }: Record<string, unknown>,
  ): { legacy: { payment_method_types?: string[] }; params: Record<string, unknown> } {
    if (payment_method_types === undefined || !TAKES_METHOD_TYPES.has(operation)) {
      return {
        legacy: {},
        params: payment_method_types === undefined ? params : { ...params, payment_method_types },
      };
    }
    if ((api_version ?? this.deps.default_api_version) >= WITHOUT_METHOD_TYPES) {
      throw invalidRequest(
        "The parameter `payment_method_types` is no longer supported in this API version. Use " +
          "`automatic_payment_methods` or `allowed_payment_method_types` instead.",
        { code: "payment_method_types_no_longer_supported", param: "payment_method_types" },
      );
    }
    const named = Array.isArray(payment_method_types) ? payment_method_types.map(String) : [];
    return { legacy: { payment_method_types: named }, params };
  }
}

/** Stripe tells the SDK which failures are worth another try. */
const SHOULD_RETRY: Readonly<Record<number, string>> = { 409: "true", 500: "false" };

function withAdvice(answer: Answer): Answer {
  const advice = SHOULD_RETRY[answer.status];
  return advice === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, "stripe-should-retry": advice } };
}

const DEFAULT_LATENCY_MS = 1000;

/** The answer a fault gives, or null when it gives none; undefined for one that lets the answer through. */
function spoiled({ fault }: Fault<"before" | "after">, response: ServerResponse): Answer | null | undefined {
  switch (fault) {
    case "http_500":
    case "http_500_after":
      return errorAnswer(refusal(500, "api_error", "An unknown error occurred"));
    case "http_503":
      return errorAnswer(refusal(503, "api_error", "Stripe is temporarily unavailable."));
    case "http_429":
      return errorAnswer(
        refusal(
          429,
          "invalid_request_error",
          "Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.",
          { code: "rate_limit" },
        ),
      );
    case "http_409":
      return errorAnswer(
        refusal(
          409,
          "invalid_request_error",
          "This object cannot be accessed right now because another API request or Stripe process is currently " +
            "accessing it.",
          { code: "lock_timeout" },
        ),
      );
    case "http_502_html":
    case "http_502_html_after":
      return html(
        502,
        "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>",
      );
    case "reset":
    case "reset_after":
      response.socket?.resetAndDestroy();
      return null;
    case "black_hole":
    case "black_hole_after":
      return null;
    case "latency":
    case "latency_after":
    case "malformed":
      return undefined;
  }
}

function routeOf(
  method: string,
  path: string,
): { operation: OperationName; route: Route; ids: readonly string[] } {
  for (const [operation, route] of Object.entries(ROUTES) as [OperationName, Route][]) {
    const ids = route.method === method ? matchPath(route.path, path) : undefined;
    if (ids) {
      return { operation, route, ids };
    }
  }
  throw refusal(
    404,
    "invalid_request_error",
    `Unrecognized request URL (${method}: ${path}). The simulator does not play it.`,
  );
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function pathsOf(expand_parameter: unknown): string[] {
  return Array.isArray(expand_parameter) ? expand_parameter.map(String) : [];
}
