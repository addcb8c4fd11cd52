import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Transaction } from "bitcoinjs-lib";
import { NodeRefusal } from "./node-rpc";
import type { TestNode } from "./test-node";

/** A service that speaks Esplora's API and knows what a test's node knows, at the moment it is asked. */
export type EsploraServer = Readonly<{
  url: string;
  /** From now on the mempool is told as it is now, or as these ids: as by a service that is behind or ahead with it. */
  freezeMempool(txids?: readonly string[]): Promise<void>;
  thawMempool(): void;
  stop(): Promise<void>;
}>;

type Answer = Readonly<{ status: number; body: string | Buffer }>;
type Route = readonly [pattern: RegExp, answer: (match: readonly string[], body: string) => Promise<Answer>];

const text = (body: string): Answer => ({ status: 200, body });
const json = (body: unknown): Answer => text(JSON.stringify(body));
const binary = (hex: string): Answer => ({ status: 200, body: Buffer.from(hex, "hex") });

/** Starts the service over a node. Where Blockstream's electrs answers oddly, so does this. */
export async function startEsploraServer(node: TestNode): Promise<EsploraServer> {
  let frozen: unknown;
  const mempool = async () => frozen ?? (await node.rpc("getrawmempool", false));
  const routes = routesOver(node, mempool);
  const server = createServer((request, response) => {
    void answerOf(routes, request).then(({ status, body }) => send(response, status, body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api`,
    freezeMempool: async (txids) => {
      frozen = txids ?? (await mempool());
    },
    thawMempool: () => {
      frozen = undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function routesOver({ rpc }: TestNode, mempool: () => Promise<unknown>): readonly Route[] {
  const rawTransaction = (txid: string) => rpc<string>("getrawtransaction", txid, false);
  const blockOf = async (txid: string) => {
    const found = await rpc<{ blockhash?: string; confirmations?: number }>("getrawtransaction", txid, true);
    return (found.confirmations ?? 0) > 0 ? found.blockhash : undefined;
  };
  return [
    [/^GET \/block-height\/(\d+)$/, async ([height]) => text(await rpc("getblockhash", Number(height)))],
    [/^GET \/blocks\/tip\/hash$/, async () => text(await rpc("getbestblockhash"))],
    [
      /^GET \/block\/(\w{64})$/,
      async ([hash]) => {
        const { height } = await rpc<{ height: number }>("getblock", hash, true);
        return json({ id: hash, height });
      },
    ],
    [/^GET \/block\/(\w{64})\/raw$/, async ([hash]) => binary(await rpc("getblock", hash, false))],
    [/^GET \/mempool\/txids$/, async () => json(await mempool())],
    [/^GET \/tx\/(\w{64})\/raw$/, async ([txid]) => binary(await rawTransaction(txid ?? ""))],
    [
      /^GET \/tx\/(\w{64})\/status$/,
      async ([txid]) => {
        // Of a transaction it has never seen, electrs says the same as of an unconfirmed one.
        const block_hash = await blockOf(txid ?? "").catch(() => undefined);
        return json(block_hash ? { confirmed: true, block_hash } : { confirmed: false });
      },
    ],
    [
      /^GET \/tx\/(\w{64})\/outspend\/(\d+)$/,
      async ([txid, vout]) => {
        const by = await spenderOf(rpc, txid ?? "", Number(vout));
        return json(by ? { spent: true, txid: by } : { spent: false });
      },
    ],
    [
      /^POST \/tx$/,
      async (_match, raw) => {
        const txid = await rpc<string>("sendrawtransaction", raw);
        return text(txid);
      },
    ],
    [/^GET \/fee-estimates$/, () => Promise.resolve(json({ "2": 87.882, "6": 68.285, "144": 1.027 }))],
  ];
}

/** Searches mempool and chain, newest first, as electrs would have noted it. */
async function spenderOf(rpc: TestNode["rpc"], txid: string, vout: number): Promise<string | undefined> {
  const spends = async (candidate: string) => {
    const { ins } = Transaction.fromHex(await rpc<string>("getrawtransaction", candidate, false));
    return ins.some(
      ({ hash, index }) => index === vout && Buffer.from(hash).reverse().toString("hex") === txid,
    );
  };
  const search = async (candidates: readonly string[]) => {
    for (const candidate of candidates) {
      if (await spends(candidate)) {
        return candidate;
      }
    }
    return undefined;
  };
  const waiting = await search(await rpc<string[]>("getrawmempool", false));
  for (let height = await rpc<number>("getblockcount"); !waiting && height > 0; height -= 1) {
    const { tx } = await rpc<{ tx: string[] }>("getblock", await rpc("getblockhash", height), true);
    const found = await search(tx.slice(1));
    if (found || tx.includes(txid)) {
      return found;
    }
  }
  return waiting;
}

async function answerOf(routes: readonly Route[], request: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  const asked = `${request.method} ${request.url?.replace(/^\/api/, "")}`;
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(asked);
    if (match) {
      try {
        return await answer(match.slice(1), Buffer.concat(chunks).toString("utf8"));
      } catch (error) {
        return refusalOf(asked, error);
      }
    }
  }
  return { status: 404, body: "Not found" };
}

function refusalOf(asked: string, error: unknown): Answer {
  if (!(error instanceof NodeRefusal)) {
    return { status: 500, body: String(error) };
  }
  return asked.startsWith("POST")
    ? {
        status: 400,
        body: `sendrawtransaction RPC error: ${JSON.stringify({ code: error.code, message: error.message })}`,
      }
    : { status: 404, body: "Not found" };
}

function send(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status).end(body);
}
