import { spawn } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Runs the ledger check the way an operator does, on the database of the running store (DATABASE_URL). */
export async function runCheckLedgerScript(
  args: readonly string[],
): Promise<{ code: number | null; printed: string[] }> {
  const cli = path.join(ROOT, "node_modules/@medusajs/cli/cli.js");
  const child = spawn(process.execPath, [cli, "exec", "./src/scripts/check-ledger.ts", ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
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
