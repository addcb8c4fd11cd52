/** `npm ci` where the installed packages are not the ones package-lock.json names. */
import { existsSync, readFileSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage */

/** @param {string[]} parts @returns {Record<string, LockedPackage>} */
function packagesOf(...parts) {
  return JSON.parse(readFileSync(inRoot(...parts), "utf8")).packages;
}

/** Compares what npm wrote down as installed with what is asked for; file times would lie after a checkout. */
function areInstalled() {
  if (!existsSync(inRoot("node_modules", ".package-lock.json"))) return false;
  const installed = packagesOf("node_modules", ".package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(
    // Optional packages are those of other platforms, mostly.
    ([where, { version, optional, devOptional }]) =>
      where === "" || optional || devOptional || installed[where]?.version === version,
  );
}

/** The npm that runs us, else the one beside this Node. */
function npm() {
  const { npm_execpath } = process.env;
  return npm_execpath?.endsWith(".js")
    ? { command: process.execPath, args: [npm_execpath] }
    : { command: "npm", args: [] };
}

export async function ensureDependencies() {
  if (!existsSync(inRoot("package-lock.json")))
    throw new Problem("package-lock.json is missing: clone the repository again.");
  if (areInstalled()) return;
  const { command, args } = npm();
  await step("Installing dependencies (some minutes the first time)", () =>
    run({ name: "npm ci", command, args: [...args, "ci", "--no-audit", "--no-fund", "--loglevel=error"] }),
  );
}
