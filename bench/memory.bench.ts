/** Memory of a Medusa server with this plugin beside one without it, both just started and asked the same. */
import { readFileSync } from "node:fs";
import { row } from "./shop";

/** Resident memory of a process in MiB, as Linux tells it. */
function residentMiB(pid: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

const { BENCH_TENDER_PID, BENCH_BARE_PID } = process.env;
if (process.platform !== "linux") {
  console.log("\nMemory is read from /proc and not measured on this system.");
} else if (BENCH_TENDER_PID && BENCH_BARE_PID) {
  const bare = residentMiB(BENCH_BARE_PID);
  const tender = residentMiB(BENCH_TENDER_PID);
  console.log("\nMemory after start");
  console.log(row("Medusa alone", bare, "MiB"));
  console.log(row("Medusa with Tender", tender, "MiB"));
  console.log(row("Added", tender - bare, "MiB"));
}
