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
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return async <T>(method: string, ...params: readonly unknown[]) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "1.0", id: 1, method, params }),
    });
    const text = await response.text();
    const { result, error } = (text ? JSON.parse(text) : {}) as {
      result?: T;
      error?: { code: number; message: string } | null;
    };
    // submitblock answers null to a block it has taken.
    if (error || result === undefined) {
      throw new NodeRefusal(
        error?.code ?? response.status,
        `${method}: ${error?.message ?? response.status}`,
      );
    }
    return result;
  };
}
