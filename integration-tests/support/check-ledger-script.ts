import type { MedusaContainer } from "@medusajs/framework/types";
import { spawn } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Runs the ledger check the way an operator does, on the database of the running store. */
export async function runCheckLedgerScript(
  container: MedusaContainer,
  args: readonly string[],
): Promise<{ code: number | null; printed: string[] }> {
  const { rows } = await container.resolve("__pg_connection__").raw("select current_database() as name");
  const { DB_USERNAME = "", DB_PASSWORD = "", DB_HOST = "localhost", DB_PORT = "5432" } = process.env;
  const login = `${DB_USERNAME}:${encodeURIComponent(DB_PASSWORD)}`;
  const cli = path.join(ROOT, "node_modules/@medusajs/cli/cli.js");
  const child = spawn(process.execPath, [cli, "exec", "./src/scripts/check-ledger.ts", ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: `postgres://${login}@${DB_HOST}:${DB_PORT}/${rows[0].name}`,
      LOG_LEVEL: "warn",
      TS_NODE_TRANSPILE_ONLY: "true",
      NODE_OPTIONS: "",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, printed: output.split("\n") };
}
