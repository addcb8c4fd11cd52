import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import type { Chain } from "../../src/providers/bitcoin/chains";
import type { NodeRpc } from "./node-rpc";

/** A real node on its own chain, for one test file. */
export type TestNode = Readonly<{
  name: string;
  chain: Chain;
  rpc_url: string;
  username: string;
  password: string;
  /** Where other nodes connect to it. */
  p2p_address: string;
  rpc: NodeRpc;
  stop(): Promise<void>;
}>;

const READY_WITHIN_MS = 60_000;

/** A password nobody else has. */
export const newPassword = () => randomBytes(16).toString("hex");

/** A port of the loopback interface that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Waits until the node answers. @param ended tells that it never will */
export async function untilReady(rpc: NodeRpc, ended: () => string | undefined): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; ; await new Promise((done) => setTimeout(done, 50))) {
    try {
      await rpc("getblockcount");
      return;
    } catch (error) {
      const last_words = ended();
      if (last_words !== undefined || Date.now() > deadline) {
        throw new Error(`The node did not start: ${last_words ?? String(error)}`, { cause: error });
      }
    }
  }
}
