import { pause } from "../schedule/lane";
import type { Stage } from "../system/stage";
import type { Storm } from "./storm";

/** Tables every payment needs: whoever holds them exhausts the store's pool of connections. */
const BUSY_TABLES = "cart, payment_session, tender_payment_attempt";

/** Makes the storm happen; resolves when it is over and everything runs again. */
export async function unleash(stage: Stage, storm: Storm): Promise<void> {
  switch (storm.kind) {
    case "kill":
      await stage.kill();
      return stage.restart();
    case "postgres_fast":
      return stage.restartPostgres("fast");
    case "postgres_immediate":
      return stage.restartPostgres("immediate");
    case "connections_held":
      return holdConnections(stage, storm.lasts_ms);
    case "connections_cut":
      await stage.database.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      return;
    case "clock_jump":
      await stage.setClockError(storm.jump_ms);
      await pause(storm.lasts_ms);
      return stage.setClockError(0);
  }
}

async function holdConnections(stage: Stage, lasts_ms: number): Promise<void> {
  const client = await stage.database.connect();
  try {
    await client.query("begin");
    await client.query(`lock table ${BUSY_TABLES} in access exclusive mode`);
    await pause(lasts_ms);
    await client.query("commit");
    client.release();
  } catch (error) {
    // A deadlock with the store, which Postgres ended at our cost.
    client.release(error instanceof Error ? error : true);
  }
}
