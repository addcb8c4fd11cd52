import type { ChainEvent } from "../../chain/events";
import type { ChainTransaction } from "../../chain/source";
import { changesOf } from "../chain-changes";

const NOW = new Date("2030-01-01T12:00:00Z");
const BLOCK = { height: 7, hash: "b7" };
const time_s = (minutes_before: number): number => NOW.getTime() / 1_000 - minutes_before * 60;
const OURS = new Map([["0014aa", "btcinv_1"]]);

function pays(...outputs: readonly (readonly [script: string, value_sats: bigint])[]): ChainTransaction {
  return {
    txid: "t1",
    is_coinbase: false,
    inputs: [],
    outputs: outputs.map(([script, value_sats], vout) => ({ vout, value_sats, script })),
  };
}

const changes = (...events: ChainEvent[]) => changesOf(events, OURS, NOW);

describe("what a follower tells", () => {
  it("is an output of ours for each that pays an address we gave out, and for nothing else", () => {
    const transaction = pays(["0014bb", 5n], ["0014aa", 6n], ["0014aa", 7n], ["0014aa", 0n]);
    expect(changes({ kind: "transaction_seen", transaction })).toEqual(
      [6n, 7n].map((value_sats, at) => ({
        kind: "there",
        output: { invoice_id: "btcinv_1", txid: "t1", vout: at + 1, value_sats, paid_at: NOW, block: null },
      })),
    );
  });

  it("is nothing of outputs that no address stands for, though they hold the key of one", () => {
    const scripts = ["", "6a0014aa", "76a914aa88ac", "0014aa00", "5114aa51ae"];
    const transaction = pays(...scripts.map((script) => [script, 5n] as const));
    expect(changes({ kind: "transaction_seen", transaction })).toEqual([]);
  });

  it.each([
    ["is as old as its block where nobody looked before", 30, new Date("2030-01-01T11:30:00Z")],
    ["is no younger than now, whatever a miner's clock says", -90, NOW],
  ])("%s", (_, minutes, paid_at) => {
    const block = { ...BLOCK, time_s: time_s(minutes) };
    expect(changes({ kind: "block_connected", block, transactions: [pays(["0014aa", 6n])] })).toMatchObject([
      { kind: "there", output: { paid_at, block: BLOCK } },
    ]);
  });

  it("takes back what was in a block that is no more, before the blocks in its place", () => {
    const transactions = [pays(["0014aa", 6n])];
    expect(
      changes(
        { kind: "block_disconnected", block: BLOCK },
        { kind: "block_connected", block: { height: 7, hash: "c7", time_s: time_s(1) }, transactions },
      ),
    ).toMatchObject([
      { kind: "unmined", block_hash: "b7" },
      { kind: "there", output: { block: { hash: "c7" } } },
    ]);
  });

  it("loses what was replaced or dropped, and not what was mined", () => {
    const gone = (because: Extract<ChainEvent, { kind: "transaction_gone" }>["because"]): ChainEvent => ({
      kind: "transaction_gone",
      txid: "t1",
      because,
    });
    expect(
      changes(
        gone({ kind: "replaced", by: "t2", in: "mempool" }),
        gone({ kind: "dropped" }),
        gone({ kind: "mined", block: BLOCK }),
      ),
    ).toEqual([
      { kind: "lost", txid: "t1", because: "replaced" },
      { kind: "lost", txid: "t1", because: "dropped" },
    ]);
  });
});
