/** `npm test`: see scripts/lib/test.mjs. Only the check for an old Node stands before everything else. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/test.mjs");
