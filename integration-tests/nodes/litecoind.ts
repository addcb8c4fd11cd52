import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHAINS } from "../../src/providers/bitcoin/chains";
import { ensureDebianPackage } from "./debian-package";
import { until } from "../support/until";
import { nodeRpc } from "./node-rpc";
import { freePort, newPassword, untilReady, type TestNode } from "./test-node";

/**
 * Runs the node until it ends, or until this process does, however: its standard input is a pipe from here, which the
 * system closes then. What it wrote goes with it.
 */
const FOLLOW_PARENT = `
directory=$1; shift
exec 3<&0
"$@" </dev/null & node=$!
(cat <&3 >/dev/null; kill "$node" 2>/dev/null) &
wait "$node"; code=$?
rm -rf "$directory"
exit "$code"`;

const STOP_WITHIN_MS = 20_000;

export type LitecoindOptions = Readonly<{
  /** More options of the node's command line. */
  args?: readonly string[];
  /** False to be given the node before it answers. */
  wait_until_ready?: boolean;
  /** Confidential extension blocks from height 432 on, as on the main chain; off when left out. */
  extension_blocks?: boolean;
}>;

/** A Litecoin Core that can be made to hang. */
export type Litecoind = TestNode & Readonly<{ pause(): Promise<void>; goOn(): void }>;

/** Starts Litecoin Core, a fork of Bitcoin Core 0.21 with the same RPC, on a new chain of its own. */
export async function startLitecoind({
  args = [],
  wait_until_ready = true,
  extension_blocks = false,
}: LitecoindOptions = {}): Promise<Litecoind> {
  const program = ensureDebianPackage("litecoind");
  const directory = mkdtempSync(path.join(tmpdir(), "tender-litecoind-"));
  const pid_file = path.join(directory, "node.pid");
  const [rpc_port, p2p_port] = [await freePort(), await freePort()];
  const [username, password] = ["tender", newPassword()];
  const options = [
    "-regtest",
    "-server",
    `-datadir=${directory}`,
    `-pid=${pid_file}`,
    `-rpcuser=${username}`,
    `-rpcpassword=${password}`,
    "-rpcbind=127.0.0.1",
    "-rpcallowip=127.0.0.1",
    `-rpcport=${rpc_port}`,
    "-listen=1",
    `-bind=127.0.0.1:${p2p_port}`,
    "-dnsseed=0",
    "-listenonion=0",
    "-txindex=1",
    "-fallbackfee=0.0002",
    // Off by default in Litecoin, on in Bitcoin.
    "-mempoolreplacement=1",
    // Without it, mining stops at block 431: the next one would need an extension block.
    ...(extension_blocks ? [] : ["-vbparams=mweb:-2:0"]),
    ...args,
  ];
  const child = spawn("sh", ["-c", FOLLOW_PARENT, "sh", directory, program, ...options], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let last_words = "";
  child.stderr.on("data", (chunk: Buffer) => (last_words = `${last_words}${chunk}`.slice(-1_000)));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const rpc_url = `http://127.0.0.1:${rpc_port}`;
  const rpc = nodeRpc(rpc_url, username, password);
  /** @returns the process's state thereafter, as Linux shows it */
  const signal = (name: NodeJS.Signals) => {
    const pid = Number(readFileSync(pid_file, "utf8"));
    process.kill(pid, name);
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  };
  let is_paused = false;
  const goOn = () => {
    signal("SIGCONT");
    is_paused = false;
  };
  const stop = async () => {
    if (is_paused) {
      goOn();
    }
    child.stdin.end();
    const timer = setTimeout(() => signal("SIGKILL"), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    if (wait_until_ready) {
      await untilReady(rpc, () => (child.exitCode === null ? undefined : last_words || "it ended"));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: "litecoind",
    chain: CHAINS["litecoin-regtest"],
    rpc_url,
    username,
    password,
    p2p_address: `127.0.0.1:${p2p_port}`,
    rpc,
    stop,
    goOn,
    pause: async () => {
      is_paused = true;
      // A busy machine stops a process a while after it was told to.
      await until(() => Promise.resolve(signal("SIGSTOP") === "T"));
    },
  };
}
