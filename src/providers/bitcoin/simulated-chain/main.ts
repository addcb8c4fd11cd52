import { parseArgs } from "node:util";
import { startSimulatedChain, type SimulatedChain, type SimulatedChainOptions } from "./index";

const HELP = `Simulated chain: Bitcoin's formats without its work, for demos. No real coins.

  --port <number>            default: chosen by the system; only this machine reaches it
  --journal <file.jsonl>     chain that outlives the process; without it everything is forgotten
  --block-seconds <number>   from a payment to its block, and to the next (default 10)
  --confirmations <number>   blocks that come by themselves after a payment (default 6)
  --help

When ready it prints one line of JSON: {"ready":true,"url":...,"esplora_url":...,"wallet_url":...}.
It stops on SIGTERM and SIGINT, and when the process that forked it ends.
`;

const LAST_PORT = 65_535;
const LONGEST_INTERVAL_S = 3_600;
const MOST_CONFIRMATIONS = 144;

/** Anything the operator has to put right; told in one line. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { help, ...options } = readOptions();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const chain = await startSimulatedChain(options);
  stopInTime(chain);
  const { url, esplora_url, wallet_url } = chain;
  process.stdout.write(`${JSON.stringify({ ready: true, url, esplora_url, wallet_url })}\n`);
}

function readOptions(): SimulatedChainOptions & Readonly<{ help: boolean }> {
  const { values } = parsedArguments();
  const seconds = numberIn(values["block-seconds"], "--block-seconds", 1, LONGEST_INTERVAL_S);
  return {
    help: values.help === true,
    port: numberIn(values.port, "--port", 0, LAST_PORT),
    journal_file: values.journal,
    block_interval_ms: seconds === undefined ? undefined : seconds * 1_000,
    confirmations: numberIn(values.confirmations, "--confirmations", 1, MOST_CONFIRMATIONS),
  };
}

function parsedArguments() {
  try {
    const text = { type: "string" } as const;
    const options = {
      port: text,
      journal: text,
      "block-seconds": text,
      confirmations: text,
      help: { type: "boolean" },
    } as const;
    return parseArgs({ options });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
}

function numberIn(text: string | undefined, option: string, least: number, most: number): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) {
    throw new UsageError(`${option} must be a number from ${least} to ${most}.`);
  }
  return number;
}

function stopInTime(chain: SimulatedChain): void {
  const stop = (): void => void chain.stop().finally(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.once("disconnect", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The simulated chain cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
