/** `npm run build`: the package as it is published, in .medusa/server. */
import { mkdirSync, rmSync } from "node:fs";
import { runCommand } from "./lib/command.mjs";
import { medusaArgs } from "./lib/medusa-cli.mjs";
import { inRoot, prepareState } from "./lib/paths.mjs";
import { run } from "./lib/processes.mjs";

const HELP = `
Usage: npm run build

Compiles the plugin and the hosted checkout page into .medusa/server.
`;
const PACKAGE = inRoot(".medusa", "server", "src");

await runCommand({ help: HELP, run: build });

async function build() {
  prepareState();
  // Medusa's bundler writes a file there, and fails where there are no admin pages yet.
  mkdirSync(inRoot("src", "admin"), { recursive: true });
  await node("plugin build", medusaArgs("plugin:build"));
  // Its Vite copies public/ along, which holds the demo's whole dashboard once "npm start" has run.
  rmSync(`${PACKAGE}/admin/admin`, { recursive: true, force: true });
  const vite = inRoot("node_modules", "vite", "bin", "vite.js");
  const output = ["--outDir", `${PACKAGE}/checkout/dist`, "--emptyOutDir"];
  await node("checkout build", [vite, "build", "--config", "src/checkout/vite.config.ts", ...output]);
  return 0;
}

/** @param {string} name @param {string[]} args */
function node(name, args) {
  return run({ name, command: process.execPath, args, show: true });
}
