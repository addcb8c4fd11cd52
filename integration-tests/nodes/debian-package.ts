import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";

/** Held by whoever installs. */
const LOCK = path.join(tmpdir(), "tender-tests-install.lock");

/**
 * Makes sure that a program of Debian's is installed, and installs it where this process may.
 *
 * @returns the program's path
 * @throws Error that says what to install
 */
export function ensureDebianPackage(name: string, program = name): string {
  const found = pathOf(program);
  if (found) {
    return found;
  }
  const command = `apt-get update && apt-get install -y --no-install-recommends ${name}`;
  if (process.getuid?.() !== 0 || !pathOf("apt-get")) {
    throw new Error(
      `These tests need ${program}. Install it (on Debian: sudo sh -c '${command}') and start them again.`,
    );
  }
  // Test files run side by side, and Debian's package manager lets one of them in only.
  const once = `command -v ${program} || (${command})`;
  const installed = spawnSync("flock", [LOCK, "sh", "-c", once], {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  const now_found = pathOf(program);
  if (!now_found) {
    throw new Error(
      `${program} could not be installed (${command}): ${installed.stderr.trim().split("\n").at(-1)}`,
    );
  }
  return now_found;
}

function pathOf(program: string): string | undefined {
  const { stdout } = spawnSync("sh", ["-c", 'command -v "$1"', "sh", program], { encoding: "utf8" });
  return stdout.trim() || undefined;
}
