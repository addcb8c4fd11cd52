/** `npm start`: see scripts/demo/start.mjs. Only the check for an old Node stands before everything else. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./demo/start.mjs");
