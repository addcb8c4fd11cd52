/** An embedded PostgreSQL: loopback only, on a free port of its own, without a socket file. */
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { connect } from "./database.mjs";
import { freePort } from "./ports.mjs";
import { LOGS } from "./paths.mjs";
import { giveTo, postgresHome } from "./postgres-home.mjs";
import { commandOf, sleep, startOf, waitUntil } from "./process-identity.mjs";
import { isStopping, lastWords, stopAtEnd } from "./processes.mjs";
import { Problem } from "./report.mjs";

const USER = "tender";
const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 15_000;
/** What is left of a killed postmaster lets go of its shared memory within moments. */
const RETRY_FOR_MS = 10_000;

/** @typedef {{ host: string, port: number, user: string, password: string, folder: string, stop: () => Promise<void> }} Postgres */

/**
 * Starts Postgres on a data folder, which is made if need be.
 * @param {object} options
 * @param {string} options.name of the data folder and the log
 * @param {string} options.password of the superuser, fixed when the data folder is made
 * @param {boolean} options.durable whether what is committed must survive a crash of the machine
 * @param {boolean} [options.throwaway] whether each run has a data folder of its own, which goes with it
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ name, password, durable, throwaway = false }) {
  const home = postgresHome();
  if (throwaway) await removeThrowaways(home.folder, name);
  const data = path.join(home.folder, throwaway ? `${name}-${process.pid}` : name);
  const log = path.join(LOGS, `${name}-postgres.log`);
  /** @param {string} program */
  const program = (program) => path.join(home.binaries, "native", "bin", program);
  const who = {
    cwd: home.folder,
    // Nothing of this user's PG* settings; C so that its messages can be read.
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    ...(home.account && { uid: home.account.uid, gid: home.account.gid }),
  };
  const broken = (/** @type {string} */ why) =>
    new Problem(
      `PostgreSQL does not start on ${data}: ${why}. Remove that folder to begin anew (the demo's data goes with it), or set DATABASE_URL.`,
    );

  await stopLeftover(data);
  if (!existsSync(data)) initialise();
  const deadline = Date.now() + RETRY_FOR_MS;
  for (;;) {
    const started = await tryToStart();
    if (typeof started !== "string") return started;
    const passing = /still in use|Address already in use|could not bind/i.test(started);
    if (!passing || Date.now() > deadline || isStopping()) throw broken(started);
    await sleep(300);
  }

  /** Made beside its place and moved there whole: a killed initdb leaves nothing that looks like a database. */
  function initialise() {
    const unfinished = `${data}.new`;
    const passwordFile = `${unfinished}.password`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    giveTo(unfinished, home.account);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(passwordFile, home.account);
    const made = spawnSync(
      program("initdb"),
      ["-D", unfinished, "-U", USER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"]
        .concat(["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"])
        .concat(durable ? [] : ["--no-sync"]),
      { ...who, encoding: "utf8" },
    );
    rmSync(passwordFile, { force: true });
    if (made.status !== 0) {
      rmSync(unfinished, { recursive: true, force: true });
      const said = (made.stderr ?? "").trim().split("\n").at(-1);
      throw new Problem(
        `cannot make a PostgreSQL database in ${home.folder}: ${said || made.error?.message || `signal ${made.signal}`}. Set DATABASE_URL to use a PostgreSQL of yours.`,
      );
    }
    renameSync(unfinished, data);
  }

  /** @returns {Promise<Postgres | string>} the running server, or why there is none */
  async function tryToStart() {
    const port = await freePort();
    const output = openSync(log, "w", 0o600);
    const settings = {
      listen_addresses: "127.0.0.1",
      port,
      unix_socket_directories: "",
      max_connections: 200,
      fsync: durable ? "on" : "off",
      synchronous_commit: durable ? "on" : "off",
      full_page_writes: durable ? "on" : "off",
    };
    const server = spawn(
      program("postgres"),
      ["-D", data, ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`])],
      { ...who, detached: true, stdio: ["ignore", output, output] },
    );
    closeSync(output);
    /** @type {string | undefined} */
    let ended;
    server.once("error", (error) => (ended = error.message));
    server.once("exit", () => (ended ??= lastWords(log).replace(/^.*(?=PANIC|FATAL|ERROR)/, "")));
    const guard = stopWithUs(server.pid);
    server.once("exit", () => guard.kill("SIGKILL"));
    const stop = stopAtEnd("PostgreSQL", async () => {
      if (server.pid && ended === undefined) await stopPostmaster(server.pid);
      if (throwaway) rmSync(data, { recursive: true, force: true });
    });
    const postgres = { host: "localhost", port, user: USER, password, folder: data, stop };
    await waitUntil(
      async () => ended !== undefined || isStopping() || (await answers(postgres)),
      START_TIMEOUT_MS,
    );
    if (ended === undefined && (await answers(postgres))) return postgres;
    if (ended === undefined) await stop();
    return ended ?? `no answer within ${START_TIMEOUT_MS / 1000} s`;
  }
}

/**
 * Has a server stopped when this process is killed: the guard waits for the end of a pipe that only we hold open.
 * @param {number | undefined} pid
 */
function stopWithUs(pid) {
  const script = 'read -r _; kill -INT "$0"';
  return spawn("/bin/sh", ["-c", script, String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
}

/** The address of one of its databases. @param {Postgres} postgres @param {string} database */
export function urlOf({ user, password, host, port }, database) {
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}

/** @param {Omit<Postgres, "stop">} postgres */
async function answers(postgres) {
  try {
    const client = await connect(urlOf(/** @type {Postgres} */ (postgres), "postgres"));
    await client.end();
    return true;
  } catch {
    // Not yet: starting up, or recovering after a crash.
    return false;
  }
}

/** Removes the data folders of runs that were killed. @param {string} folder @param {string} name */
async function removeThrowaways(folder, name) {
  for (const entry of readdirSync(folder)) {
    const [, owner] = entry.startsWith(`${name}-`) ? (/-(\d+)(\.new)?$/.exec(entry) ?? []) : [];
    if (!owner || startOf(Number(owner)) !== undefined) continue;
    await stopLeftover(path.join(folder, entry));
    rmSync(path.join(folder, entry), { recursive: true, force: true });
  }
}

/**
 * Ends a server a killed run has left on this folder, and removes its pid file where that names another process:
 * Postgres would take any living process of that number for itself.
 * @param {string} data
 */
async function stopLeftover(data) {
  const pidFile = path.join(data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (pid > 1 && commandOf(pid).includes(data)) await stopPostmaster(pid);
  rmSync(pidFile, { force: true });
}

/** Fast shutdown: open connections are cut, nothing committed is lost. @param {number} pid */
async function stopPostmaster(pid) {
  const started = startOf(pid);
  if (started === undefined) return;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGQUIT", "SIGKILL"])) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended between the look and the signal.
      return;
    }
    if (await waitUntil(() => startOf(pid) !== started, STOP_TIMEOUT_MS)) return;
  }
}
