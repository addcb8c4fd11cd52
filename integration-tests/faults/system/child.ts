import { fork, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";

export type ChildOptions = Readonly<{
  script: string;
  args?: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Options of Node's own. */
  node_args?: readonly string[];
  /** What it prints goes here; `stdout` may be read instead. */
  log_file: string;
  read_stdout?: boolean;
}>;

const living = new Set<ChildProcess>();

/** Starts a Node process of the suite's own; it has a channel to us and ends when that closes. */
export function startChild({
  script,
  args = [],
  cwd,
  env,
  node_args = [],
  log_file,
  read_stdout,
}: ChildOptions): ChildProcess {
  const log = openSync(log_file, "a", 0o600);
  const child = fork(script, [...args], {
    cwd,
    env: { ...process.env, ...env },
    execArgv: ["--enable-source-maps", ...node_args],
    stdio: ["ignore", read_stdout ? "pipe" : log, log, "ipc"],
  });
  closeSync(log);
  living.add(child);
  child.once("exit", () => living.delete(child));
  return child;
}

/** Ends a process at once and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** Ends every process that was started here. */
export async function killAll(): Promise<void> {
  await Promise.all([...living].map(kill));
}
