import type { ExecArgs } from "@medusajs/framework/types";
import { differenceInWords } from "../services";
import { checkLedger, type LedgerProgress } from "../workflows/upkeep/check-ledger";
import { parseCheckLedgerArguments } from "./check-ledger-arguments";

const USAGE = `
Compares every payment with its gateway's own figures, Medusa's and Tender's, to the minor unit. Changes nothing.

  npx medusa exec <this file> [provider=<id>[,<id>…]] [since=<date>] [concurrency=<number>]

  provider      compare these providers only, e.g. provider=pp_sandbox_a
  since         compare payments begun on that day or later, e.g. since=2026-11-01 (UTC)
  concurrency   payments read from gateways at the same time, 1 to 32 (4)
  usage         print this

Prints a line for each figure that differs and each payment that could not be compared. The exit code is 0 when all
agree, 1 when figures differ, 2 when some payments could not be compared or the arguments are wrong.
`;

/** `npx medusa exec`: {@link checkLedger} with a line for each difference. See docs/monitoring.md. */
export default async function checkLedgerScript({ container, args }: ExecArgs): Promise<void> {
  const parsed = parseCheckLedgerArguments(args);
  if (parsed.type !== "check") {
    print(parsed.type === "usage" ? USAGE : `${parsed.message}\n${USAGE}`);
    process.exitCode = parsed.type === "usage" ? 0 : 2;
    return;
  }
  const summary = await checkLedger(container, {
    ...parsed.input,
    onDifference: (difference) => print(differenceInWords(difference)),
    onNotChecked: ({ attempt_id, provider_id, reason }) =>
      print(`${attempt_id} ${provider_id} not checked: ${reason}`),
    onProgress: progressPrinter(),
  });
  const { checked, differences, not_checked } = summary;
  print(`${checked} payments checked, ${differences} differences, ${not_checked} not checked`);
  process.exitCode = differences > 0 ? 1 : not_checked > 0 ? 2 : 0;
}

/** The result goes to the standard output, so that it can be kept in a file; progress goes beside it. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** In a terminal one line that changes, else a line now and then. */
function progressPrinter(): (progress: LedgerProgress) => void {
  const begun_at = Date.now();
  const { stderr } = process;
  const every_ms = stderr.isTTY ? 200 : 10_000;
  let said_at = begun_at;
  return ({ done, total }) => {
    const now = Date.now();
    if (now - said_at < every_ms && (done < total || !stderr.isTTY)) {
      return;
    }
    said_at = now;
    const per_second = Math.round((done * 1000) / Math.max(1, now - begun_at));
    const line = `${done}/${total} payments, ${per_second}/s`;
    stderr.write(stderr.isTTY ? `\r${line}${done === total ? "\n" : ""}` : `${line}\n`);
  };
}
