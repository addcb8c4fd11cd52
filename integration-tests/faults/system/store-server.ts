import type { ChildProcess } from "node:child_process";
import type { LaneSpec } from "../lanes";
import type { SeededStore } from "../server/seed";
import type { Reconciled } from "../server/reconcile";
import type { ServerMessage, ServerRequest } from "../server/server";
import { kill, startChild } from "./child";

const BOOT_TIMEOUT_MS = 120_000;
const ANSWER_TIMEOUT_MS = 180_000;

type Waiting = Readonly<{ resolve: (answer: unknown) => void; reject: (error: Error) => void }>;

/** One running store: the real HTTP server, in a process of its own that can be killed. */
export class StoreServer {
  private number = 0;
  private readonly waiting = new Map<number, Waiting>();

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly boot_ms: number,
  ) {
    child.on("message", (message: ServerMessage) => this.receive(message));
    child.once("exit", () => this.lose(new Error("The store's process has ended.")));
  }

  /** Boots a store that was made with `buildStore`; resolves when it listens. */
  static start(options: {
    build_dir: string;
    env: Readonly<Record<string, string>>;
    log_file: string;
  }): Promise<StoreServer> {
    const child = startChild({
      script: "integration-tests/faults/server/server.js",
      cwd: options.build_dir,
      env: options.env,
      log_file: options.log_file,
    });
    return new Promise((resolve, reject) => {
      const failed = (why: string): void =>
        reject(new Error(`The store did not start: ${why}. See ${options.log_file}.`));
      const timer = setTimeout(() => failed(`not ready after ${BOOT_TIMEOUT_MS} ms`), BOOT_TIMEOUT_MS);
      child.once("exit", (code, signal) => failed(`it ended (${signal ?? code})`));
      child.once("message", (message: ServerMessage) => {
        clearTimeout(timer);
        child.removeAllListeners("exit");
        if ("ready" in message) {
          resolve(new StoreServer(child, message.port, message.boot_ms));
        } else {
          failed("it said something else first");
        }
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async setClock(offset_ms: number): Promise<void> {
    await this.ask({ ask: "clock", offset_ms });
  }

  async reconcile(): Promise<Reconciled> {
    return (await this.ask({ ask: "reconcile" })) as Reconciled;
  }

  async seed(lanes: readonly LaneSpec[]): Promise<SeededStore> {
    return (await this.ask({ ask: "seed", lanes })) as SeededStore;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await kill(this.child);
  }

  private ask(
    request:
      | { ask: "clock"; offset_ms: number }
      | { ask: "reconcile" }
      | { ask: "seed"; lanes: readonly LaneSpec[] },
  ): Promise<unknown> {
    this.number += 1;
    const numbered: ServerRequest = { ...request, number: this.number };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(numbered.number);
        reject(new Error(`The store did not carry out "${request.ask}" within ${ANSWER_TIMEOUT_MS} ms.`));
      }, ANSWER_TIMEOUT_MS);
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          then(value);
        };
      this.waiting.set(numbered.number, { resolve: settle(resolve), reject: settle(reject) });
      this.child.send(numbered, (error) => error && this.waiting.get(numbered.number)?.reject(error));
    });
  }

  private receive(message: ServerMessage): void {
    if ("ready" in message) {
      return;
    }
    const waiting = this.waiting.get(message.number);
    this.waiting.delete(message.number);
    if ("error" in message) {
      waiting?.reject(new Error(message.error));
    } else {
      waiting?.resolve(message.answer);
    }
  }

  private lose(error: Error): void {
    this.waiting.forEach(({ reject }) => reject(error));
    this.waiting.clear();
  }
}
