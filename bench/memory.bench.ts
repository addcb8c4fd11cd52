/**
 * Memory of a Medusa server with this plugin beside one without it, on the same database. It runs first: both were
 * just started, and both are asked exactly the same before they are weighed.
 */
import { readFileSync } from "node:fs";
import { row, STORE } from "./shop";

/** Enough for both to have loaded what serving a request needs. */
const REQUESTS = 200;

/** What a start leaves behind is collected meanwhile. */
const SETTLE_MS = 5_000;

/** Asks a server for what any storefront asks for; nothing of it is Tender's. */
async function serveSome(base_url: string): Promise<void> {
  for (let request = 0; request < REQUESTS; request += 1) {
    const answer = await fetch(`${base_url}/store/regions`, {
      headers: { "x-publishable-api-key": STORE.publishable_key },
    });
    await answer.text();
    if (!answer.ok) throw new Error(`${base_url}/store/regions answered ${answer.status}.`);
  }
}

/** Resident memory of a process in MiB, as Linux tells it. */
function residentMiB(pid: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function main(): Promise<void> {
  const { BENCH_TENDER_PID, BENCH_BARE_PID, BENCH_BARE_URL } = process.env;
  if (process.platform !== "linux") {
    console.log("\nMemory is read from /proc and not measured on this system.");
    return;
  }
  if (!BENCH_TENDER_PID || !BENCH_BARE_PID || !BENCH_BARE_URL) {
    throw new Error(
      'BENCH_TENDER_PID, BENCH_BARE_PID and BENCH_BARE_URL are not set; "npm run bench" does that.',
    );
  }
  await serveSome(BENCH_BARE_URL);
  await serveSome(STORE.base_url);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const bare = residentMiB(BENCH_BARE_PID);
  const tender = residentMiB(BENCH_TENDER_PID);
  console.log(`\nMemory after start and the same ${REQUESTS} requests (GET /store/regions) to each`);
  console.log(row("Medusa alone", bare, "MiB"));
  console.log(row("Medusa with Tender", tender, "MiB"));
  console.log(row("Added", tender - bare, "MiB"));
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
