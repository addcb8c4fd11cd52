/**
 * Child processes: each in a process group of its own, so that the whole of it can be stopped, and so that
 * Ctrl-C reaches this process alone, which then stops the others in order.
 */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot, LOGS, ROOT, shown } from "./paths.mjs";
import { waitUntil } from "./process-identity.mjs";
import { Problem, say } from "./report.mjs";

const GRACE_MS = 8000;
const FOLLOW_PARENT = inRoot("scripts", "lib", "follow-parent.cjs");

/** What to stop, oldest first. @type {Set<{ name: string, stop: () => Promise<void> }>} */
const running = new Set();
/** @type {Promise<void> | undefined} */
let stopping;

/** True from the first signal or failure on; nothing new is started then. */
export const isStopping = () => stopping !== undefined;

/**
 * Has something stopped at the end, newest first, unless it is stopped before.
 * @param {string} name
 * @param {() => Promise<void>} stop
 * @returns {() => Promise<void>} stops it now
 */
export function stopAtEnd(name, stop) {
  const one = { name, stop };
  running.add(one);
  return async () => {
    await stop();
    running.delete(one);
  };
}

/** Stops everything that was started; later calls wait for the first. */
export function stopEverything() {
  stopping ??= (async () => {
    for (const one of [...running].reverse()) {
      try {
        await one.stop();
      } catch (error) {
        say(`could not stop ${one.name}: ${error}`);
      }
    }
  })();
  return stopping;
}

/**
 * @param {number} group
 * @param {NodeJS.Signals | 0} signal
 */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    // ESRCH: the group is gone, which is what was wanted.
    return false;
  }
}

/** Asks a group to end, and after a while ends it. @param {number} group */
async function stopGroup(group) {
  if (!signalGroup(group, "SIGTERM")) return;
  if (await waitUntil(() => !signalGroup(group, 0), GRACE_MS)) return;
  signalGroup(group, "SIGKILL");
  await waitUntil(() => !signalGroup(group, 0), GRACE_MS);
}

/** The end of a log as one line: the last line that says something. @param {string} log */
export function lastWords(log) {
  const plain = readFileSync(log, "utf8")
    .slice(-20_000)
    // Colours.
    // eslint-disable-next-line no-control-regex
    .replace(/\u001b\[[0-9;]*m/g, "");
  const lines = plain
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const telling = lines.filter(
    (line) => /error|fatal|panic|cannot|not found|failed|ENO|EACC/i.test(line) && !/^at /.test(line),
  );
  return (telling.at(-1) ?? lines.at(-1) ?? "it said nothing").slice(0, 300);
}

/**
 * @typedef {object} Command
 * @property {string} name what people call it; its log is `.tender/logs/<name>.log`
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {string} [cwd] the clone when left out
 */

/**
 * Starts a process whose output goes to its log, or to the terminal with `show`. A Node process also ends when
 * this one is killed.
 * @param {Command & { show?: boolean }} options
 */
function start({ name, command, args, env = {}, cwd = ROOT, show = false }) {
  const follows = command === process.execPath;
  if (isStopping()) throw new Problem("stopped");
  const log = path.join(LOGS, `${name.replaceAll(" ", "-")}.log`);
  const output = show ? "inherit" : openSync(log, "w", 0o600);
  const child = spawn(command, follows ? ["--require", FOLLOW_PARENT, ...args] : args, {
    cwd,
    detached: true,
    env: { ...process.env, ...env, TENDER_RUN_PID: String(process.pid) },
    stdio: ["ignore", output, output, ...(follows ? [/** @type {const} */ ("ipc")] : [])],
  });
  if (typeof output === "number") closeSync(output);
  const ended = new Promise((/** @type {(how: string | undefined) => void} */ resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) =>
      resolve(code === 0 ? undefined : signal ? `signal ${signal}` : `exit code ${code}`),
    );
  });
  const { pid } = child;
  const stop = stopAtEnd(name, async () => {
    if (pid) await stopGroup(pid);
  });
  return { child, log, ended, stop };
}

/**
 * Runs a command to its end; throws a Problem with its last words when it fails.
 * @param {Command & { show?: boolean, allowFailure?: boolean }} options
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function run(options) {
  const { ended, log, stop } = start(options);
  const failure = await ended;
  // What it left behind in its group goes with it.
  await stop();
  // Whatever it answered, it may have been cut short; nothing that comes after it must take place.
  if (isStopping()) throw new Problem("stopped");
  if (failure === undefined) return true;
  if (options.allowFailure) return false;
  const details = options.show ? "" : `: ${lastWords(log)} (whole log: ${shown(log)})`;
  throw new Problem(`${options.name} failed (${failure})${details}`);
}

/**
 * Starts a Node server that ends with this process and waits until it is ready.
 * @param {{ name: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, isReady: () => Promise<boolean>, timeout_ms: number }} options
 * @returns {Promise<{ pid: number, ended: Promise<never>, stop: () => Promise<void> }>} `ended` rejects when the server ends by itself
 */
export async function startServer({ name, args, env, cwd, isReady, timeout_ms }) {
  const server = start({
    name,
    command: process.execPath,
    args,
    env,
    cwd,
  });
  const where = shown(server.log);
  const ended = server.ended.then((how) => {
    throw new Problem(
      `${name} ended (${how ?? "exit code 0"}): ${lastWords(server.log)} (whole log: ${where})`,
    );
  });
  const ready = waitUntil(async () => isStopping() || (await isReady()), timeout_ms);
  if (!(await Promise.race([ready, ended]))) {
    throw new Problem(
      `${name} was not ready after ${timeout_ms / 1000} s: ${lastWords(server.log)} (whole log: ${where})`,
    );
  }
  if (isStopping()) throw new Problem("stopped");
  // Whoever waits for it decides; until then an early end must not be an unhandled rejection.
  ended.catch(() => undefined);
  return { pid: server.child.pid ?? 0, ended, stop: server.stop };
}
