/** A PostgreSQL for the fault suite: it can be restarted in the middle of things, on the same port. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { createDatabaseIfMissing, withDatabase } from "./database.mjs";
import { startPostgres, urlOf } from "./postgres.mjs";
import { postgresHome } from "./postgres-home.mjs";
import { stopAtEnd } from "./processes.mjs";

const DATABASE = "faults";
const MODES = ["fast", "immediate"];
const PATIENCE_S = 60;

/**
 * Starts one with an empty database, and a door on the loopback through which the suite has it restarted:
 * `POST /restart/fast` (connections are cut) and `POST /restart/immediate` (it crashes and recovers).
 * @param {string} name of its data folder
 * @param {string} password
 * @returns {Promise<{ database_url: string, control_url: string }>}
 */
export async function startFaultPostgres(name, password) {
  const postgres = await startPostgres({ name, password, durable: false, throwaway: true });
  await createDatabaseIfMissing(urlOf(postgres, "postgres"), DATABASE);
  // What was committed must outlive a crash of Postgres (not of the machine), or the store would be blamed.
  await withDatabase(urlOf(postgres, "postgres"), (client) =>
    client.query(`alter database ${DATABASE} set synchronous_commit = on`),
  );
  const control_url = await openDoor(postgres.folder);
  return { database_url: urlOf(postgres, DATABASE), control_url };
}

/** @param {string} data @returns {Promise<string>} its address */
function openDoor(data) {
  const guard = guardOf(data);
  const server = createServer((request, response) => {
    const [, action, mode = ""] = (request.url ?? "").split("/");
    if (request.method !== "POST" || action !== "restart" || !MODES.includes(mode)) {
      response.writeHead(404).end();
      return;
    }
    const failed = restart(data, mode, guard);
    response.writeHead(failed === undefined ? 200 : 500).end(failed);
  });
  stopAtEnd("the door to PostgreSQL", async () => void server.close());
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
    });
  });
}

/**
 * pg_ctl starts it with the options it was started with before, the port among them.
 * @param {string} data
 * @param {string} mode
 * @param {() => void} guard
 * @returns {string | undefined} what went wrong
 */
function restart(data, mode, guard) {
  const log = path.join(data, "restarted.log");
  const failed = pgCtl("restart", "-D", data, "-m", mode, "-w", "-t", String(PATIENCE_S), "-s", "-l", log);
  if (failed === undefined) guard();
  return failed;
}

/** @param {string[]} args @returns {string | undefined} what went wrong */
function pgCtl(...args) {
  const home = postgresHome();
  const { status, error } = spawnSync(path.join(home.binaries, "native", "bin", "pg_ctl"), args, {
    cwd: home.folder,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    // The server keeps what it inherits open; a pipe would never end.
    stdio: "ignore",
    ...(home.account && { uid: home.account.uid, gid: home.account.gid }),
  });
  return status === 0 ? undefined : (error?.message ?? `pg_ctl ${args[0]} ended with ${status}`);
}

/**
 * A restarted server is no child of ours: it is stopped at the end, and when this process is killed (the guard waits
 * for the end of a pipe that only we hold open).
 * @param {string} data
 * @returns {() => void} to be called after each restart
 */
function guardOf(data) {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let guard;
  return () => {
    const pid = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0] ?? "";
    const first = guard === undefined;
    guard?.kill("SIGKILL");
    guard = spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$0"', pid], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    if (first) {
      stopAtEnd("the restarted PostgreSQL", async () => {
        guard?.kill("SIGKILL");
        pgCtl("stop", "-D", data, "-m", "fast", "-w", "-t", String(PATIENCE_S), "-s");
      });
    }
  };
}
