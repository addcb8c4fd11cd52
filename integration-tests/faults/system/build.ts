import { transformFileSync, type Options } from "@swc/core";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

/** Parts of the project the store does not load. */
const LEFT_OUT = ["src/admin", "src/checkout", "src/testing"].map((folder) => path.normalize(folder));

const SWC: Options = {
  swcrc: false,
  configFile: false,
  sourceMaps: "inline",
  module: { type: "commonjs", ignoreDynamic: true },
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

/**
 * Compiles a project's `src`, with the suite's own server around it, into a folder from which Node runs it without
 * a compiler at each start.
 *
 * @param project_dir the folder whose `src` is run: this repository, or a copy of it with something changed
 * @param out_dir is made anew; must lie below a folder with this repository's node_modules
 */
export function buildStore(project_dir: string, out_dir: string): void {
  rmSync(out_dir, { recursive: true, force: true });
  compile(path.join(project_dir, "src"), path.join(out_dir, "src"));
  compile(path.join(ROOT, "scripts/demo"), path.join(out_dir, "scripts/demo"));
  const suite = "integration-tests/faults";
  compile(path.join(ROOT, suite, "server"), path.join(out_dir, suite, "server"));
  compileFile(path.join(ROOT, suite, "medusa-config.ts"), path.join(out_dir, suite, "medusa-config.ts"));
  writeFileSync(
    path.join(out_dir, "medusa-config.js"),
    `module.exports = require("./${suite}/medusa-config");\n`,
  );
  writeFileSync(path.join(out_dir, "package.json"), JSON.stringify({ name: "store-of-the-fault-suite" }));
}

function compile(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const source = path.join(from, name);
    if (name === "__tests__" || LEFT_OUT.some((folder) => source.endsWith(path.sep + folder))) {
      continue;
    }
    if (statSync(source).isDirectory()) {
      compile(source, path.join(to, name));
    } else if (name.endsWith(".ts") && !name.endsWith(".d.ts")) {
      compileFile(source, path.join(to, name));
    }
  }
}

function compileFile(source: string, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target.replace(/\.ts$/, ".js"), transformFileSync(source, { ...SWC, filename: source }).code);
}
