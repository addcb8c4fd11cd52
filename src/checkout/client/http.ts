import { TenderConnectionError } from "./errors";

export type JsonObject = Readonly<Record<string, unknown>>;
export type Answer = Readonly<{ status: number; body: JsonObject }>;

export type HttpConfig = Readonly<{
  /** Where the Medusa server is, without a slash at the end; "" for the page's own origin. */
  baseUrl: string;
  publishableKey: string;
  locale: () => string;
  fetch: typeof fetch;
  timeout_ms: number;
}>;

export type HttpRequest = Readonly<{
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}>;

/**
 * Sends one request and reads its JSON answer, whatever its status below 500.
 * @throws TenderConnectionError when no answer came, or one that says nothing about what happened
 */
export async function send(config: HttpConfig, request: HttpRequest): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), config.timeout_ms);
  try {
    const response = await config.fetch(config.baseUrl + request.path, {
      method: request.method,
      signal: controller.signal,
      credentials: "include",
      headers: {
        accept: "application/json",
        "x-publishable-api-key": config.publishableKey,
        "x-medusa-locale": config.locale(),
        "accept-language": config.locale(),
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const body: unknown = await response.json();
    if (!isObject(body) || !tellsWhatHappened(response.status, body)) throw new TenderConnectionError();
    return { status: response.status, body };
  } catch (error) {
    if (error instanceof TenderConnectionError) throw error;
    throw new TenderConnectionError({ cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** A broken server says nothing of what it did, unless it says in Tender's own words that no gateway was reached. */
function tellsWhatHappened(status: number, body: JsonObject): boolean {
  return status < 500 || body["code"] === "method_unavailable";
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
