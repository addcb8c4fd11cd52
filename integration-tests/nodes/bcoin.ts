import { fork } from "node:child_process";
import path from "node:path";
import { CHAINS } from "../../src/providers/bitcoin/chains";
import { nodeRpc } from "./node-rpc";
import { freePort, newPassword, untilReady, type TestNode } from "./test-node";

const PROCESS = path.join(__dirname, "bcoin-process.cjs");

/** Starts bcoin, a node of Bitcoin's own consensus, on a new chain of its own. Segwit is active from height 432 on. */
export async function startBcoin(): Promise<TestNode> {
  const [rpc_port, p2p_port] = [await freePort(), await freePort()];
  const password = newPassword();
  const child = fork(PROCESS, [String(rpc_port), String(p2p_port), password], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let last_words = "";
  child.stderr?.on("data", (chunk: Buffer) => (last_words = `${last_words}${chunk}`.slice(-1_000)));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const rpc_url = `http://127.0.0.1:${rpc_port}`;
  // Any name does; the password is its API key.
  const rpc = nodeRpc(rpc_url, "tender", password);
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    await untilReady(rpc, () => (child.exitCode === null ? undefined : last_words || "it ended"));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: "bcoin",
    chain: CHAINS["bitcoin-regtest"],
    rpc_url,
    username: "tender",
    password,
    p2p_address: `127.0.0.1:${p2p_port}`,
    rpc,
    stop,
  };
}
