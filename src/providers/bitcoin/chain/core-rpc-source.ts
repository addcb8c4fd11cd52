import { setTimeout as sleep } from "node:timers/promises";
import type { Chain } from "../chains";
import { Answers } from "./answers";
import { decodeBlock, decodeTransaction, readTxid } from "./decoding";
import { NodeRefused, NodeWarmingUp } from "./errors";
import { NetworkCheck } from "./network-check";
import { RpcConnection, RpcRefusal, type RpcCall } from "./rpc-connection";
import { readServiceUrl } from "./service-url";
import type {
  AcceptanceTest,
  Block,
  BroadcastOutcome,
  ChainSource,
  ChainTransaction,
  LocatedTransaction,
  Outpoint,
  OutputState,
  Tip,
} from "./source";

export type CoreRpcOptions = Readonly<{
  /** Where the node's RPC listens, without credentials. */
  url: string;
  username: string;
  password: string;
  /** Longest that one request may take; 30 s when left out. */
  timeout_ms?: number;
}>;

/** Bitcoin Core, rpc/protocol.h. */
const CODES = {
  misc: -1,
  not_found: -5,
  out_of_range: -8,
  undecodable: -22,
  verify_error: -25,
  verify_rejected: -26,
  already_in_chain: -27,
  unknown_method: -32601,
  internal: -32603,
} as const;
/** The codes with which a transaction is rejected; any other refusal is of the node itself. */
const REJECTIONS: readonly number[] = [CODES.undecodable, CODES.verify_error, CODES.verify_rejected];

const DEFAULT_TIMEOUT_MS = 30_000;
/** How long a node may take to decide on a transaction it has acknowledged: 3 s. */
const DECISION_LOOKS = 31;
const DECISION_LOOK_EVERY_MS = 100;
/** Transactions asked for in one request. */
const BATCH = 25;
const SATOSHIS = 100_000_000;

/** The chain as a full node tells it: Bitcoin Core, Litecoin Core, bcoin. */
export class CoreRpcSource implements ChainSource {
  private readonly who: string;
  private readonly connection: RpcConnection;
  private readonly network: NetworkCheck;
  private readonly answers: Answers;

  /** @throws Error for an address that is none */
  constructor(
    readonly chain: Chain,
    { url, username, password, timeout_ms = DEFAULT_TIMEOUT_MS }: CoreRpcOptions,
  ) {
    this.who = `The ${chain.title} node`;
    this.connection = new RpcConnection(this.who, {
      url: readServiceUrl(url, "The node's address"),
      username,
      password,
      timeout_ms,
    });
    this.network = new NetworkCheck(chain, this.who, () => this.genesisHash());
    this.answers = new Answers(this.who);
  }

  async genesisHash(): Promise<string> {
    try {
      return this.answers.hash(await this.connection.call("getblockhash", 0), "the genesis block's hash");
    } catch (error) {
      throw this.understood(error);
    }
  }

  async tip(): Promise<Tip> {
    const info = this.answers.fields(await this.call("getblockchaininfo"), "getblockchaininfo");
    return {
      height: this.answers.height(info.blocks, "the tip's height"),
      hash: this.answers.hash(info.bestblockhash, "the tip's hash"),
      is_syncing: info.initialblockdownload === true,
      // Not told by nodes before version 22.
      ...(typeof info.time === "number" && { time_s: info.time }),
    };
  }

  async blockHashAt(height: number): Promise<string | undefined> {
    const hash = await this.callUnless([CODES.out_of_range], "getblockhash", height);
    return hash === undefined ? undefined : this.answers.hash(hash, "a block's hash");
  }

  async block(hash: string): Promise<Block | undefined> {
    const answer = await this.callUnless([CODES.not_found], "getblock", hash, false);
    if (answer === undefined) {
      return undefined;
    }
    const raw = this.answers.bytes(answer, "a block");
    return this.answers.decoded("a block", () => decodeBlock(this.chain, raw, hash));
  }

  async mempoolTxids(): Promise<readonly string[]> {
    const [info, txids] = await this.batch([["getmempoolinfo"], ["getrawmempool", false]]);
    if (this.answers.fields(this.allowed(info), "getmempoolinfo").loaded === false) {
      throw new NodeWarmingUp(`${this.who} is still loading its mempool.`);
    }
    return this.answers.hashes(this.allowed(txids), "the mempool");
  }

  async mempoolTransactions(txids: readonly string[]): Promise<readonly ChainTransaction[]> {
    const found: ChainTransaction[] = [];
    for (let at = 0; at < txids.length; at += BATCH) {
      const asked = txids.slice(at, at + BATCH);
      const answers = await this.batch(asked.map((txid) => ["getrawtransaction", txid, false]));
      asked.forEach((txid, index) => {
        const answer = answers[index];
        if (!(answer instanceof RpcRefusal && isNotFound(answer))) {
          found.push(this.decode(this.allowed(answer), txid).transaction);
        }
      });
    }
    return found;
  }

  async isInMempool(txid: string): Promise<boolean> {
    return (await this.callUnless([CODES.not_found], "getmempoolentry", txid)) !== undefined;
  }

