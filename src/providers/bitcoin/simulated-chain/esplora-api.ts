import type { ChainState, KeptBlock } from "./chain-state";
import { readTransaction, rejectionOf } from "./acceptance";
import { bytes, json, text, type Answer, type Route } from "./http";

const NOT_FOUND = text("Not found", 404);
const FEE_ESTIMATES = { "2": 10, "6": 5, "144": 1 };

type Deps = Readonly<{
  state: ChainState;
  /** Has a transaction wait to be mined. */
  take(transaction: NonNullable<ReturnType<typeof readTransaction>>): void;
}>;

/** The part of Esplora's HTTP API that following a chain and sending a transaction take (Blockstream Esplora, "API.md"). */
export function esploraRoutes({ state, take }: Deps): readonly Route[] {
  const ofBlock = (block: KeptBlock | undefined, answer: (block: KeptBlock) => Answer) =>
    block ? answer(block) : NOT_FOUND;
  return [
    [
      /^GET \/api\/block-height\/(\d+)$/,
      ([height]) => ofBlock(state.blockAt(Number(height)), ({ hash }) => text(hash)),
    ],
    [/^GET \/api\/blocks\/tip\/hash$/, () => text(state.tip.hash)],
    [/^GET \/api\/blocks\/tip\/height$/, () => text(String(state.tip.height))],
    [/^GET \/api\/block\/(\w{64})$/, ([hash = ""]) => ofBlock(state.block(hash), blockView)],
    [
      /^GET \/api\/block\/(\w{64})\/raw$/,
      ([hash = ""]) => ofBlock(state.block(hash), ({ block }) => bytes(block.toBuffer())),
    ],
    [/^GET \/api\/mempool\/txids$/, () => json(state.waiting.map(({ txid }) => txid))],
    [
      /^GET \/api\/tx\/(\w{64})\/raw$/,
      ([txid = ""]) => {
        const kept = state.transaction(txid);
        return kept ? bytes(kept.transaction.toBuffer()) : NOT_FOUND;
      },
    ],
    [/^GET \/api\/tx\/(\w{64})\/status$/, ([txid = ""]) => json(statusOf(state, txid))],
    [
      /^GET \/api\/tx\/(\w{64})\/outspend\/(\d+)$/,
      ([txid = "", vout]) => {
        const by = state.spenderOf({ txid, vout: Number(vout) });
        return json(by ? { spent: true, txid: by, status: statusOf(state, by) } : { spent: false });
      },
    ],
    [
      /^POST \/api\/tx$/,
      async (_, asked) => {
        const transaction = readTransaction(await asked.body());
        const rejection = transaction ? rejectionOf(state, transaction) : "TX decode failed";
        if (!transaction || rejection !== undefined) {
          const error = { code: transaction ? -26 : -22, message: rejection };
          return text(`sendrawtransaction RPC error: ${JSON.stringify(error)}`, 400);
        }
        take(transaction);
        return text(transaction.getId());
      },
    ],
    [/^GET \/api\/fee-estimates$/, () => json(FEE_ESTIMATES)],
  ];
}

const blockView = ({ hash, height, block }: KeptBlock): Answer =>
  json({
    id: hash,
    height,
    timestamp: block.timestamp,
    tx_count: block.transactions?.length ?? 0,
    ...(block.prevHash && { previousblockhash: Buffer.from(block.prevHash).reverse().toString("hex") }),
  });

/** Of a transaction it has never seen, the service says the same as of one that waits. */
function statusOf(state: ChainState, txid: string): object {
  const height = state.transaction(txid)?.height;
  const block = height === undefined ? undefined : state.blockAt(height);
  return block
    ? {
        confirmed: true,
        block_height: block.height,
        block_hash: block.hash,
        block_time: block.block.timestamp,
      }
    : { confirmed: false };
}
