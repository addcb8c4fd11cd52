/** Medusa's command line, run as a Node script so that no shell stands between. */
import { inRoot } from "./paths.mjs";

/** @param {string[]} args */
export const medusaArgs = (...args) => [inRoot("node_modules", "@medusajs", "cli", "cli.js"), ...args];

/** What every Medusa process of ours gets. */
export const MEDUSA_ENV = {
  MEDUSA_DISABLE_TELEMETRY: "true",
  // swc reads each file alone; ts-node must not load the type checker for that.
  TS_NODE_TRANSPILE_ONLY: "true",
};
