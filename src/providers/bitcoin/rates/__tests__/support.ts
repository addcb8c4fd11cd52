import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Coin } from "../coins";
import type { RateSource, SourcePrice } from "../rate-source";
import { QuoteRulesSchema, type QuoteRules } from "../rules";

export const NOW = Date.parse("2026-03-14T09:26:53.000Z");

export const rules = (some: Partial<QuoteRules> = {}): QuoteRules => QuoteRulesSchema.parse(some);

/** The outcome of what must fail. */
export async function errorOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error: Error) => error,
  );
}

/** A source that a test answers for; it counts how often it is asked. */
export class Told implements RateSource {
  asked = 0;
  readonly currencies: RateSource["currencies"];

  constructor(
    readonly name: string,
    private readonly answer: (signal: AbortSignal) => Promise<SourcePrice> | SourcePrice,
    currencies: readonly string[] = ["EUR", "JPY"],
  ) {
    this.currencies = { BTC: currencies, LTC: currencies };
  }

  async fetch(_coin: Coin, _currency: string, signal: AbortSignal): Promise<SourcePrice> {
    this.asked += 1;
    return this.answer(signal);
  }
}

/** A source that always says the same price, of the given age. */
export function says(name: string, price: string, age_ms = 0, now: () => number = () => NOW): Told {
  return new Told(name, () => ({ price, priced_at: new Date(now() - age_ms) }));
}

export type Answer =
  | Readonly<{ status?: number; body: string; headers?: Record<string, string> }>
  | "reset"
  | "silence"
  /** A beginning, with the connection closed before the length that was announced. */
  | Readonly<{ cut: string }>
  /** A beginning that is never followed by its end. */
  | Readonly<{ stalls: string }>;

/** An exchange on a real port that answers as it is told and remembers what it was asked. */
export class ExchangeStub {
  readonly asked: string[] = [];
  readonly headers: IncomingMessage["headers"][] = [];
  answer: Answer = "silence";
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => this.handle(request, response));
  }

  static async open(): Promise<ExchangeStub> {
    const stub = new ExchangeStub();
    await new Promise<void>((resolve) => stub.server.listen(0, "127.0.0.1", resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answers(answer: Answer): void {
    this.asked.length = 0;
    this.headers.length = 0;
    this.answer = answer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(request.url ?? "");
    this.headers.push(request.headers);
    const { answer } = this;
    if (answer === "reset") {
      request.socket.resetAndDestroy();
    } else if (answer === "silence") {
      return;
    } else if ("cut" in answer) {
      response.writeHead(200, { "content-length": answer.cut.length + 100 });
      response.write(answer.cut, () => request.socket.destroy());
    } else if ("stalls" in answer) {
      response.writeHead(200);
      response.write(answer.stalls);
    } else {
      response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
      response.end(answer.body);
    }
  }
}
