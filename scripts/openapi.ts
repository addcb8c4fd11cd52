/**
 * `npm run openapi` writes docs/openapi.json from the Store API's schemas; `npm run openapi:check` fails when the
 * file is not what they say.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { openApiDocument } from "../src/api/openapi";

const ROOT = path.resolve(__dirname, "..");
const FILE = path.join(ROOT, "docs", "openapi.json");

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    version: string;
  };
  const style = await resolveConfig(FILE);
  const document = await format(JSON.stringify(openApiDocument(version)), { ...style, filepath: FILE });
  if (!process.argv.includes("--check")) {
    writeFileSync(FILE, document);
  } else if (!existsSync(FILE) || readFileSync(FILE, "utf8") !== document) {
    console.error("docs/openapi.json is not what the schemas say. Run: npm run openapi");
    process.exitCode = 1;
  }
}

void main();
