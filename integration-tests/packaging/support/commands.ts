import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const REPOSITORY = path.resolve(__dirname, "../../..");

export type Place = Readonly<{ cwd: string; env?: Readonly<Record<string, string>> }>;
export type Ended = Readonly<{ code: number | null; output: string }>;

const GRACE_MS = 10_000;
const STARTS_WITHIN_MS = 120_000;
const ENDS_WITHIN_MS = 240_000;
/** Of what a command said, in an error. */
const LAST_WORDS = 3_000;

/** Runs a command to its end, whatever that is; one that takes too long is ended, with the code null. */
export async function attempt(command: string, args: readonly string[], place: Place): Promise<Ended> {
  const child = launch(command, args, place);
  const output = collect(child);
  const timeout = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN_MS);
  try {
    return { code: await ended(child), output: output() };
  } finally {
    clearTimeout(timeout);
  }
}

/** Runs a command that has to succeed; answers what it said. */
export async function run(command: string, args: readonly string[], place: Place): Promise<string> {
  const since = Date.now();
  const title = [path.basename(command), ...args.map((arg) => path.basename(arg))].join(" ").slice(0, 80);
  say(`${title} …`);
  const { code, output } = await attempt(command, args, place);
  if (code !== 0) throw new Error(`${title} ended with ${code}:\n${output.slice(-LAST_WORDS)}`);
  say(`  done in ${((Date.now() - since) / 1000).toFixed(0)} s`);
  return output;
}

export type Server = Readonly<{ output: () => string; stop: () => Promise<void> }>;

/** Starts a server and waits until it is ready; an early end is an error with its last words. */
export async function startServer(
  command: string,
  args: readonly string[],
  place: Place & Readonly<{ isReady: (output: string) => boolean | Promise<boolean> }>,
): Promise<Server> {
  const child = launch(command, args, place);
  const output = collect(child);
  const end = ended(child);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    if ((await Promise.race([end, sleep(GRACE_MS, "late", { ref: false })])) === "late")
      child.kill("SIGKILL");
    await end;
  };
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await place.isReady(output()))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(
        `${path.basename(command)} ${args.join(" ")} did not start:\n${output().slice(-LAST_WORDS)}`,
      );
    }
    await sleep(250);
  }
  return { output, stop };
}

/** npm, the one that runs the tests where there is one. */
export function npm(args: readonly string[], place: Place): Promise<string> {
  const { npm_execpath } = process.env;
  return npm_execpath?.endsWith(".js")
    ? run(process.execPath, [npm_execpath, ...args], place)
    : run("npm", args, place);
}

/** Says how far it is: an installation takes a while, and jest says nothing until the end. */
function say(text: string): void {
  process.stderr.write(`  packaging: ${text}\n`);
}

function launch(command: string, args: readonly string[], { cwd, env }: Place): ChildProcess {
  return spawn(command, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  }
  return () => text;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
}

/** What an operator's shell has; nothing of jest, of `npm test`, or of this repository. */
const KEPT =
  /^(HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|(https?|no)_proxy)$/i;
const NPM_SETTINGS =
  /^npm_config_(cache|registry|userconfig|globalconfig|prefix|cafile|proxy|https_proxy|noproxy)$/i;

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name) || NPM_SETTINGS.test(name));
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const own = folders.filter((folder) => folder !== "" && path.relative(REPOSITORY, folder).startsWith(".."));
  return { ...Object.fromEntries(kept), PATH: own.join(path.delimiter), MEDUSA_DISABLE_TELEMETRY: "true" };
}
