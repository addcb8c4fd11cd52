/** `npm test`: prepares what the selected tests need, runs them, and ends with one line of counts. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureAdmin, ensureCheckout } from "./builds.mjs";
import { ensureChromium } from "./chromium.mjs";
import { runCommand } from "./command.mjs";
import { createDatabaseIfMissing } from "./database.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { MEDUSA_ENV, medusaArgs } from "./medusa-cli.mjs";
import { inRoot, inState, prepareState, ROOT } from "./paths.mjs";
import { startPostgres, urlOf } from "./postgres.mjs";
import { sleep } from "./process-identity.mjs";
import { run } from "./processes.mjs";
import { Problem, say, step } from "./report.mjs";
import { newSecret } from "./secrets.mjs";

const HELP = `
Usage: npm test [-- <pattern> …] [-- --name <text>]

Runs the tests, or those whose path matches a pattern (a regular expression), or whose name holds a text:
  npm test                              everything
  npm test -- src/gateway               a folder
  npm test -- integration-tests/http    the tests of the API
  npm test -- money --name JPY          by name
  npm test -- races --verbose           with what Medusa logs

What the tests need is prepared first: dependencies, a PostgreSQL of their own that is thrown away afterwards
and, for tests in integration-tests, the checkout page; for those in integration-tests/browser and
integration-tests/admin also Chromium, and for the latter the admin dashboard.
Tests that were skipped are listed with the reason. The last line is "N passed, N failed", also when there was no
getting as far as the tests. The exit code is 1 when a test failed or none ran.

Environment:
  CHROMIUM_PATH  the Chromium to use
`;

const JEST = inRoot("node_modules", "jest", "bin", "jest.js");
const RESULTS = inState("test-results");
/** They run servers of their own on every core, so nothing else runs beside them. */
const FAULT_TESTS = inRoot("integration-tests", "faults") + path.sep;
/** They start a whole demo store and time it. */
const START_TESTS = inRoot("integration-tests", "start") + path.sep;
/** Only when it is asked for, by `npm run safeguards`: it takes as long as all the others of the fault suite. */
const SAFEGUARDS = inRoot("integration-tests", "faults", "safeguards.spec.ts");
const BROWSER_TESTS = inRoot("integration-tests", "browser") + path.sep;
/** They open the real dashboard, with our pages in it. */
const ADMIN_TESTS = inRoot("integration-tests", "admin") + path.sep;
/** What a test file imports that boots Medusa on a copy of the migrated database, itself or through the other. */
const RUNNING_STORE = /support\/(suite|dashboard|paypal\/paypal-checkout)"/;
/**
 * One more than there are cores, up to three, since a page or a node keeps each waiting for about a third of the time.
 * A test file that boots Medusa takes about 1 GB, and its browser as much.
 */
const INTEGRATION_WORKERS = Math.max(
  1,
  Math.min(3, os.cpus().length + 1, Math.floor(os.totalmem() / 2 ** 32)),
);
/** A test that skips itself says why at the end of its name, like those of the conformance suite. */
const REASON = / \(skipped: (.+)\)$/;
/** After its results are written, jest may hang on a handle a test left open. */
const LEAVE_WITHIN_MS = 20_000;

/** What each file of the fault suite does, and how long on two cores. @type {Record<string, [what: string, minutes: number]>} */
const FAULT_FILES = {
  "schedules.spec.ts": ["playing the fault suite's schedules", 3],
  "stripe-schedules.spec.ts": ["playing some with Stripe", 2],
  "paypal-schedules.spec.ts": ["playing some with PayPal", 2],
  "safeguards.spec.ts": ["playing some without one safeguard each", 6],
};

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts `skipped` are the tests' full names */

await runCommand({ help: HELP, run: test, lastLineOnFailure: "0 passed, 1 failed" });

/** @param {string[]} args */
async function test(args) {
  const { patterns, jestArgs } = parse(args);
  prepareState();
  await ensureDependencies();
  const selected = selectTests(patterns);
  if (selected.length === 0) throw new Problem(`no test matches ${patterns.join(" ") || "anything"}.`);

  const isIntegration = (/** @type {string} */ file) =>
    file.startsWith(inRoot("integration-tests") + path.sep);
  const unit = selected.filter((file) => !isIntegration(file));
  const integration = selected.filter(isIntegration);
  const alone = integration.filter((file) => file.startsWith(FAULT_TESTS));
  const starts = integration.filter((file) => file.startsWith(START_TESTS));
  const together = integration.filter((file) => !alone.includes(file) && !starts.includes(file));
  const env = await prepare(integration);

  const counts = [];
  if (unit.length > 0)
    counts.push(await jest("unit", unit, [`--maxWorkers=${os.cpus().length}`, ...jestArgs], env));
  if (together.length > 0) {
    const workers = `--maxWorkers=${INTEGRATION_WORKERS}`;
    counts.push(await jest("integration", together, [workers, ...jestArgs], env));
  }
  if (starts.length > 0) {
    say("starting the demo store as npm start does; this takes some minutes");
    counts.push(await jest("integration", starts, ["--maxWorkers=1", ...jestArgs], env));
  }
  if (alone.length > 0) {
    const notice = aloneNotice(alone);
    if (notice) say(notice);
    counts.push(await jest("integration", alone, ["--maxWorkers=1", ...jestArgs], env));
  }
  return report(counts);
}

