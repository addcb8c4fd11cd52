import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { attempt, npm, REPOSITORY, run, startServer, type Ended, type Server } from "./commands";
import { CONSUMER, MEDUSA_CONFIG, TSCONFIG } from "./store-files";

/** What Medusa's own project template depends on, in the versions this repository is tried with. */
const TEMPLATE = [
  "@medusajs/admin-sdk",
  "@medusajs/cli",
  "@medusajs/framework",
  "@medusajs/medusa",
  "@swc/core",
  "@types/node",
  "@types/react",
  "react",
  "react-dom",
  "ts-node",
  "typescript",
] as const;

type Manifest = Readonly<Record<"dependencies" | "peerDependencies", Readonly<Record<string, string>>>>;

const SEED_FILES = ["seed.ts", "admin-user.ts", "catalog.ts"];

/**
 * A Medusa store of its own, outside this repository, with the package installed the way an operator installs it.
 */
export class OperatorStore {
  private constructor(
    readonly folder: string,
    readonly database: string,
    readonly env: Record<string, string>,
  ) {}

  /** Packs the package as it would be published, and installs it into a new Medusa project. */
  static async install(): Promise<OperatorStore> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), "tender-packaging-")));
    const database = `tender_packaging_${randomBytes(4).toString("hex")}`;
    const store = new OperatorStore(path.join(folder, "store"), database, await environment(database));
    try {
      // Builds it first: "prepack".
      await npm(["pack", "--pack-destination", folder], { cwd: REPOSITORY });
      const tarball = (await readdir(folder)).find((file) => file.endsWith(".tgz"));
      if (!tarball) throw new Error(`"npm pack" left no tarball in ${folder}.`);
      await store.writeProject();
      await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", `../${tarball}`], {
        cwd: store.folder,
      });
    } catch (error) {
      await store.remove();
      throw error;
    }
    return store;
  }

  private async writeProject(): Promise<void> {
    const lock = JSON.parse(await readFile(path.join(REPOSITORY, "package-lock.json"), "utf8")) as {
      packages: Record<string, { version: string } | object>;
    };
    const versionOf = (name: string): string => {
      const entry = lock.packages[`node_modules/${name}`];
      if (!entry || !("version" in entry)) throw new Error(`package-lock.json has no ${name}.`);
      return entry.version;
    };
    const dependencies = Object.fromEntries(TEMPLATE.map((name) => [name, versionOf(name)]));
    const manifest = { name: "operators-store", version: "0.0.1", private: true, dependencies };
    await mkdir(path.join(this.folder, "src/scripts"), { recursive: true });
    await this.write("package.json", manifest);
    // The store has a lock file, as stores do: today's release of somebody's dependency must not fail this test.
    await this.write("package-lock.json", {
      ...lock,
      ...manifest,
      packages: { ...lock.packages, "": manifest },
    });
    await this.write("tsconfig.json", TSCONFIG);
    await this.write("medusa-config.ts", MEDUSA_CONFIG);
    await this.write("consumer.ts", CONSUMER);
    await this.writeEnvironment();
    for (const file of SEED_FILES) {
      await cp(path.join(REPOSITORY, "scripts/demo", file), path.join(this.folder, "src/scripts", file));
    }
  }

  /** Writes `env` where Medusa reads it. */
  async writeEnvironment(): Promise<void> {
    const lines = Object.entries(this.env).map(([name, value]) => `${name}=${value}\n`);
    await this.write(".env", lines.join(""));
  }

  /** Has the seed's region list these providers instead of the demo's. */
  async seedWith(providers: readonly string[]): Promise<void> {
    const file = "src/scripts/seed.ts";
    const text = await readFile(path.join(REPOSITORY, "scripts/demo/seed.ts"), "utf8");
    const seeded = text.replace(/(?<=^const PAYMENT_PROVIDERS = )\[.*\]/m, JSON.stringify(providers));
    if (seeded === text) throw new Error("The demo's seed names its payment providers elsewhere now.");
    await this.write(file, seeded);
  }

  async write(file: string, content: string | object): Promise<void> {
    const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
    await mkdir(path.dirname(path.join(this.folder, file)), { recursive: true });
    await writeFile(path.join(this.folder, file), text);
  }

  /** Where the package lies in the store. */
  get installed(): string {
    return path.join(this.folder, "node_modules/medusa-tender");
  }

  /** Every file of the package, relative to it. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.installed, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.installed, path.join(entry.parentPath, entry.name)))
      .sort();
  }

  /** What the installed package says of itself. */
  async manifest(): Promise<Manifest> {
    return JSON.parse(await readFile(path.join(this.installed, "package.json"), "utf8")) as Manifest;
  }

  /** `node -e <script>` in the store; answers what it prints, read as JSON. */
  async evaluate(script: string, type: "commonjs" | "module" = "commonjs"): Promise<unknown> {
    const args = [`--input-type=${type}`, "-e", script];
    const { code, output } = await attempt(process.execPath, args, { cwd: this.folder });
    if (code !== 0) throw new Error(output);
    return JSON.parse(output);
  }

  /** `npx <command>` in the store, to its end. */
  npx(command: string, args: readonly string[]): Promise<Ended> {
    return attempt(this.bin(command), args, { cwd: this.folder, env: { NODE_ENV } });
  }

  /** `npx medusa db:migrate`. */
  async migrate(): Promise<void> {
    await run(this.bin("medusa"), ["db:migrate"], { cwd: this.folder, env: { NODE_ENV } });
  }

  /** An empty database, the tables of what is configured, and the demo's products. */
  async prepareDatabase(
    admin: Readonly<{ email: string; password: string }>,
  ): Promise<{ publishable_key: string; region_id: string }> {
    await withServerDatabase(async (client) => {
      await client.query(`drop database if exists ${this.database} with (force)`);
      await client.query(`create database ${this.database}`);
    });
    const seed_result = path.join(this.folder, "seed.json");
    await this.migrate();
    await run(this.bin("medusa"), ["exec", "./src/scripts/seed.ts"], {
      cwd: this.folder,
      env: {
        NODE_ENV,
        DEMO_ADMIN_EMAIL: admin.email,
        DEMO_ADMIN_PASSWORD: admin.password,
        DEMO_SEED_RESULT: seed_result,
      },
    });
    return JSON.parse(await readFile(seed_result, "utf8")) as { publishable_key: string; region_id: string };
  }

  startMedusa(): Promise<Server> {
    return startServer(this.bin("medusa"), ["start", "--port", this.env.PORT ?? "", "--types", "false"], {
      cwd: this.folder,
      env: { NODE_ENV },
      isReady: () => answers(`${this.env.BACKEND_URL}/health`),
    });
  }

  /** The sandbox bank from the package, with the accounts of the store's configuration. */
  async startBank(): Promise<Server> {
    const accounts = (["A", "B"] as const).map((id) => ({
      provider: `pp_sandbox_${id.toLowerCase()}`,
      api_key: this.env[`SANDBOX_${id}_API_KEY`],
      webhook_secret: this.env[`SANDBOX_${id}_WEBHOOK_SECRET`],
      webhook_url: `${this.env.BACKEND_URL}/hooks/payment/sandbox_${id.toLowerCase()}`,
      port: Number(new URL(this.env[`SANDBOX_${id}_URL`] ?? "").port),
    }));
    await this.write("bank.json", accounts);
    const { port } = new URL(this.env.BANK_URL ?? "");
    const args = ["--merchants", "bank.json", "--ledger", "bank-ledger.jsonl", "--port", port];
    return startServer(this.bin("medusa-tender-bank"), args, {
      cwd: this.folder,
      isReady: (output) => output.includes('"ready":true'),
    });
  }

  async remove(): Promise<void> {
    await withServerDatabase((client) =>
      client.query(`drop database if exists ${this.database} with (force)`),
    );
    await rm(path.dirname(this.folder), { recursive: true, force: true });
  }

  private bin(command: string): string {
    return path.join(this.folder, "node_modules/.bin", command);
  }
}

