/** Where things lie. Everything a run writes is under `.tender/`, apart from root's Postgres (postgres-home.mjs). */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf, Problem } from "./report.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
export const STATE = path.join(ROOT, ".tender");
export const LOGS = path.join(STATE, "logs");

/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(ROOT, ...parts);

/** @param {string[]} parts */
export const inState = (...parts) => path.join(STATE, ...parts);

/** Makes `.tender/` and proves that it, and the folder around it, can be written to. */
export function prepareState() {
  try {
    mkdirSync(LOGS, { recursive: true });
    // It holds passwords and a database.
    chmodSync(STATE, 0o700);
    for (const folder of [ROOT, STATE, LOGS]) {
      const probe = path.join(folder, `.tender-probe-${process.pid}`);
      writeFileSync(probe, "");
      rmSync(probe);
    }
  } catch (error) {
    throw new Problem(
      `cannot write to ${ROOT} (${messageOf(error)}). Make the folder writable for this user, or clone elsewhere.`,
    );
  }
}

/**
 * Writes a file only its owner may read.
 * @param {string} file
 * @param {unknown} value
 */
export function writePrivateJson(file, value) {
  writeFileSync(file, JSON.stringify(value, null, 2) + "\n", { mode: 0o600 });
  chmodSync(file, 0o600);
}
