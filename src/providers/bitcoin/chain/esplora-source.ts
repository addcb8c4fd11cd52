import type { Chain } from "../chains";
import { Answers } from "./answers";
import { decodeBlock, decodeTransaction, readTxid } from "./decoding";
import { NodeRefused, NodeRefusedCredentials, NodeUnreachable } from "./errors";
import { requestHttp, type HttpAnswer } from "./http";
import { NetworkCheck } from "./network-check";
import { readServiceUrl } from "./service-url";
import type {
  Block,
  BroadcastOutcome,
  ChainSource,
  ChainTransaction,
  LocatedTransaction,
  Outpoint,
  OutputState,
  Tip,
  TransactionPlace,
} from "./source";

export type EsploraOptions = Readonly<{
  /** The API's address, such as `https://blockstream.info/api`. */
  url: string;
  /** Sent with every request, for services that want a key. */
  headers?: Readonly<Record<string, string>>;
  /** Longest that one request may take; 30 s when left out. */
  timeout_ms?: number;
}>;

const DEFAULT_TIMEOUT_MS = 30_000;
/** A block of 4 MB, with an extension block; and the ids of a full mempool. */
const ANSWER_LIMIT_BYTES = 32 * 1024 * 1024;
const CONCURRENT_REQUESTS = 8;
const LONGEST_REASON = 200;

/** The chain as a service tells it that speaks Esplora's HTTP API (Blockstream Esplora, "API.md"). */
export class EsploraSource implements ChainSource {
  private readonly who: string;
  private readonly base: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly timeout_ms: number;
  private readonly network: NetworkCheck;
  private readonly answers: Answers;

  /** @throws Error for an address that is none */
  constructor(
    readonly chain: Chain,
    { url, headers = {}, timeout_ms = DEFAULT_TIMEOUT_MS }: EsploraOptions,
  ) {
    this.who = `The ${chain.title} Esplora service`;
    this.base = readServiceUrl(url, "The service's address").href.replace(/\/+$/, "");
    this.headers = headers;
    this.timeout_ms = timeout_ms;
    this.network = new NetworkCheck(chain, this.who, () => this.genesisHash());
    this.answers = new Answers(this.who);
  }

  async genesisHash(): Promise<string> {
    const body = this.bodyOf(await this.send("GET", "/block-height/0"));
    return this.answers.hash(body?.toString("utf8"), "the genesis block's hash");
  }

  async tip(): Promise<Tip> {
    const hash = this.answers.hash(await this.text("/blocks/tip/hash"), "the tip's hash");
    const block = await this.json(`/block/${hash}`);
    if (block === undefined) {
      throw new NodeUnreachable(`${this.who} changed its chain while it was asked.`);
    }
    const { height, timestamp } = this.answers.fields(block, "the tip");
    return {
      hash,
      height: this.answers.height(height, "the tip's height"),
      is_syncing: false,
      ...(typeof timestamp === "number" && { time_s: timestamp }),
    };
  }

  async blockHashAt(height: number): Promise<string | undefined> {
    const hash = await this.text(`/block-height/${height}`);
    return hash === undefined ? undefined : this.answers.hash(hash, "a block's hash");
  }

  async block(hash: string): Promise<Block | undefined> {
    const raw = await this.get(`/block/${hash}/raw`);
    return raw && this.answers.decoded("a block", () => decodeBlock(this.chain, raw, hash));
  }

  async mempoolTxids(): Promise<readonly string[]> {
    return this.answers.hashes(await this.json("/mempool/txids"), "the mempool");
  }

