import { createServer, type Server } from "node:http";
import { inspect } from "node:util";
import { CHAINS, type Chain } from "../../src/providers/bitcoin/chains";
import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import { EsploraSource } from "../../src/providers/bitcoin/chain/esplora-source";
import { startCursor } from "../../src/providers/bitcoin/chain/cursor";
import { ChainSourceError, NodeUnreachable } from "../../src/providers/bitcoin/chain/errors";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import { startEsploraServer } from "../nodes/esplora-server";
import { startLitecoind, type Litecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import { freePort, type TestNode } from "../nodes/test-node";
import { connect, part } from "../nodes/two-nodes";
import { Books } from "./following";
import { intercepted } from "./intercepted-source";

const SECRET = "a-password-nobody-may-read";

const sourceOf = (
  node: TestNode,
  changes: Partial<{ url: string; password: string; chain: Chain; timeout_ms: number }> = {},
) =>
  new CoreRpcSource(changes.chain ?? node.chain, {
    url: changes.url ?? node.rpc_url,
    username: node.username,
    password: changes.password ?? node.password,
    timeout_ms: changes.timeout_ms,
  });

async function errorOf(work: Promise<unknown>): Promise<ChainSourceError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ChainSourceError) {
    return error;
  }
  throw new Error(`It did not fail as a chain source does: ${String(error)}`);
}

