import { Answers } from "./answers";
import { NodeRefusedCredentials, NodeUnreachable, NodeWarmingUp } from "./errors";
import { requestHttp } from "./http";

export type RpcConnectionOptions = Readonly<{
  /** Without credentials, such as `http://127.0.0.1:8332`. */
  url: URL;
  username: string;
  password: string;
  timeout_ms: number;
}>;

export type RpcCall = readonly [method: string, ...params: unknown[]];

/** A node's refusal of one call: it was understood, and answered with a code (Bitcoin Core, rpc/protocol.h). */
export class RpcRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** `RPC_IN_WARMUP` */
const WARMING_UP = -28;
/** A block of 4 MB as hex, twice over; and the ids of a full mempool. */
const ANSWER_LIMIT_BYTES = 32 * 1024 * 1024;
/** What a node says of itself is cut here. */
const LONGEST_MESSAGE = 200;

/** JSON-RPC over HTTP as Bitcoin Core and its kin speak it. */
export class RpcConnection {
  private readonly authorization: string;
  private readonly answers: Answers;

  /** @param who the node as operators know it, for the messages of errors */
  constructor(
    private readonly who: string,
    private readonly options: RpcConnectionOptions,
  ) {
    const { username, password } = options;
    this.authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    this.answers = new Answers(who);
  }

  /** The result of one call. @throws RpcRefusal when the node refused it, ChainSourceError without a sensible answer */
  async call(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.resultOf(await this.post({ jsonrpc: "1.0", id: 0, method, params }), method);
  }

  /** The results of several calls in one request, in their order; a refused one is its refusal. */
  async batch(calls: readonly RpcCall[]): Promise<readonly unknown[]> {
    const answer = await this.post(
      calls.map(([method, ...params], id) => ({ jsonrpc: "1.0", id, method, params })),
    );
    if (!Array.isArray(answer)) {
      // A node that is warming up answers once for all.
      this.resultOf(answer, "a batch");
      return this.answers.refuse("the answer to a batch");
    }
    const by_id = new Map(answer.map((one: unknown) => [this.answers.fields(one, "an answer").id, one]));
    return calls.map(([method], id) => {
      try {
        return this.resultOf(by_id.get(id), method);
      } catch (error) {
        if (error instanceof RpcRefusal) {
          return error;
        }
        throw error;
      }
    });
  }

  private async post(body: unknown): Promise<unknown> {
    const { url, timeout_ms } = this.options;
    const answer = await requestHttp(this.who, {
      url,
      method: "POST",
      headers: { authorization: this.authorization, "content-type": "application/json" },
      body: JSON.stringify(body),
      timeout_ms,
      limit_bytes: ANSWER_LIMIT_BYTES,
    });
    if (answer.status === 401 || answer.status === 403) {
      throw new NodeRefusedCredentials(
        `${this.who} refuses its username and password (HTTP ${answer.status}). Check both, and -rpcallowip.`,
      );
    }
    try {
      return JSON.parse(answer.body.toString("utf8"));
    } catch {
      // "Work queue depth exceeded" and what proxies say are no JSON.
      if (answer.status >= 500 || answer.status === 429) {
        throw new NodeUnreachable(`${this.who} is too busy or broken to answer (HTTP ${answer.status}).`);
      }
      return this.answers.refuse(`an answer (HTTP ${answer.status})`);
    }
  }

  private resultOf(answer: unknown, method: string): unknown {
    const { result, error } = this.answers.fields(answer, `the answer to ${method}`);
    if (error === undefined || error === null) {
      return result === undefined ? this.answers.refuse(`the answer to ${method}`) : result;
    }
    const { code, message } = this.answers.fields(error, `the refusal of ${method}`);
    const words = typeof message === "string" ? message.slice(0, LONGEST_MESSAGE) : "no reason given";
    if (code === WARMING_UP) {
      throw new NodeWarmingUp(`${this.who} is starting (${words}).`);
    }
    throw new RpcRefusal(typeof code === "number" ? code : 0, words);
  }
}
