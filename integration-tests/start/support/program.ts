import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

/** One of the repository's programs on its way. */
export type Program = Readonly<{
  pid: number;
  /** What it said so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Waits until it has said something; rejects when it ends before that. */
  says(what: RegExp, timeout_ms: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}>;

/** Starts a program of scripts/ as a person's shell would: with nothing of this test's environment but `env`. */
export function startProgram(args: readonly string[], env: Record<string, string> = {}): Program {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    kill: (signal) => child.kill(signal),
    async says(what, timeout_ms) {
      const deadline = Date.now() + timeout_ms;
      let over = false;
      void ended.then(() => (over = true));
      while (!what.test(said.stdout)) {
        if (over || Date.now() > deadline) {
          throw new Error(
            `${args.join(" ")} ${over ? "ended" : "waited too long"} without saying ${what}:\n${said.stdout}\n${said.stderr}`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

/** Below the ports that systems give to connections by themselves, which can take a free one at any moment. */
const FIRST_OF_CHANCE = 32_768;

/** A port nobody listens on, the two after it neither: where only PORT is named, the bank and the chain use those. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * (FIRST_OF_CHANCE - 20_003));
    const ports = await Promise.allSettled([first, first + 1, first + 2].map((port) => busyPort(port)));
    for (const port of ports) if (port.status === "fulfilled") await port.value.close();
    if (ports.every(({ status }) => status === "fulfilled")) return first;
  }
}

/** A port somebody listens on until it is closed: this one, or any. */
export async function busyPort(wanted = 0): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
