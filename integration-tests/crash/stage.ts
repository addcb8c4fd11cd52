import path from "node:path";
import { BankProcess } from "../faults/system/bank";
import { killAll, startChild } from "../faults/system/child";
import { Database } from "../faults/system/database";
import { StoreServer } from "../faults/system/store-server";
import { providerEntries } from "../faults/gateways/provider-entries";
import { lanesOf } from "../faults/lanes";
import type { SeededStore } from "../faults/server/seed";
import { ACCOUNT, GATEWAY, LANE } from "./account";
import { buildCrashStore } from "./build";

export type StageOptions = Readonly<{
  /** Made anew; below a folder that has this repository's node_modules. */
  build_dir: string;
  /** An empty database. */
  database_url: string;
  log_dir: string;
}>;

/** Nothing listens there: the bank's own news are dropped before they are sent. */
const NO_PORT = 9;

/** The bank, the store's server, and the next server in waiting, so that a restart takes no time. */
export class CrashStage {
  private constructor(
    private readonly options: StageOptions,
    readonly bank: BankProcess,
    readonly database: Database,
    readonly store: SeededStore,
    private active: StoreServer,
    private standby: Promise<StoreServer>,
  ) {}

  /** Compiles the store, makes its tables, fills it and starts everything. */
  static async set(options: StageOptions): Promise<CrashStage> {
    buildCrashStore(options.build_dir);
    const [bank] = await Promise.all([startBank(options), migrate(options)]);
    await bank.addFault(LANE.providers[0], { fault: "webhook_drop", operation: "*" });
    const server = await startServer(options, bank);
    const store = await server.seed(lanesOf(GATEWAY));
    const database = new Database(options.database_url);
    return new CrashStage(options, bank, database, store, server, startServer(options, bank));
  }

  /** Where the living server answers. */
  get url(): string {
    return this.active.url;
  }

  /** `kill -9`. Nobody answers until `restart`. */
  kill(): Promise<void> {
    return this.active.kill();
  }

  /** Puts the next server in the place of the killed one. */
  async restart(): Promise<void> {
    this.active = await this.standby;
    this.standby = startServer(this.options, this.bank);
    // Whoever waits for it hears of a failure.
    this.standby.catch(() => undefined);
  }

  /** One pass of the reconciler, as its job makes it every minute. */
  async reconcile(): Promise<void> {
    await this.active.reconcile();
  }

  /** Moves everything the store waits for so much nearer. */
  async bringForward(by_ms: number): Promise<void> {
    const nearer = (column: string) => `${column} = ${column} - $1 * interval '1 millisecond'`;
    const waiting = [
      ["tender_payment_webhook_event", "next_try_at"],
      ["tender_payment_attempt", "next_check_at"],
      ["tender_payment_operation", "next_check_at"],
    ] as const;
    for (const [table, column] of waiting) {
      await this.database.rows(`update ${table} set ${nearer(column)} where ${column} is not null`, [by_ms]);
    }
    await this.database.advanceLeases(by_ms);
  }

  async stop(): Promise<void> {
    await this.standby.catch(() => undefined);
    await killAll();
    await this.database.close();
  }
}

function startBank({ build_dir, log_dir }: StageOptions): Promise<BankProcess> {
  return BankProcess.start({
    gateway: GATEWAY,
    build_dir,
    merchants_file: path.join(build_dir, "merchants.json"),
    log_file: path.join(log_dir, "crash-test-bank.log"),
    webhook_port: NO_PORT,
  });
}

function startServer(options: StageOptions, { accounts }: BankProcess): Promise<StoreServer> {
  const providers = providerEntries(GATEWAY, accounts);
  return StoreServer.start({
    build_dir: options.build_dir,
    env: {
      ...environment(options),
      CRASH_ACCOUNT: ACCOUNT,
      FAULTS_PROVIDERS: JSON.stringify(providers),
    },
    log_file: path.join(options.log_dir, "crash-test-store.log"),
  });
}

function migrate(options: StageOptions): Promise<void> {
  const log_file = path.join(options.log_dir, "crash-test-migrate.log");
  const child = startChild({
    script: "integration-tests/faults/server/migrate.js",
    cwd: options.build_dir,
    env: environment(options),
    log_file,
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`The store's tables could not be made. See ${log_file}.`)),
    );
  });
}

function environment({ database_url }: StageOptions): Record<string, string> {
  return {
    NODE_ENV: "test",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    MEDUSA_DISABLE_TELEMETRY: "true",
    DATABASE_URL: database_url,
  };
}
