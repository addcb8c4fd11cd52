import type { Transaction } from "bitcoinjs-lib";
import type { IncomingMessage } from "node:http";
import { z } from "@medusajs/framework/zod";
import type { ChainState } from "./chain-state";
import { doubleSpend, payOrder, readOrder } from "./demo-wallet";
import { json, type Answer, type Asked, type Route } from "./http";
import type { Miner } from "./miner";
import { Refusal } from "./refusal";

const MOST_BLOCKS = 100;
/** Less than the age of the coins that the wallet spends. */
const DEEPEST_REORGANISATION = 50;

const PaySchema = z.strictObject({ address: z.string(), amount: z.string() });
const MineSchema = z.strictObject({ blocks: z.number().int().min(1).max(MOST_BLOCKS).default(1) });
const ReplaceSchema = z.strictObject({ txid: z.string().regex(/^[0-9a-f]{64}$/) });
const ReorgSchema = z.strictObject({ depth: z.number().int().min(1).max(DEEPEST_REORGANISATION) });

type Deps = Readonly<{ state: ChainState; miner: Miner; take(transaction: Transaction): string }>;

/** The hand of whoever shows the demo, or tests with it. Only programs on the same machine may use it. */
export function controlRoutes({ state, miner, take }: Deps): readonly Route[] {
  const answer = (more: object = {}): Answer =>
    json({
      ...more,
      height: state.tip.height,
      tip: state.tip.hash,
      waiting: state.waiting.map(({ txid }) => txid),
    });
  const route = (pattern: RegExp, act: (asked: Asked) => Promise<Answer>): Route => [
    pattern,
    (_, asked) => {
      refuseStrangers(asked.request);
      return act(asked);
    },
  ];
  return [
    route(/^GET \/demo\/state$/, () => Promise.resolve(answer())),
    route(/^POST \/demo\/pay$/, async (asked) => {
      const { address, amount } = await parsed(PaySchema, asked);
      return answer({ txid: take(payOrder(state, readOrder(address, amount))) });
    }),
    route(/^POST \/demo\/mine$/, async (asked) => {
      const { blocks } = await parsed(MineSchema, asked);
      miner.mine(blocks);
      return answer();
    }),
    route(/^POST \/demo\/replace$/, async (asked) => {
      const { txid } = await parsed(ReplaceSchema, asked);
      return answer({ txid: take(doubleSpend(state, txid)) });
    }),
    route(/^POST \/demo\/reorg$/, async (asked) => {
      const { depth } = await parsed(ReorgSchema, asked);
      miner.reorganise(depth);
      return answer();
    }),
  ];
}

async function parsed<S extends z.ZodType>(schema: S, asked: Asked): Promise<z.output<S>> {
  const result = schema.safeParse(jsonIn(await asked.body()));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Refusal(
      400,
      issue?.path.length ? `"${issue.path.join(".")}": ${issue.message}.` : "The body must be a JSON object.",
    );
  }
  return result.data;
}

/** An empty body counts as `{}`. */
function jsonIn(body: string): unknown {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    throw new Refusal(400, "The body is not JSON.");
  }
}

/** Neither other hosts nor web pages (DNS rebinding, cross-site requests) pass. @throws Refusal 403 for them */
function refuseStrangers({ headers: { host = "", origin } }: IncomingMessage): void {
  const is_local = isLoopback(`http://${host}`) && (origin === undefined || isLoopback(origin));
  if (!is_local) {
    throw new Refusal(403, "Only programs on the same machine may do that.");
  }
}

function isLoopback(url: string): boolean {
  const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: "" };
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
