import { until } from "../support/until";
import type { TestNode } from "./test-node";

/** Connects two nodes and waits until they agree on the chain. */
export async function connect(one: TestNode, other: TestNode): Promise<void> {
  await one.rpc("setnetworkactive", true);
  await one.rpc("addnode", other.p2p_address, "onetry");
  await until(async () => (await tipOf(one)) === (await tipOf(other)));
}

/** Parts a node from all others: each then mines a chain of its own. */
export async function part(one: TestNode): Promise<void> {
  await one.rpc("setnetworkactive", false);
  await until(async () => (await one.rpc<number>("getconnectioncount")) === 0);
}

/** Gives a node all blocks of another's chain, as a peer would: it follows them where they are the longer chain. */
export async function copyChain(from: TestNode, to: TestNode): Promise<void> {
  const height = await from.rpc<number>("getblockcount");
  let common = Math.min(height, await to.rpc<number>("getblockcount"));
  const hashIn = (node: TestNode, at: number) => node.rpc<string>("getblockhash", at);
  while ((await hashIn(from, common)) !== (await hashIn(to, common))) {
    common -= 1;
  }
  for (let at = common + 1; at <= height; at += 1) {
    await to.rpc("submitblock", await from.rpc("getblock", await hashIn(from, at), false));
  }
}

const tipOf = (node: TestNode) => node.rpc<string>("getbestblockhash");
