/**
 * Completes package-lock.json after `npm install`: packages of other platforms that the registry in use does not
 * have are left out of it, and `npm ci` then refuses the lock everywhere. Their versions stand in the packages
 * that name them; platform and processor stand in their names. Run: node scripts/complete-lock.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "./lib/paths.mjs";

const SYSTEMS = [
  "darwin",
  "linux",
  "win32",
  "windows",
  "android",
  "freebsd",
  "openbsd",
  "netbsd",
  "openharmony",
];
const PROCESSORS = ["arm64", "x64", "ia32", "arm", "ppc64", "s390x", "riscv64", "loong64"];
const LIBRARIES = { gnu: "glibc", musl: "musl" };

const file = inRoot("package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const before = Object.keys(lock.packages).length;
for (const [place, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (!isLocked(place, name)) lock.packages[besides(place, name)] = entry(name, version, parent);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
writeFileSync(file, JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2) + "\n");
console.log(`${sorted.length - before} packages of other platforms added to package-lock.json`);

/** Whether a package at a place finds another, as Node looks for it: from its own folder outwards. @param {string} place @param {string} name */
function isLocked(place, name) {
  const outer = [...`/${place}`.matchAll(/\/node_modules\//g)].map(({ index }) => place.slice(0, index));
  return [place, ...outer].some((at) => lock.packages[`${at && `${at}/`}node_modules/${name}`]);
}

/** @param {string} place @param {string} name */
function besides(place, name) {
  return `${place.slice(0, place.lastIndexOf("node_modules/"))}node_modules/${name}`;
}

/**
 * @param {string} name
 * @param {string} version
 * @param {{ dev?: boolean }} parent
 */
function entry(name, version, { dev }) {
  if (!/^\d/.test(version))
    throw new Error(`${name}: ${version} is not one version; lock it where the registry has it.`);
  const words = name.split("/").at(-1)?.split("-") ?? [];
  const os = SYSTEMS.find((system) => words.includes(system))?.replace("windows", "win32");
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) throw new Error(`${name}: its platform cannot be read from its name; add it by hand.`);
  const libc = Object.entries(LIBRARIES).find(([word]) => words.includes(word))?.[1];
  return {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    optional: true,
    os: [os],
    ...(os === "linux" && libc && { libc: [libc] }),
  };
}
