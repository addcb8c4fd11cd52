/** Tells whether a process written down earlier is still that process: a number alone may have been given to another. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const HAS_PROC = existsSync("/proc/self/stat");

/**
 * The moment a process was started, in the system's own words; undefined when there is none (any more).
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  try {
    if (!HAS_PROC)
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    // After the name in brackets, which may hold blanks: state is the 3rd field of stat(5), starttime the 22nd.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/**
 * The command line of a process, "" when there is none.
 * @param {number} pid
 */
export function commandOf(pid) {
  try {
    if (HAS_PROC) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until something holds, looking ten times a second; says whether it came to hold in time.
 * @param {() => boolean | Promise<boolean>} holds
 * @param {number} timeout_ms
 */
export async function waitUntil(holds, timeout_ms) {
  const deadline = Date.now() + timeout_ms;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
}
