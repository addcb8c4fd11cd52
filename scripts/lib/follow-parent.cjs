/**
 * Preloaded into the Node processes a run starts: when the run itself is killed (kill -9 included), its channel
 * closes and they stop too, so nothing is left behind.
 */
const GRACE_MS = 8000;

// Children of these processes are handed the same flags (jest gives them to its workers) and follow nobody.
if (process.send && String(process.ppid) === process.env.TENDER_RUN_PID) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  process.channel?.unref();
}
