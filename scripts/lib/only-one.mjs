/** One run at a time in one clone: two would share a database. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { inState, writePrivateJson } from "./paths.mjs";
import { startOf } from "./process-identity.mjs";
import { stopAtEnd } from "./processes.mjs";
import { Problem } from "./report.mjs";

/**
 * Takes the named lock, or says which process holds it. What a killed process left is taken over.
 * @param {string} name
 */
export function onlyOne(name) {
  const file = inState(`${name}.lock.json`);
  if (existsSync(file)) {
    const holder = readHolder(file);
    if (holder && startOf(holder.pid) === holder.started) {
      throw new Problem(
        `it runs already in this folder (process ${holder.pid}). Stop that one first: kill ${holder.pid}`,
      );
    }
  }
  writePrivateJson(file, { pid: process.pid, started: startOf(process.pid) });
  stopAtEnd("the lock", async () => rmSync(file, { force: true }));
}

/** @param {string} file @returns {{ pid: number, started: string } | undefined} */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Half written by a killed process.
    return undefined;
  }
}
