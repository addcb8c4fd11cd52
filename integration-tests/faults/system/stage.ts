import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import type { Gateway } from "../gateways/gateway";
import { providerEntries } from "../gateways/provider-entries";
import { lanesOf, type LaneSpec } from "../lanes";
import type { SeededStore } from "../server/seed";
import { BankProcess } from "./bank";
import { Carts } from "./carts";
import { killAll } from "./child";
import { Database } from "./database";
import { Forwarder } from "./forwarder";
import { send } from "./http";
import { StoreServer } from "./store-server";
import { watchAttempts } from "./watch-attempts";

export type StageOptions = Readonly<{
  /** Whom the shoppers of this store pay through. */
  gateway: Gateway;
  /** Tells several stages of one run apart in the names of their logs. */
  name: string;
  /** A store that `buildStore` compiled. */
  build_dir: string;
  /** An empty database of a Postgres that may be restarted. */
  database_url: string;
  /** Where the restart is asked for. */
  postgres_control_url: string;
  log_dir: string;
}>;

const RECOVERY_TIMEOUT_MS = 60_000;

/**
 * Everything that runs: the bank, the store's active server, the next server in waiting, and the clock they share.
 */
export class Stage {
  private active: StoreServer | undefined;
  private standby: Promise<StoreServer> | undefined;
  private offset_ms = 0;
  readonly carts: Carts;
  readonly gateway: Gateway;
  readonly lanes: readonly LaneSpec[];
  /** Settled while a server is active; shoppers wait for it. */
  private up: Promise<void> = Promise.resolve();
  private setUp: () => void = () => undefined;

  private constructor(
    private readonly options: StageOptions,
    readonly bank: BankProcess,
    readonly database: Database,
    readonly store: SeededStore,
    private readonly forwarder: Forwarder,
    first: StoreServer,
  ) {
    this.carts = new Carts(database);
    this.gateway = options.gateway;
    this.lanes = lanesOf(options.gateway);
    this.activate(first);
  }

  /** Makes the store's tables, fills it and starts bank and server. */
  static async set(options: StageOptions): Promise<Stage> {
    for (const part of ["bank", "store"] as const) {
      rmSync(logOf(options, part), { force: true });
    }
    const forwarder = await Forwarder.start();
    const [bank] = await Promise.all([
      BankProcess.start({
        gateway: options.gateway,
        build_dir: options.build_dir,
        merchants_file: path.join(options.build_dir, `merchants-${options.name}.json`),
        log_file: logOf(options, "bank"),
        webhook_port: forwarder.port,
      }),
      migrate(options),
    ]);
    const server = await startServer(options, bank);
    const store = await server.seed(lanesOf(options.gateway));
    const database = new Database(options.database_url);
    await watchAttempts(database);
    return new Stage(options, bank, database, store, forwarder, server);
  }

  /** Stops Postgres and starts it again: `fast` cuts its connections, `immediate` crashes it. */
  async restartPostgres(mode: "fast" | "immediate"): Promise<void> {
    const { status, body } = await send({
      method: "POST",
      url: `${this.options.postgres_control_url}/restart/${mode}`,
    });
    if (status !== 200) {
      throw new Error(`PostgreSQL could not be restarted: ${JSON.stringify(body)}`);
    }
    await this.database.untilAnswering(RECOVERY_TIMEOUT_MS);
  }

  /** The address of the server that is alive; waits while there is none. */
  async url(): Promise<string> {
    await this.up;
    return this.active?.url ?? "";
  }

  get server(): StoreServer {
    if (!this.active) {
      throw new Error("No server is alive.");
    }
    return this.active;
  }

  /** Boots the next server, so that it is there when the active one is killed. */
  prepareStandby(): void {
    this.standby ??= startServer(this.options, this.bank);
    // Whoever waits for it hears of a failure.
    this.standby.catch(() => undefined);
  }

  /** `kill -9` for the active server. Nobody answers until `restart`. */
  async kill(): Promise<void> {
    const killed = this.active;
    this.active = undefined;
    this.up = new Promise((resolve) => (this.setUp = resolve));
    this.forwarder.pointTo(undefined);
    await killed?.kill();
  }

  /** Puts the next server in the place of the killed one. */
  async restart(): Promise<void> {
    this.prepareStandby();
    const next = await this.standby;
    this.standby = undefined;
    await next?.setClock(this.offset_ms);
    if (next) {
      this.activate(next);
    }
    this.setUp();
  }

  /** Lets time pass for store, bank and leases in the database; timers do not notice. */
  async advanceClock(by_ms: number): Promise<void> {
    this.offset_ms += by_ms;
    await this.bank.setClock(this.offset_ms);
    await this.server.setClock(this.offset_ms);
    await this.database.advanceLeases(by_ms);
  }

  /** Puts the store's clock alone ahead of the common one, or behind; 0 sets it right. */
  async setClockError(error_ms: number): Promise<void> {
    await this.active?.setClock(this.offset_ms + error_ms);
  }

  /** Unix ms by the common clock. */
  get now(): number {
    return Date.now() + this.offset_ms;
  }

  async stop(): Promise<void> {
    this.forwarder.stop();
    await this.standby?.catch(() => undefined);
    await killAll();
    await this.database.close();
  }

  private activate(server: StoreServer): void {
    this.active = server;
    this.forwarder.pointTo(server.port);
  }
}

function logOf({ log_dir, name }: StageOptions, part: "bank" | "store"): string {
  return path.join(log_dir, `faults-${name}-${part}.log`);
}

function environment({ database_url }: StageOptions): Record<string, string> {
  return {
    NODE_ENV: "test",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    MEDUSA_DISABLE_TELEMETRY: "true",
    DATABASE_URL: database_url,
  };
}

function startServer(options: StageOptions, { accounts }: BankProcess): Promise<StoreServer> {
  const providers = providerEntries(options.gateway, accounts);
  return StoreServer.start({
    build_dir: options.build_dir,
    env: { ...environment(options), FAULTS_PROVIDERS: JSON.stringify(providers) },
    log_file: logOf(options, "store"),
  });
}

function migrate(options: StageOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["integration-tests/faults/server/migrate.js"], {
      cwd: options.build_dir,
      env: { ...process.env, ...environment(options) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (text) => (said += text));
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The store's tables could not be made: ${said.slice(-2000)}`)),
    );
  });
}
