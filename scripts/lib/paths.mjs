/**
 * Where things lie. Everything a run keeps is under `.tender/`, or the folder TENDER_STATE names; apart from root's
 * Postgres (postgres-home.mjs) and what is built from sources (builds.mjs).
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf, Problem } from "./report.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const OWN_STATE = path.join(ROOT, ".tender");
export const STATE = path.resolve(ROOT, process.env.TENDER_STATE || OWN_STATE);
export const LOGS = path.join(STATE, "logs");
/** What is built lies in the clone, and so does what tells whether it is current, whichever folder the run keeps. */
export const STAMPS = path.join(OWN_STATE, "made");

/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(ROOT, ...parts);

/** @param {string[]} parts */
export const inState = (...parts) => path.join(STATE, ...parts);

/** A file as people read it: relative where it lies in the clone. @param {string} file */
export const shown = (file) => (file.startsWith(ROOT + path.sep) ? path.relative(ROOT, file) : file);

/** Makes the run's folder and proves that it, and the clone, can be written to. */
export function prepareState() {
  let folder = STATE;
  try {
    const made = mkdirSync(LOGS, { recursive: true });
    // It holds passwords and a database. A folder that was there before is not ours to close to others.
    if (made || STATE === OWN_STATE) chmodSync(STATE, 0o700);
    for (folder of [ROOT, STATE, LOGS]) {
      const probe = path.join(folder, `.tender-probe-${process.pid}`);
      writeFileSync(probe, "");
      rmSync(probe);
    }
  } catch (error) {
    throw new Problem(
      `cannot write to ${folder} (${messageOf(error)}). Make it writable for this user, clone elsewhere, or name another folder with TENDER_STATE.`,
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