/** What is long about them; empty when nothing is. @param {string[]} files */
function aloneNotice(files) {
  const known = files.map((file) => FAULT_FILES[path.basename(file)]).filter((row) => row !== undefined);
  if (known.length === 0) return "";
  const minutes = known.reduce((sum, row) => sum + row[1], 0);
  return `${known.map((row) => row[0]).join(", and ")}; this takes about ${minutes} minutes`;
}

/** @param {string[]} args */
function parse(args) {
  const patterns = [];
  const jestArgs = args.includes("--verbose") ? [] : ["--silent"];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--name") jestArgs.push(`--testNamePattern=${args[++at] ?? ""}`);
    else if (arg === "--verbose") continue;
    else if (arg.startsWith("-")) throw new Problem(`there is no option ${arg}; see npm test -- --help`);
    else patterns.push(arg);
  }
  return { patterns, jestArgs };
}

/** @param {string[]} patterns */
function selectTests(patterns) {
  const listed = spawnSync(process.execPath, [JEST, "--listTests", "--json", ...patterns], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (listed.status !== 0)
    throw new Problem(`jest cannot list the tests: ${listed.stderr.trim().split("\n")[0]}`);
  const files = /** @type {string[]} */ (JSON.parse(listed.stdout)).sort();
  return patterns.length > 0 ? files : files.filter((file) => file !== SAFEGUARDS);
}

/** @param {string[]} integration the integration tests that are selected */
async function prepare(integration) {
  const password = newSecret();
  const postgres = await step("Starting PostgreSQL for the tests", () =>
    startPostgres({ name: "test", password, durable: false, throwaway: true }),
  );
  const needsAdmin = integration.some((file) => file.startsWith(ADMIN_TESTS));
  const needsBrowser = needsAdmin || integration.some((file) => file.startsWith(BROWSER_TESTS));
  if (integration.length > 0) await ensureCheckout();
  if (needsAdmin) await ensureAdmin();
  const needsStore = integration.some((file) => RUNNING_STORE.test(readFileSync(file, "utf8")));
  return {
    ...MEDUSA_ENV,
    NODE_ENV: "test",
    // Medusa loads some of its parts with import(), which jest runs only with this.
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules --no-warnings=ExperimentalWarning`,
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    DB_USERNAME: postgres.user,
    DB_PASSWORD: postgres.password,
    ...(needsStore && { STORE_DATABASE_URL: await migratedDatabase(postgres) }),
    ...(needsBrowser && { CHROMIUM_PATH: await ensureChromium() }),
  };
}

/**
 * Makes the tables once; each test file copies them.
 * @param {import("./postgres.mjs").Postgres} postgres
 * @returns {Promise<string>} the database's address
 */
async function migratedDatabase(postgres) {
  const url = urlOf(postgres, "store");
  await createDatabaseIfMissing(urlOf(postgres, "postgres"), "store");
  await step("Making the tables of the tests' stores", () =>
    run({
      name: "test db migrate",
      command: process.execPath,
      args: medusaArgs("db:migrate", "--execute-safe-links", "--skip-scripts"),
      env: { ...MEDUSA_ENV, NODE_ENV: "test", DATABASE_URL: url },
    }),
  );
  return url;
}

/**
 * @param {string} name
 * @param {string[]} files
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Counts>}
 */
async function jest(name, files, args, env) {
  const results = path.join(RESULTS, `${name}-${process.pid}.json`);
  mkdirSync(RESULTS, { recursive: true });
  rmSync(results, { force: true });
  say(`running ${files.length} ${name} test file${files.length === 1 ? "" : "s"}`);
  const finished = run({
    name: `${name} tests`,
    command: process.execPath,
    args: [
      JEST,
      "--selectProjects",
      name,
      "--json",
      `--outputFile=${results}`,
      ...args,
      "--runTestsByPath",
      ...files,
    ],
    env,
    show: true,
    allowFailure: true,
  });
  await Promise.race([finished, hangsAfter(results, finished)]);
  return read(results, name);
}

/**
 * Resolves when the results have been there for a while and jest has not ended; it is ended with everything else.
 * @param {string} results
 * @param {Promise<unknown>} finished
 */
async function hangsAfter(results, finished) {
  let ended = false;
  void finished.finally(() => (ended = true));
  while (!ended && !existsSync(results)) await sleep(500);
  await Promise.race([finished, sleep(LEAVE_WITHIN_MS)]);
  if (!ended) say("a test left something open; jest is ended");
}

/** @param {string} results @param {string} name @returns {Counts} */
function read(results, name) {
  if (!existsSync(results))
    throw new Problem(`jest ended before the ${name} tests did; what it said stands above.`);
  const all = JSON.parse(readFileSync(results, "utf8"));
  return {
    passed: all.numPassedTests,
    // A file that cannot be loaded counts as one failed test.
    failed: all.numFailedTests + all.numRuntimeErrorTestSuites,
    skipped: /** @type {{ assertionResults: { status: string, fullName: string }[] }[]} */ (all.testResults)
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => fullName),
  };
}

/** @param {Counts[]} counts */
function report(counts) {
  const sum = (/** @type {"passed" | "failed"} */ what) =>
    counts.reduce((total, one) => total + one[what], 0);
  const skipped = counts.flatMap((one) => one.skipped);
  const explained = skipped.filter((name) => REASON.test(name));
  explained.forEach((name) => console.log(`skipped, ${REASON.exec(name)?.[1]}: ${name.replace(REASON, "")}`));
  if (skipped.length > explained.length)
    console.log(`skipped, switched off or not named by --name: ${skipped.length - explained.length} tests`);
  const [passed, failed] = [sum("passed"), sum("failed")];
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
