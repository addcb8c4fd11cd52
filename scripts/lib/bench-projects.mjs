/** The two Medusa projects that are measured, made in `.tender/`: with Tender and without. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot, inState } from "./paths.mjs";

const BARE_CONFIG = `const { defineConfig } = require("@medusajs/framework/utils");
const { DATABASE_URL: databaseUrl, STORE_CORS: cors, JWT_SECRET: jwtSecret, COOKIE_SECRET: cookieSecret } = process.env;
const http = { storeCors: cors, adminCors: cors, authCors: cors, jwtSecret, cookieSecret };
module.exports = defineConfig({ projectConfig: { databaseUrl, http }, admin: { disable: true } });
`;

/** A Medusa project with nothing of its own. @returns {string} its folder */
export function bareProject() {
  return project("bench-bare", BARE_CONFIG);
}

/** This repository's store, with the configuration of bench/measured-config.ts. @returns {string} its folder */
export function measuredProject() {
  const config = JSON.stringify(inRoot("bench", "measured-config.ts"));
  const folder = project("bench-store", `module.exports = require(${config}).default;\n`);
  link(inRoot("src"), path.join(folder, "src"));
  return folder;
}

/** @param {string} name @param {string} config */
function project(name, config) {
  const folder = inState(name);
  mkdirSync(folder, { recursive: true });
  // Medusa's command line runs only where the package names it.
  const manifest = { name, private: true, dependencies: { "@medusajs/medusa": "*" } };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  const tsconfig = { extends: inRoot("tsconfig.json"), "ts-node": { swc: true } };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(path.join(folder, "medusa-config.js"), config);
  link(inRoot("node_modules"), path.join(folder, "node_modules"));
  return folder;
}

/** @param {string} target @param {string} at */
function link(target, at) {
  if (!existsSync(at)) symlinkSync(target, at);
}
