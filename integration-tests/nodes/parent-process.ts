/** Starts one node of each kind, tells where they are, and waits to be killed. */
import { startBcoin } from "./bcoin";
import { startLitecoind } from "./litecoind";

async function main(): Promise<void> {
  const nodes = await Promise.all([startLitecoind(), startBcoin()]);
  process.send?.(nodes.map(({ rpc_url }) => rpc_url));
}

void main();
