import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Faults, KindOf } from "./faults";
import { errorAnswer, json, readBody, send, type Answer } from "./http";
import { isAuthorized, openCall, operationOf } from "./merchant-api";
import { reset } from "./port";
import type { Account } from "./operations";
import { Refusal } from "./refusal";

const DEFAULT_LATENCY_MS = 1000;

const ordered = (code: string): unknown => ({ error: { code, message: "As ordered." } });

/** Answers that say nothing was done. */
const REFUSED = {
  http_500: json(500, ordered("internal_error")),
  http_503: json(503, ordered("service_unavailable"), { "retry-after": "1" }),
  http_429: json(429, ordered("rate_limit"), { "retry-after": "1" }),
} as const;

/** Receives one merchant's requests and lets faults strike them at the right moment. */
export class MerchantDesk {
  /** Requests that fell into a black hole; cut when the faults are removed. */
  private readonly swallowed = new Set<ServerResponse>();

  constructor(
    private readonly account: Account,
    private readonly faults: Faults,
    private readonly deps: Parameters<typeof openCall>[0],
  ) {}

  /** Never rejects: whatever happens is answered or cuts the connection. */
  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!isAuthorized(request, this.account)) {
        throw new Refusal(401, "unauthorized", "The API key is missing or wrong.");
      }
      await this.serve(request, response, await readBody(request));
    } catch (error) {
      if (!response.headersSent && !response.destroyed) {
        send(response, errorAnswer(error));
      }
    }
  }

  /** Lets go of every request that is being swallowed. */
  releaseSwallowed(): void {
    this.swallowed.forEach((response) => response.destroy());
    this.swallowed.clear();
  }

  private async serve(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { provider } = this.account;
    const operation = operationOf(request);
    const before = this.faults.take("before", provider, operation);
    if (before) {
      return this.strikeBefore(before.fault, request, response);
    }
    const delay = this.faults.take("delay", provider, operation);
    const call = openCall(this.deps, this.account, request, body);
    let answer: Answer;
    try {
      if (delay) {
        // The work is done even when the client does not wait for it: that is what a slow service does.
        await sleep(delay.value_ms ?? DEFAULT_LATENCY_MS, undefined, { ref: false });
      }
      answer = call.run();
    } finally {
      call.release();
    }
    const after = this.faults.take("after", provider, operation);
    if (after?.fault === "reset_after") {
      return reset(request.socket);
    }
    send(response, after ? spoiled(answer, after.fault) : answer);
  }

  private strikeBefore(fault: KindOf<"before">, request: IncomingMessage, response: ServerResponse): void {
    switch (fault) {
      case "http_500":
      case "http_503":
      case "http_429":
        return send(response, REFUSED[fault]);
      case "reset_before":
        return reset(request.socket);
      case "black_hole":
        this.swallowed.add(response);
        response.once("close", () => this.swallowed.delete(response));
        return;
    }
  }
}

/** An answer that is cut short, or one that is JSON with the wrong types. */
function spoiled(answer: Answer, fault: Exclude<Fault["fault"], "reset_after">): Answer {
  const body = answer.body ?? "";
  if (fault === "malformed") {
    return { ...answer, body: body.slice(0, Math.ceil(body.length / 2)) };
  }
  const fields = Object.entries(JSON.parse(body) as Record<string, unknown>);
  return {
    ...answer,
    body: JSON.stringify(Object.fromEntries(fields.map(([name, value]) => [name, [value]]))),
  };
}