/** The sandbox refuses "production", and "development" builds the dashboard. */
const NODE_ENV = "staging";

async function environment(database: string): Promise<Record<string, string>> {
  const { DB_USERNAME = "", DB_PASSWORD = "", DB_HOST = "localhost", DB_PORT = "5432" } = process.env;
  const [port, bank, a, b] = await freePorts(4);
  const base_url = `http://localhost:${port}`;
  return {
    DATABASE_URL: `postgres://${DB_USERNAME}:${encodeURIComponent(DB_PASSWORD)}@${DB_HOST}:${DB_PORT}/${database}`,
    PORT: String(port),
    BACKEND_URL: base_url,
    STORE_CORS: base_url,
    ADMIN_CORS: base_url,
    AUTH_CORS: base_url,
    JWT_SECRET: randomBytes(24).toString("hex"),
    COOKIE_SECRET: randomBytes(24).toString("hex"),
    BANK_URL: `http://127.0.0.1:${bank}`,
    SANDBOX_A_URL: `http://127.0.0.1:${a}`,
    SANDBOX_A_API_KEY: randomBytes(12).toString("hex"),
    SANDBOX_A_WEBHOOK_SECRET: randomBytes(12).toString("hex"),
    SANDBOX_B_URL: `http://127.0.0.1:${b}`,
    SANDBOX_B_API_KEY: randomBytes(12).toString("hex"),
    SANDBOX_B_WEBHOOK_SECRET: randomBytes(12).toString("hex"),
  };
}

/** All are held until all are known, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function withServerDatabase(work: (client: Client) => Promise<unknown>): Promise<void> {
  const { DB_USERNAME, DB_PASSWORD, DB_HOST, DB_PORT } = process.env;
  const client = new Client({
    user: DB_USERNAME,
    password: DB_PASSWORD,
    host: DB_HOST,
    port: Number(DB_PORT),
    database: "postgres",
  });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // Not listening yet.
  }
}
