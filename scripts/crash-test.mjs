/** `npm run crash-test`: see scripts/lib/crash-test.mjs. Only the check for an old Node stands before everything else. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/crash-test.mjs");