  async mempoolTransactions(txids: readonly string[]): Promise<readonly ChainTransaction[]> {
    const waiting = [...txids];
    const found: ChainTransaction[] = [];
    const work = async () => {
      for (let txid = waiting.pop(); txid !== undefined; txid = waiting.pop()) {
        const one = await this.rawTransaction(txid);
        if (one) {
          found.push(one.transaction);
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, work));
    return found;
  }

  async isInMempool(txid: string): Promise<boolean> {
    return (await this.transaction(txid))?.place.kind === "mempool";
  }

  async transaction(txid: string): Promise<LocatedTransaction | undefined> {
    const found = await this.rawTransaction(txid);
    return found && { ...found, place: await this.placeOf(txid) };
  }

  async outputState({ txid, vout }: Outpoint): Promise<OutputState> {
    // An output the service has never seen is "not spent" to it.
    const found = await this.transaction(txid);
    if (!found || found.place.kind === "nowhere" || vout >= found.transaction.outputs.length) {
      return { kind: "unknown" };
    }
    const answer = this.answers.fields(await this.json(`/tx/${txid}/outspend/${vout}`), "an output");
    return answer.spent === true
      ? { kind: "spent", by: this.answers.hash(answer.txid, "an output's spender") }
      : { kind: "unspent" };
  }

  async broadcast(raw: string): Promise<BroadcastOutcome> {
    const txid = readTxid(this.chain, raw);
    if (txid === undefined) {
      return { kind: "rejected", reason: "it cannot be decoded" };
    }
    if (isThere(await this.transaction(txid))) {
      return { kind: "already_there", txid };
    }
    const answer = await this.network.before(() => this.send("POST", "/tx", raw));
    if (answer.status === 200) {
      return { kind: "accepted", txid };
    }
    const reason = this.rejectionIn(answer);
    return isThere(await this.transaction(txid))
      ? { kind: "already_there", txid }
      : { kind: "rejected", reason };
  }

  testAcceptance(): Promise<undefined> {
    // The API has no such question.
    return Promise.resolve(undefined);
  }

  async feeRate(within_blocks: number): Promise<bigint | undefined> {
    const estimates = this.answers.fields(await this.json("/fee-estimates"), "the fee estimates");
    const targets = Object.keys(estimates).map(Number);
    const soon_enough = targets.filter((target) => target <= within_blocks);
    const rate = estimates[soon_enough.length > 0 ? Math.max(...soon_enough) : Math.min(...targets)];
    return typeof rate === "number" && rate > 0 ? BigInt(Math.ceil(rate * 1_000)) : undefined;
  }

  private async rawTransaction(
    txid: string,
  ): Promise<Pick<LocatedTransaction, "transaction" | "raw"> | undefined> {
    const bytes = await this.get(`/tx/${txid}/raw`);
    return (
      bytes && {
        transaction: this.answers.decoded("a transaction", () => decodeTransaction(this.chain, bytes, txid)),
        raw: bytes.toString("hex"),
      }
    );
  }

  private async placeOf(txid: string): Promise<TransactionPlace> {
    const status = this.answers.fields(await this.json(`/tx/${txid}/status`), "a transaction's status");
    if (status.confirmed === true) {
      return { kind: "block", hash: this.answers.hash(status.block_hash, "a transaction's block") };
    }
    // To the service, one of a stale block is unconfirmed as well.
    return { kind: (await this.mempoolTxids()).includes(txid) ? "mempool" : "nowhere" };
  }

  /** The service passes the node's words on. @throws ChainSourceError when that is not what it answered */
  private rejectionIn(answer: HttpAnswer): string {
    if (answer.status === 400) {
      return answer.body.toString("utf8").slice(0, LONGEST_REASON);
    }
    this.bodyOf(answer);
    return this.answers.refuse(`the answer to a transaction (HTTP ${answer.status})`);
  }

  private async json(path: string): Promise<unknown> {
    const body = await this.get(path);
    return body && this.answers.json(body, "an answer");
  }

  private async text(path: string): Promise<string | undefined> {
    return (await this.get(path))?.toString("utf8");
  }

  private get(path: string): Promise<Buffer | undefined> {
    return this.network.before(async () => this.bodyOf(await this.send("GET", path)));
  }

  private send(method: "GET" | "POST", path: string, body?: string): Promise<HttpAnswer> {
    return requestHttp(this.who, {
      url: new URL(`${this.base}${path}`),
      method,
      headers: this.headers,
      body,
      timeout_ms: this.timeout_ms,
      limit_bytes: ANSWER_LIMIT_BYTES,
    });
  }

  /** Undefined for what the service does not have. */
  private bodyOf({ status, body }: HttpAnswer): Buffer | undefined {
    if (status === 200) {
      return body;
    }
    if (status === 404) {
      return undefined;
    }
    if (status === 401 || status === 403) {
      throw new NodeRefusedCredentials(`${this.who} refuses to answer (HTTP ${status}). Check its key.`);
    }
    if (status === 429 || status >= 500) {
      throw new NodeUnreachable(`${this.who} is too busy or broken to answer (HTTP ${status}).`);
    }
    throw new NodeRefused(`${this.who} refuses (HTTP ${status}).`);
  }
}

const isThere = (found: LocatedTransaction | undefined) =>
  found !== undefined && found.place.kind !== "nowhere";
