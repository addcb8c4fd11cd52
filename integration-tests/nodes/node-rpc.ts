import { request } from "node:http";

/** What a test asks of its own node; the product's client is what is tested, so this is another. */
export type NodeRpc = <T = unknown>(method: string, ...params: readonly unknown[]) => Promise<T>;

/** A node's refusal, with its code. */
export class NodeRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export function nodeRpc(url: string, username: string, password: string): NodeRpc {
  return async <T>(method: string, ...params: readonly unknown[]) => {
    const { status, text } = await post(url, `${username}:${password}`, {
      jsonrpc: "1.0",
      id: 1,
      method,
      params,
    });
    const { result, error } = (text ? JSON.parse(text) : {}) as {
      result?: T;
      error?: { code: number; message: string } | null;
    };
    if (error || result === undefined) {
      throw new NodeRefusal(error?.code ?? status, `${method}: ${error?.message ?? status}`);
    }
    return result;
  };
}

/** Every call has a connection of its own: nodes close idle ones, perhaps just as they are used again. */
function post(url: string, auth: string, body: unknown): Promise<Readonly<{ status: number; text: string }>> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const call = request(url, { method: "POST", auth, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    call.once("error", reject);
    call.end(JSON.stringify(body));
  });
}
