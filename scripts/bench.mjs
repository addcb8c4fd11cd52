/** `npm run bench`: see scripts/lib/bench.mjs. Only the check for an old Node stands before everything else. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/bench.mjs");
