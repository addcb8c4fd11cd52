/** `npm run bench`: prepares what measuring needs and runs the programs of bench/ one after the other. */
import { existsSync, readdirSync } from "node:fs";
import { ensureCheckout } from "./builds.mjs";
import { runCommand } from "./command.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { MEDUSA_ENV } from "./medusa-cli.mjs";
import { inRoot, prepareState } from "./paths.mjs";
import { startPostgres } from "./postgres.mjs";
import { run } from "./processes.mjs";
import { Problem, say, step } from "./report.mjs";
import { newSecret } from "./secrets.mjs";

const HELP = `
Usage: npm run bench [-- <pattern>]

Runs bench/*.bench.ts, or those whose name holds the pattern, one after the other, and prints what they measure.
They find a PostgreSQL of their own (durable, as in a shop) in DB_HOST, DB_PORT, DB_USERNAME and DB_PASSWORD.
`;

await runCommand({ help: HELP, run: bench });

/** @param {string[]} args */
async function bench([pattern = ""]) {
  prepareState();
  const folder = inRoot("bench");
  const programs = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(".bench.ts") && file.includes(pattern))
    .sort();
  if (programs.length === 0)
    throw new Problem(`bench/ has no program *.bench.ts with "${pattern}" in its name.`);
  await ensureDependencies();
  await ensureCheckout();
  const password = newSecret();
  const postgres = await step("Starting PostgreSQL for measuring", () =>
    startPostgres({ name: "bench", password, durable: true, throwaway: true }),
  );
  for (const program of programs) {
    say(`bench/${program}`);
    await run({
      name: program,
      command: process.execPath,
      args: ["--require", "ts-node/register", inRoot("bench", program)],
      env: {
        ...MEDUSA_ENV,
        NODE_ENV: "test",
        DB_HOST: postgres.host,
        DB_PORT: String(postgres.port),
        DB_USERNAME: postgres.user,
        DB_PASSWORD: postgres.password,
      },
      show: true,
    });
  }
  return 0;
}