  async transaction(txid: string): Promise<LocatedTransaction | undefined> {
    const answer = await this.callUnless([CODES.not_found], "getrawtransaction", txid, true);
    if (answer === undefined) {
      return undefined;
    }
    const { hex, blockhash, confirmations } = this.answers.fields(answer, "a transaction");
    const decoded = this.decode(hex, txid);
    if (typeof confirmations === "number" && confirmations > 0) {
      return {
        ...decoded,
        place: { kind: "block", hash: this.answers.hash(blockhash, "a transaction's block") },
      };
    }
    // The transaction index also has those of stale blocks, without confirmations.
    return { ...decoded, place: { kind: (await this.isInMempool(txid)) ? "mempool" : "nowhere" } };
  }

  async outputState({ txid, vout }: Outpoint): Promise<OutputState> {
    if ((await this.callUnless([CODES.not_found], "gettxout", txid, vout, true)) != null) {
      return { kind: "unspent" };
    }
    const found = await this.transaction(txid);
    const is_known = found && found.place.kind !== "nowhere" && vout < found.transaction.outputs.length;
    return { kind: is_known ? "spent" : "unknown" };
  }

  async broadcast(raw: string): Promise<BroadcastOutcome> {
    const txid = readTxid(this.chain, raw);
    if (txid === undefined) {
      return { kind: "rejected", reason: "it cannot be decoded" };
    }
    if (await this.isInMempool(txid)) {
      return { kind: "already_there", txid };
    }
    let reason = "the node did not keep it";
    try {
      await this.network.before(() => this.connection.call("sendrawtransaction", raw));
      if (await this.comesIntoMempool(txid)) {
        return { kind: "accepted", txid };
      }
    } catch (error) {
      if (error instanceof RpcRefusal && error.code === CODES.already_in_chain) {
        return { kind: "already_there", txid };
      }
      reason = this.rejectionIn(error);
    }
    // A mined one whose outputs are spent is rejected for inputs that are missing.
    const place = (await this.transaction(txid))?.place;
    return place?.kind === "block" ? { kind: "already_there", txid } : { kind: "rejected", reason };
  }

  async testAcceptance(raw: string): Promise<AcceptanceTest | undefined> {
    try {
      const answer = await this.network.before(() => this.connection.call("testmempoolaccept", [raw]));
      const [first] = this.answers.list(answer, "testmempoolaccept");
      const { allowed, "reject-reason": reason } = this.answers.fields(first, "testmempoolaccept");
      return allowed === true ? { kind: "acceptable" } : { kind: "rejected", reason: String(reason) };
    } catch (error) {
      if (error instanceof RpcRefusal && error.code === CODES.unknown_method) {
        return undefined;
      }
      return { kind: "rejected", reason: this.rejectionIn(error) };
    }
  }

  async feeRate(within_blocks: number): Promise<bigint | undefined> {
    // Nodes differ in how far they estimate.
    const answer = await this.callUnless(
      [CODES.out_of_range, CODES.internal],
      "estimatesmartfee",
      within_blocks,
    );
    const { feerate } = this.answers.fields(answer ?? {}, "estimatesmartfee");
    // Coins for 1,000 bytes with eight decimals, which a double holds exactly enough to be rounded back.
    return typeof feerate === "number" && feerate > 0 ? BigInt(Math.round(feerate * SATOSHIS)) : undefined;
  }

  /** bcoin answers before it has decided, and the same of what it then rejects; Bitcoin Core has decided. */
  private async comesIntoMempool(txid: string): Promise<boolean> {
    for (let looks = 1; ; looks += 1) {
      if (await this.isInMempool(txid)) {
        return true;
      }
      if (looks === DECISION_LOOKS) {
        return false;
      }
      await sleep(DECISION_LOOK_EVERY_MS);
    }
  }

  private decode(hex: unknown, txid: string): Pick<LocatedTransaction, "transaction" | "raw"> {
    const bytes = this.answers.bytes(hex, "a transaction");
    const transaction = this.answers.decoded("a transaction", () =>
      decodeTransaction(this.chain, bytes, txid),
    );
    return { transaction, raw: bytes.toString("hex") };
  }

  private async call(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.callUnless([], method, ...params);
  }

  /** Undefined when it is refused with one of the codes. */
  private async callUnless(
    codes: readonly number[],
    method: string,
    ...params: readonly unknown[]
  ): Promise<unknown> {
    try {
      return await this.network.before(() => this.connection.call(method, ...params));
    } catch (error) {
      const is_expected =
        error instanceof RpcRefusal &&
        (codes.includes(error.code) || (codes.includes(CODES.not_found) && isNotFound(error)));
      if (is_expected) {
        return undefined;
      }
      throw this.understood(error);
    }
  }

  private async batch(calls: readonly RpcCall[]): Promise<readonly unknown[]> {
    try {
      return await this.network.before(() => this.connection.batch(calls));
    } catch (error) {
      throw this.understood(error);
    }
  }

  /** The result of a call within a batch. @throws NodeRefused when it was refused */
  private allowed(result: unknown): unknown {
    if (result instanceof RpcRefusal) {
      throw this.understood(result);
    }
    return result;
  }

  /** Why the node rejected a transaction. @throws ChainSourceError when that is not what it said */
  private rejectionIn(error: unknown): string {
    if (error instanceof RpcRefusal && REJECTIONS.includes(error.code)) {
      return error.message;
    }
    throw this.understood(error);
  }

  private understood(error: unknown): unknown {
    return error instanceof RpcRefusal
      ? new NodeRefused(`${this.who} refuses (${error.code}: ${error.message}).`)
      : error;
  }
}

/** bcoin has no code of its own for it. */
function isNotFound({ code, message }: RpcRefusal): boolean {
  return code === CODES.not_found || (code === CODES.misc && /not (found|in mempool)/i.test(message));
}
