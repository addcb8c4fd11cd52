/** Short fingerprints of files, to know whether something made from them is still current. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { inRoot, STAMPS } from "./paths.mjs";

const NOT_SOURCES = new Set(["node_modules", "dist", "__tests__"]);

/**
 * The files at or below a place in the clone, sorted, relative to it.
 * @param {string} place
 * @returns {string[]}
 */
export function filesBelow(place) {
  const full = inRoot(place);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [place];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name))
    .flatMap((entry) => filesBelow(path.join(place, entry.name)))
    .sort();
}

/**
 * @param {string[]} places files and folders of the clone
 * @param {string[]} extra other things the result depends on
 */
export function fingerprint(places, extra = []) {
  const hash = createHash("sha256");
  for (const file of places.flatMap(filesBelow))
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update("\0");
  for (const text of extra) hash.update(`${text}\0`);
  return hash.digest("hex").slice(0, 32);
}

/** The version of an installed package. @param {string} name */
export function versionOf(name) {
  return JSON.parse(readFileSync(inRoot("node_modules", name, "package.json"), "utf8")).version;
}

/**
 * Makes something again when its sources changed since, or when it is gone.
 * @param {{ name: string, current: string, output: string, make: () => Promise<unknown> }} options
 */
export async function makeIfStale({ name, current, output, make }) {
  const stamp = path.join(STAMPS, name);
  const made = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (made === current && existsSync(inRoot(output))) return;
  await make();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}
