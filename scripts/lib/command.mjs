/** The frame around each command: `--help`, signals, one line for a problem, and nothing left running. */
import { isStopping, stopEverything } from "./processes.mjs";
import { messageOf, Problem, say } from "./report.mjs";

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * @param {object} command
 * @param {string} command.help
 * @param {(args: string[]) => Promise<number>} command.run answers the exit code
 * @param {() => boolean} [command.stopsCleanly] whether a signal now is the ordinary way to end, with exit code 0
 * @param {string} [command.lastLineOnFailure] printed last when it fails before it could print its own last line
 */
export async function runCommand({ help, run, stopsCleanly = () => false, lastLineOnFailure }) {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(help.trim());
    return;
  }
  // The terminal may be gone before we are.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

  /** @param {number} code */
  const end = async (code) => {
    await stopEverything();
    process.exit(code);
  };
  for (const signal of SIGNALS) {
    // npm passes a Ctrl-C on that the terminal has sent to us already; the second one changes nothing.
    process.on(signal, () => {
      if (!isStopping()) say("stopping …");
      void end(stopsCleanly() ? 0 : 130);
    });
  }
  followNpm(() => void end(130));

  try {
    await end(await run(args));
  } catch (error) {
    // While stopping, everything fails; the signal's own exit follows.
    if (isStopping()) return;
    console.error(`tender: ${messageOf(error)}`);
    if (!(error instanceof Problem) && error instanceof Error) console.error(error.stack);
    await stopEverything();
    if (lastLineOnFailure) console.log(lastLineOnFailure);
    await end(1);
  }
}

/**
 * When npm itself is killed nobody forwards signals to us any more; then we are another process's child.
 * @param {() => void} onOrphaned
 */
function followNpm(onOrphaned) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onOrphaned();
  }, 1000).unref();
}
