import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallContext } from "../../../gateway/payment-gateway";
import { PayPalGateway } from "../gateway";
import { parseOptions } from "../options";

export const CLIENT_ID = "client-id-for-the-unit-tests";
export const CLIENT_SECRET = "client-secret-for-the-unit-tests";
export const WEBHOOK_ID = "8PT597110X687430LKGECATA";
export const ACCESS_TOKEN = "A21AA-access-token-for-the-unit-tests";
export const ORDER_ID = "5O190127TN364715T";

export type Received = Readonly<{
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingMessage["headers"];
  /** As it came. */
  text: string;
  json: unknown;
}>;

export type Answer =
  Readonly<{ status?: number; body?: unknown; headers?: Record<string, string> }> | "reset" | "silence";

const TOKEN_PATH = "/v1/oauth2/token";

/** A PayPal on a real port that answers as it is told and remembers what it was asked; it hands out tokens by itself. */
export class Stub {
  readonly received: Received[] = [];
  tokens_asked = 0;
  /** What its token's address answers, in place of a token. */
  token_answer: Answer | undefined;
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
    this.tokens_asked = 0;
    this.token_answer = undefined;
    this.answers = answers;
  }

  get last(): Received | undefined {
    return this.received.at(-1);
  }

  /** `POST /v2/checkout/orders/…`, of all that was asked. */
  get asked(): string[] {
    return this.received.map(({ method, path }) => `${method} ${path}`);
  }

  /** Resolves once a request has arrived. */
  async reached(): Promise<void> {
    while (this.received.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Resolves once a token was asked for. */
  async askedForToken(): Promise<void> {
    while (this.tokens_asked === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  gateway(options: Record<string, unknown> = {}): PayPalGateway {
    return new PayPalGateway(
      parseOptions({
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        webhook_id: WEBHOOK_ID,
        api_url: this.url,
        disputes: false,
        methods: ["paypal", "card", "pay_later", "venmo", "apple_pay", "google_pay"],
        ...options,
      }),
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
    if (request.url === TOKEN_PATH) {
      this.tokens_asked += 1;
      const token = { access_token: ACCESS_TOKEN, token_type: "Bearer", expires_in: 32_400 };
      return answer(request, response, this.token_answer ?? { body: token });
    }
    const text = Buffer.concat(chunks).toString("utf8");
    this.received.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      text,
      json: text === "" ? undefined : JSON.parse(text),
    });
    answer(request, response, this.answers.length > 1 ? this.answers.shift() : this.answers[0]);
  }
}

function answer(request: IncomingMessage, response: ServerResponse, answered: Answer | undefined): void {
  if (answered === "reset" || answered === undefined) {
    request.socket.resetAndDestroy();
  } else if (answered !== "silence") {
    const { status = 200, body, headers } = answered;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
  }
}

/** 10.00 EUR as PayPal writes it. */
export function euros(value = "10.00"): { currency_code: string; value: string } {
  return { currency_code: "EUR", value };
}

type Payments = Readonly<Partial<Record<"authorizations" | "captures" | "refunds", object[]>>>;

/** An order as PayPal sends it, as far as it is read: CREATED, of 10.00 EUR, to be authorized. */
export function order(more: Record<string, unknown> = {}, payments?: Payments, unit: object = {}): object {
  return {
    id: ORDER_ID,
    status: payments ? "COMPLETED" : "CREATED",
    intent: "AUTHORIZE",
    purchase_units: [
      {
        reference_id: "default",
        amount: euros(),
        custom_id: "payatt_1",
        ...unit,
        ...(payments && { payments }),
      },
    ],
    links: [{ href: "https://www.paypal.com/checkoutnow?token=5O190127TN364715T", rel: "approve" }],
    ...more,
  };
}

export function authorization(more: Record<string, unknown> = {}): object {
  return {
    id: "AUTH1",
    status: "CREATED",
    amount: euros(),
    create_time: new Date().toISOString(),
    expiration_time: "2030-01-01T00:00:00Z",
    ...more,
  };
}

export function capture(more: Record<string, unknown> = {}): object {
  return { id: "CAP1", status: "COMPLETED", amount: euros(), create_time: "2026-01-01T00:00:00Z", ...more };
}

export function refund(capture_id: string, value: string, more: Record<string, unknown> = {}): object {
  return {
    id: `REF-${capture_id}-${value}`,
    status: "COMPLETED",
    amount: euros(value),
    links: [{ href: `https://api.paypal.com/v2/payments/captures/${capture_id}`, rel: "up" }],
    ...more,
  };
}

/** A refusal of PayPal's. */
export function refused(issue: string, status = 422, more: Record<string, unknown> = {}): Answer {
  return {
    status,
    body: {
      name: "UNPROCESSABLE_ENTITY",
      message: "no",
      debug_id: "0e66ef35b0d61",
      details: [{ issue }],
      ...more,
    },
  };
}

export function call(timeout_ms = 5000, idempotency_key: string = randomUUID()): CallContext {
  return { idempotency_key, signal: AbortSignal.timeout(timeout_ms) };
}

/** What a promise was rejected with. @throws Error when it was not, or with something that is no Error */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) {
    throw new Error("It was expected to fail with an error and did not.");
  }
  return error;
}

/** An order paid with the wallet. */
export const WALLET = { payment_source: { paypal: {} } };
/** What reading it answers while its authorization holds. */
export const held = (more: Record<string, unknown> = {}) => ({
  body: order(WALLET, { authorizations: [authorization(more)] }),
});
/** The order with captures of these values, first to last. */
export const captured = (...values: string[]) =>
  order(WALLET, {
    authorizations: [
      authorization({ status: values.join() === "10.00" ? "CAPTURED" : "PARTIALLY_CAPTURED" }),
    ],
    captures: values.map((value, at) =>
      capture({ id: `CAP${at + 1}`, amount: euros(value), create_time: `2026-01-0${at + 1}T00:00:00Z` }),
    ),
  });
