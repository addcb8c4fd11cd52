/** `npm run card-testing`: see scripts/lib/card-testing.mjs. Only the check for an old Node stands before everything else. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/card-testing.mjs");
