import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallContext } from "../../../gateway/payment-gateway";
import { StripeGateway } from "../gateway";
import { parseOptions } from "../options";

export const API_KEY = "sk_test_51ForTheUnitTests";
export const WEBHOOK_SECRET = "whsec_for_the_unit_tests";

export type Received = Readonly<{
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingMessage["headers"];
  /** The form, e.g. `{ "expand[0]": "latest_charge" }`. */
  form: Readonly<Record<string, string>>;
}>;

export type Answer =
  Readonly<{ status?: number; body: unknown; headers?: Record<string, string> }> | "reset" | "silence";

/** Something on a real port that answers as it is told and remembers what it was asked. */
export class Stub {
  readonly received: Received[] = [];
  private readonly server: Server;
  private answers: Answer[] = [];

  private constructor() {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  static async open(): Promise<Stub> {
    const stub = new Stub();
    await new Promise<void>((resolve) => stub.server.listen(0, "127.0.0.1", resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers the next requests so, in order; the last one answers all that follow. */
  answersWith(...answers: Answer[]): void {
    this.received.length = 0;
    this.answers = answers;
  }

  get last(): Received | undefined {
    return this.received.at(-1);
  }

  /** Resolves once a request has arrived. */
  async reached(): Promise<void> {
    while (this.received.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  gateway(options: Record<string, unknown> = {}): StripeGateway {
    return new StripeGateway(
      parseOptions({ api_key: API_KEY, webhook_secret: WEBHOOK_SECRET, api_url: this.url, ...options }),
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    this.received.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString("utf8"))),
    });
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === "reset" || answer === undefined) {
      request.socket.resetAndDestroy();
    } else if (answer !== "silence") {
      const { status = 200, body, headers } = answer;
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(typeof body === "string" ? body : JSON.stringify(body));
    }
  }
}

/** An intent as Stripe sends it, as far as it is read. */
export function intent(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "pi_1",
    object: "payment_intent",
    status: "requires_payment_method",
    amount: 1000,
    amount_capturable: 0,
    amount_received: 0,
    currency: "eur",
    client_secret: "pi_1_secret_for_the_browser",
    payment_method_types: ["card"],
    next_action: null,
    last_payment_error: null,
    latest_charge: null,
    ...more,
  };
}

export function charge(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "ch_1",
    object: "charge",
    amount: 1000,
    amount_captured: 0,
    amount_refunded: 0,
    currency: "eur",
    disputed: false,
    payment_method_details: {
      type: "card",
      card: { brand: "visa", last4: "4242", fingerprint: "Xt5EWLLDS7FJjR1c", wallet: null },
    },
    ...more,
  };
}

/** An authorized payment of 10.00 EUR whose card can be captured `several` times. */
export function authorized(several: "available" | "unavailable" = "available"): Record<string, unknown> {
  return intent({
    status: "requires_capture",
    amount_capturable: 1000,
    latest_charge: charge({
      payment_method_details: {
        type: "card",
        card: {
          brand: "visa",
          last4: "4242",
          fingerprint: "Xt5EWLLDS7FJjR1c",
          wallet: { type: "apple_pay" },
          capture_before: 1_900_000_000,
          multicapture: { status: several },
        },
      },
    }),
  });
}

export function refused(error: Record<string, unknown>, status = 400): Answer {
  return { status, body: { error: { type: "invalid_request_error", message: "no", ...error } } };
}

export function call(timeout_ms = 5000, idempotency_key: string = randomUUID()): CallContext {
  return { idempotency_key, signal: AbortSignal.timeout(timeout_ms) };
}

/** What a promise was rejected with; fails when it was not. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => new Error("The call was expected to fail and did not."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) {
    throw new Error("Something that is no Error was thrown.");
  }
  return error;
}
