/** A Chromium for the browser tests: the machine's, else one that is installed for them. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "./paths.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLAYWRIGHT = inRoot("node_modules", "playwright-core", "cli.js");

/** @returns {Promise<string>} the path of a Chromium that runs */
export async function ensureChromium() {
  const found = await find();
  if (found) return found;
  const byPackage = isDebian() && process.getuid?.() === 0;
  if (byPackage) {
    await step("Installing Chromium (package chromium)", async () => {
      const env = { DEBIAN_FRONTEND: "noninteractive" };
      const apt = { command: "apt-get", env, allowFailure: true };
      // The second package has the letters of Arabic, which a bare server lacks.
      const packages = ["chromium", "fonts-dejavu-core"];
      return (
        (await run({ ...apt, name: "apt-get update", args: ["update"] })) &&
        (await run({
          ...apt,
          name: "apt-get install",
          args: ["install", "-y", "--no-install-recommends", ...packages],
        }))
      );
    });
  } else {
    await step("Installing Chromium (Playwright's own)", () =>
      run({
        name: "playwright install",
        command: process.execPath,
        args: [PLAYWRIGHT, "install", "chromium"],
        allowFailure: true,
      }),
    );
  }
  const installed = await find();
  if (installed) return installed;
  throw new Problem(
    "the browser tests need Chromium: install it (Debian: apt-get install chromium) or name one with CHROMIUM_PATH=/path/to/chrome.",
  );
}

async function find() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (runs(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Problem(`CHROMIUM_PATH=${CHROMIUM_PATH} does not run. Name a Chromium that does, or unset it.`);
  }
  const { chromium } = await import("playwright-core");
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, chromium.executablePath()].find(runs);
}

/** Ubuntu's chromium-browser is there without its snap, and Playwright's may lack libraries: only running tells. @param {string} file */
function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return /chrom/i.test(
      execFileSync(file, ["--version"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        timeout: 20_000,
      }),
    );
  } catch {
    // Missing, or it does not run here.
    return false;
  }
}

/** Debian itself: on Ubuntu the package is a pointer to a snap. */
function isDebian() {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
