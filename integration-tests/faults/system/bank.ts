import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import path from "node:path";
import { providerIdOf, webhookPathOf, type Gateway, type OpenAccount } from "../gateways/gateway";
import { ACCOUNT_IDS, captureAt } from "../lanes";
import type { BankFault } from "../schedule/bank-faults";
import { kill, startChild } from "./child";
import { send, type Answer } from "./http";

/** A payment as the bank's books have it. Amounts are minor units. */
export type BankRow = Readonly<{
  reference: string;
  provider: string;
  currency: string;
  status: string;
  amount_minor: number;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  voided_minor: number;
  /** How often it was authorized: more than once is money held twice. */
  authorizations: number;
  operations: readonly Readonly<{
    kind: string;
    amount_minor: number;
    idempotency_key: string | null;
    at: string;
  }>[];
  metadata: Readonly<Record<string, string>>;
}>;

/** A fault in force, in the bank's words. */
type FaultInForce = Readonly<{ id: string; provider?: string }>;

/** A source has to be compiled first. */
const START_TIMEOUT_MS = 60_000;

const REPOSITORY = path.resolve(__dirname, "../../..");

/** What plays the gateway's service: a process of its own, with the hand of the tests inside it. */
export class BankProcess {
  /** The revision of the books that was read last, and the rows as they stood then. */
  private revision = 0;
  private readonly rows = new Map<string, BankRow>();
  /** Changing one provider's faults reads and writes all of them. */
  private last_change: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly gateway: Gateway,
    private readonly child: ChildProcess,
    private readonly url: string,
    /** By their ids. */
    readonly accounts: Readonly<Record<string, OpenAccount>>,
  ) {}

  static async start(options: {
    gateway: Gateway;
    build_dir: string;
    merchants_file: string;
    log_file: string;
    webhook_port: number;
  }): Promise<BankProcess> {
    const { gateway, merchants_file } = options;
    const merchants = ACCOUNT_IDS.map((account) => ({
      provider: providerIdOf(gateway, account),
      ...gateway.credentials(account),
      webhook_url: `http://127.0.0.1:${options.webhook_port}${webhookPathOf(gateway, account)}`,
    }));
    writeFileSync(merchants_file, JSON.stringify(merchants));
    const { script, from } = gateway.program;
    const child = startChild({
      script,
      args: ["--merchants", merchants_file],
      cwd: from === "build" ? options.build_dir : REPOSITORY,
      node_args: from === "build" ? [] : ["--require", "ts-node/register"],
      env: {},
      log_file: options.log_file,
      read_stdout: true,
    });
    const ready = await firstLine(child, options.log_file);
    const { url, merchants: opened } = JSON.parse(ready) as {
      url: string;
      merchants: Record<string, OpenAccount>;
    };
    const accounts = ACCOUNT_IDS.map((account) => [account, opened[providerIdOf(gateway, account)]]);
    return new BankProcess(gateway, child, url, Object.fromEntries(accounts));
  }

  /** Moves its clock together with the store's. */
  setClock(offset_ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.child.once("message", () => resolve());
      this.child.send({ offset_ms });
    });
  }

  /** All its payments. */
  async ledger(): Promise<readonly BankRow[]> {
    const { status, body } = await this.control("GET", `ledger?since=${this.revision}`);
    expectSuccess(status, body);
    for (const row of body.payments as BankRow[]) {
      this.rows.set(row.reference, row);
    }
    this.revision = body.next;
    return [...this.rows.values()];
  }

  /** Has something go wrong at one provider's account. */
  addFault(provider: string, { operation, ...fault }: BankFault): Promise<void> {
    const capture = captureAt(ACCOUNT_IDS.find((id) => providerIdOf(this.gateway, id) === provider) ?? "");
    const theirs = { ...fault, operation: this.gateway.faults.operation(operation, capture), provider };
    return this.oneByOne(async () => {
      const { status, body } = await this.control("POST", "faults", theirs);
      expectSuccess(status, body);
    });
  }

  /** Removes the faults of one provider, or all. */
  clearFaults(provider?: string): Promise<void> {
    return this.oneByOne(async () => {
      const { body } = await this.control("GET", "faults");
      await this.control("DELETE", "faults");
      for (const { id: _, ...fault } of body.faults as FaultInForce[]) {
        if (provider !== undefined && fault.provider !== provider) {
          await this.control("POST", "faults", fault);
        }
      }
    });
  }

  /** How many of its news are still to be told. */
  async waitingNews(): Promise<number> {
    const { body } = await this.control("GET", "webhooks?state=waiting");
    return (body.webhooks as unknown[]).length;
  }

  /** Does something as in its dashboard. */
  act(reference: string, action: string, amount_minor?: number): Promise<Answer> {
    return this.control("POST", `payments/${reference}/${action}`, {
      ...(amount_minor !== undefined && { amount_minor }),
    });
  }

  /** Sends a webhook of the suite's making: as the bank would, unsigned by it, or changed under its signature. */
  webhook(action: "send" | "forge" | "alter", body: Readonly<Record<string, unknown>>): Promise<Answer> {
    return this.control("POST", `webhooks/${action}`, body);
  }

  async stop(): Promise<void> {
    await kill(this.child);
  }

  private control(method: "GET" | "POST" | "DELETE", resource: string, body?: unknown): Promise<Answer> {
    return send({ method, url: `${this.url}/control/${resource}`, body });
  }

  private oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last_change.then(work, work);
    this.last_change = next.catch(() => undefined);
    return next;
  }
}

function firstLine(child: ChildProcess, log_file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (): void => reject(new Error(`The bank did not start. See ${log_file}.`));
    const timer = setTimeout(failed, START_TIMEOUT_MS);
    child.once("exit", failed);
    if (!child.stdout) {
      return failed();
    }
    createInterface(child.stdout).once("line", (line) => {
      clearTimeout(timer);
      child.off("exit", failed);
      resolve(line);
    });
  });
}

function expectSuccess(status: number, body: { message?: string }): void {
  if (status < 200 || status >= 300) {
    throw new Error(`The bank refused: ${status} ${JSON.stringify(body)}`);
  }
}