/** A server that answers every request with the same. */
async function answering(status: number, body: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same source, of which one request fails. */
function failingAt(source: ChainSource, request: number): ChainSource {
  let requests = 0;
  return intercepted(source, () => {
    requests += 1;
    if (requests === request) {
      throw new NodeUnreachable("The node cannot be reached (ECONNRESET).");
    }
  });
}

describe("a node that fails", () => {
  let node: Litecoind;
  let purse: Purse;

  beforeAll(async () => {
    node = await startLitecoind();
    purse = new Purse(node);
    await purse.fill(60);
  });
  afterAll(() => node?.stop());

  it("is told to refuse the credentials, and they are in no error", async () => {
    const error = await errorOf(sourceOf(node, { password: SECRET }).tip());
    expect(error.problem).toBe("refused_credentials");
    const base64 = Buffer.from(`${node.username}:${SECRET}`).toString("base64");
    for (const shown of [error.message, inspect(error, { depth: 9, showHidden: true })]) {
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(base64);
    }
  });

  it("is told to be on another network, whatever is asked of it", async () => {
    const wrong = [
      sourceOf(node, { chain: CHAINS["bitcoin-regtest"] }),
      sourceOf(node, { chain: CHAINS.litecoin }),
    ];
    for (const source of wrong) {
      for (const work of [
        source.tip(),
        source.blockHashAt(0),
        source.mempoolTxids(),
        source.broadcast("00".repeat(60)),
      ]) {
        expect((await errorOf(work)).problem).toBe("wrong_network");
      }
    }
  });

  it("is told to be on another network by an Esplora service too", async () => {
    const service = await startEsploraServer(node);
    const source = new EsploraSource(CHAINS.bitcoin, { url: service.url });
    expect((await errorOf(source.tip())).problem).toBe("wrong_network");
    await service.stop();
    expect((await errorOf(source.tip())).problem).toBe("unreachable");
  });

  it("is unreachable where nothing listens", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect((await errorOf(sourceOf(node, { url }).tip())).message).toMatch(
      /cannot be reached \(ECONNREFUSED\)/,
    );
  });

  it("is unreachable while it hangs, and read on when it answers again", async () => {
    const source = sourceOf(node, { timeout_ms: 300 });
    const { height } = await source.tip();
    await node.pause();
    const error = await errorOf(source.tip());
    expect(error.problem).toBe("unreachable");
    expect(error.message).toContain("300 ms");
    node.goOn();
    expect((await sourceOf(node).tip()).height).toBe(height);
  });

  it("is unreachable while it has more to do than it can", async () => {
    const busy = await startLitecoind({ args: ["-rpcthreads=1", "-rpcworkqueue=1"] });
    try {
      const source = sourceOf(busy);
      await source.tip();
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, () =>
          source.mempoolTxids().then(
            () => "answered",
            (error: ChainSourceError) => error.problem,
          ),
        ),
      );
      expect(new Set(outcomes)).toEqual(new Set(["answered", "unreachable"]));
    } finally {
      await busy.stop();
    }
  });

  it("is told to warm up while it starts", async () => {
    const problems = new Set<string>();
    for (let starts = 0; starts < 5 && !problems.has("warming_up"); starts += 1) {
      const starting = await startLitecoind({ wait_until_ready: false });
      const source = sourceOf(starting);
      for (let done = false; !done;) {
        done = await source.tip().then(
          () => true,
          (error: ChainSourceError) => {
            problems.add(error.problem);
            return false;
          },
        );
      }
      await starting.stop();
    }
    expect([...problems].sort()).toEqual(["unreachable", "warming_up"]);
  });

  it.each([
    ["no JSON", 200, "<html>", "nonsense"],
    ["JSON of another kind", 200, '{"jsonrpc":"2.0"}', "nonsense"],
    ["a list for one answer", 200, "[]", "nonsense"],
    ["a hash that is none", 200, '{"result":"../../etc/passwd","error":null}', "nonsense"],
    ["a redirect", 302, "", "nonsense"],
    ["an internal error in HTML", 500, "<html>", "unreachable"],
    ["too many requests", 429, "slow down", "unreachable"],
    ["forbidden", 403, "", "refused_credentials"],
    [
      "warming up",
      500,
      '{"result":null,"error":{"code":-28,"message":"Verifying blocks..."},"id":0}',
      "warming_up",
    ],
    ["an unknown refusal", 500, '{"result":null,"error":{"code":-99,"message":"no"},"id":0}', "refused"],
  ])("is understood when it answers with %s", async (_name, status, body, problem) => {
    const server = await answering(status, body);
    expect((await errorOf(sourceOf(node, { url: server.url }).genesisHash())).problem).toBe(problem);
    await server.stop();
  });

  it("is cut off when its answer is too long", async () => {
    const server = await answering(200, "1".repeat(33 * 1024 * 1024));
    const error = await errorOf(sourceOf(node, { url: server.url }).genesisHash());
    expect([error.problem, error.message]).toEqual(["nonsense", expect.stringContaining("longer than")]);
    await server.stop();
  });

  it("starts no follower on a chain it still fetches", async () => {
    const fresh = await startLitecoind();
    try {
      // With its genesis block alone, from 2011, a node is in its first download.
      expect((await sourceOf(fresh).tip()).is_syncing).toBe(true);
      expect((await errorOf(startCursor(sourceOf(fresh)))).problem).toBe("warming_up");
    } finally {
      await fresh.stop();
    }
  });

  it("changes nothing at whichever request it fails, and the follower ends up with the same", async () => {
    const rival = await startLitecoind();
    try {
      await connect(node, rival);
      const watched = new Purse(node);
      const known = await node.rpc<{ scriptPubKey: string }>("validateaddress", watched.address);
      const scenario = async (books: Books) => {
        books.watchScript(known.scriptPubKey);
        await books.open();
        await books.catchUp();
      };
      const reference = new Books(sourceOf(node));
      await scenario(reference);
      // A payment mined here, another one waiting, and then a longer chain that has neither.
      await part(node);
      const coin = await purse.coin();
      const mined = purse.sign([coin], [{ to: watched.address, sats: 1_000_000n }]);
      await purse.send(mined);
      await purse.mine(2);
      await purse.pay([{ to: watched.address, sats: 2_000_000n }]);
      await reference.catchUp();
      const middle = reference.position;
      await purse.send(purse.sign([coin], []), rival);
      await rival.rpc("generatetoaddress", 4, watched.address);
      await connect(node, rival);
      const expected_events = await reference.catchUp();
      expect(expected_events).toHaveLength(6);

      let failures = 0;
      for (let request = 1; ; request += 1) {
        const books = new Books(failingAt(sourceOf(node), request));
        books.watchScript(known.scriptPubKey);
        books.position = middle;
        const events: string[] = [];
        try {
          events.push(...(await books.catchUp()));
          break;
        } catch (error) {
          expect(error).toBeInstanceOf(NodeUnreachable);
          failures += 1;
          const disconnected = books.told.filter(({ kind }) => kind === "block_disconnected").length;
          // All of a reorganisation has been told, or nothing of it.
          expect([0, 2]).toContain(disconnected);
          expect(books.told.length === 0).toBe(books.position === middle);
        }
        await books.catchUp();
        expect(books.told).toEqual(reference.told.slice(-expected_events.length));
        expect(books.cursor).toEqual(reference.cursor);
      }
      expect(failures).toBeGreaterThan(10);
    } finally {
      await rival.stop();
    }
  });
});

describe("a mempool that lets go of a payment", () => {
  it("is told to have dropped it when it has waited too long", async () => {
    const node = await startLitecoind({ args: ["-mempoolexpiry=1"] });
    try {
      const purse = new Purse(node);
      await purse.fill(5);
      const receiver = new Purse(node);
      const books = new Books(sourceOf(node));
      const { scriptPubKey } = await node.rpc<{ scriptPubKey: string }>("validateaddress", receiver.address);
      books.watchScript(scriptPubKey);
      await books.open();
      const payment = await purse.pay([{ to: receiver.address, sats: 1_000_000n }]);
      expect(await books.catchUp()).toEqual([`seen ${payment.txid.slice(0, 8)}`]);
      // Two hours later; the node looks for what has expired when the next one comes.
      await node.rpc("setmocktime", Math.floor(Date.now() / 1000) + 7_200);
      await purse.pay([]);
      expect(await books.catchUp()).toEqual([`gone ${payment.txid.slice(0, 8)} dropped`]);
      expect(books.places.size).toBe(0);
      // Sent again, it waits again.
      await purse.send(payment);
      expect(await books.catchUp()).toEqual([`seen ${payment.txid.slice(0, 8)}`]);
    } finally {
      await node.stop();
    }
  });
});
