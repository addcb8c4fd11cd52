/** An answer, or `status: 0` when none came: the server was killed, or took too long. */
export type Answer<T = ReturnType<typeof JSON.parse>> = Readonly<{ status: number; body: T }>;

export type Request = Readonly<{
  method: "GET" | "POST" | "DELETE";
  url: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}>;

/** A client that waited this long has gone. */
const PATIENCE_MS = 60_000;

/** Sends JSON and reads JSON; never throws, since a lost answer is part of the play. */
export async function send({ method, url, body, headers }: Request): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? parsed(text) : {} };
  } catch (error) {
    return { status: 0, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error page of the HTTP server is no JSON.
    return { message: text.slice(0, 200) };
  }
}

/** An answer in a few words, for the timeline. */
export function inWords({ status, body }: Answer): string {
  if (status === 0) {
    return "no answer";
  }
  const code = body?.decline?.code ?? body?.code ?? body?.type ?? "";
  return `${status}${code ? ` ${code}` : ""}${status >= 400 && body?.message ? ` (${body.message})` : ""}`;
}
