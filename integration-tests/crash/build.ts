import { transformFileSync } from "@swc/core";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildStore } from "../faults/system/build";

const ROOT = path.resolve(__dirname, "../..");

/** What the crash test's store has beyond the fault suite's. */
const OWN_FILES = [
  "integration-tests/crash/medusa-config.ts",
  "bench/core-route-provider/index.ts",
  "bench/core-route-provider/list.ts",
  "bench/list-provider.ts",
];

/**
 * Compiles the store, so that Node starts it without a compiler.
 * @param out_dir is made anew; must lie below a folder with this repository's node_modules
 */
export function buildCrashStore(out_dir: string): void {
  buildStore(ROOT, out_dir);
  for (const file of OWN_FILES) {
    const target = path.join(out_dir, file.replace(/\.ts$/, ".js"));
    mkdirSync(path.dirname(target), { recursive: true });
    const { code } = transformFileSync(path.join(ROOT, file), {
      swcrc: false,
      configFile: false,
      module: { type: "commonjs" },
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
    });
    writeFileSync(target, code);
  }
  writeFileSync(
    path.join(out_dir, "medusa-config.js"),
    'module.exports = require("./integration-tests/crash/medusa-config");\n',
  );
}
