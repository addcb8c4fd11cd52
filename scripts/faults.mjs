/** `npm run faults`: see scripts/lib/faults.mjs. Only the check for an old Node stands before everything else. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/faults.mjs");
