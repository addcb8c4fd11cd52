import { request } from "node:http";
import { CHAINS } from "../../chains";
import { EsploraSource } from "../../chain/esplora-source";
import { readAddress } from "../../given-address";
import { ADDRESS, openChain, type TestChain } from "./support";

const UNKNOWN = "ab".repeat(32);

describe("the hand behind the simulated chain", () => {
  let chain: TestChain;
  beforeAll(async () => {
    chain = await openChain();
  });
  afterAll(() => chain.stop());

  const source = () => new EsploraSource(CHAINS["bitcoin-regtest"], { url: chain.esplora_url });

  it("pays exactly what it is asked to, from coins that are there", async () => {
    const txid = await chain.pay("0.00012345");
    const found = await source().transaction(txid);
    const { script } = readAddress(CHAINS["bitcoin-regtest"], ADDRESS);
    expect(found?.transaction.outputs[0]).toEqual({ vout: 0, script, value_sats: 12_345n });
    for (const input of found?.transaction.inputs ?? []) {
      expect(await source().outputState(input)).toEqual({ kind: "spent", by: txid });
    }
  });

  it("pays more than one coin holds, and goes on paying", async () => {
    const txid = await chain.pay("120");
    expect((await source().transaction(txid))?.transaction.inputs).toHaveLength(3);
    const others = await Promise.all(Array.from({ length: 50 }, () => chain.pay()));
    expect(new Set([txid, ...others]).size).toBe(51);
  });

  it("says so when all coins wait to be mined, and pays again after a block", async () => {
    const { height } = await chain.act("mine", { blocks: 100 });
    await chain.pay("1000");
    await chain.pay("1000");
    await expect(Promise.all(Array.from({ length: 20 }, () => chain.pay("1000")))).rejects.toThrow(
      /wait to be mined/,
    );
    expect((await chain.act("mine", {})).height).toBe(height + 1);
    await chain.pay();
  });

  it("mines as many blocks as it is told to, one without a number", async () => {
    const { height } = await chain.act("state");
    expect((await chain.act("mine", { blocks: 3 })).height).toBe(height + 3);
    expect((await chain.act("mine", "")).height).toBe(height + 4);
  });

  it.each([
    ["pay", { address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", amount: "1" }, 400, "Bitcoin"],
    ["pay", { address: "nonsense", amount: "1" }, 400, "address"],
    ["pay", { address: ADDRESS, amount: "0" }, 400, "satoshis"],
    ["pay", { address: ADDRESS, amount: "0.00000001" }, 400, "satoshis"],
    ["pay", { address: ADDRESS, amount: "1e3" }, 400, "decimal"],
    ["pay", { address: ADDRESS, amount: "-1" }, 400, "decimal"],
    ["pay", { address: ADDRESS, amount: "99999999" }, 400, "satoshis"],
    ["pay", { address: ADDRESS, amount: 1 }, 400, "amount"],
    ["pay", { address: ADDRESS }, 400, "amount"],
    ["pay", "{", 400, "JSON"],
    ["pay", "7", 400, "object"],
    ["mine", { blocks: 0 }, 400, "blocks"],
    ["mine", { blocks: 101 }, 400, "blocks"],
    ["replace", { txid: "x" }, 400, "txid"],
    ["replace", { txid: UNKNOWN }, 404, "waits"],
    ["reorg", {}, 400, "depth"],
    ["reorg", { depth: 51 }, 400, "depth"],
    ["steal", {}, 404, "page"],
    ["pay", "x".repeat(1024 * 1024 + 1), 413, "bytes"],
  ])("turns down %s %j", async (path, body, status, words) => {
    const before = await chain.act("state");
    const answer = await chain.ask(path, body);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
    expect(await chain.act("state")).toEqual(before);
  });

  it("does not replace what is mined", async () => {
    const txid = await chain.pay();
    await chain.act("mine", {});
    expect((await chain.ask("replace", { txid })).status).toBe(404);
  });

  it.each([
    ["a web page", { origin: "https://shop.example" }],
    ["a page without an address", { origin: "null" }],
    ["a name that was made to point here", { host: "evil.example" }],
  ])("answers no %s", async (_, headers) => {
    const status = await new Promise((resolve, reject) => {
      request(`${chain.url}/demo/mine`, { method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once("error", reject)
        .end("{}");
    });
    expect(status).toBe(403);
  });
});
