import load from "@medusajs/medusa/loaders/index";
import { MedusaModule } from "@medusajs/framework/modules-sdk";
import type { MedusaContainer } from "@medusajs/framework/types";
import { GracefulShutdownServer, Modules } from "@medusajs/framework/utils";
import express from "express";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { copyOfStoreDatabase, type TestDatabase } from "./database";

const ROOT = path.resolve(__dirname, "../..");
const SETTLES_WITHIN_MS = 60_000;

/** Medusa with this plugin in the test's own process, over HTTP, on a database of its own. */
export type TestMedusa = Readonly<{
  container: MedusaContainer;
  base_url: string;
  database: TestDatabase;
  /** Waits until no workflow is under way, so that one test's work does not reach into the next. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}>;

/** Boots it as `medusa start` does; what medusa-config.ts reads from the environment must be set before. */
export async function startMedusa(): Promise<TestMedusa> {
  const database = await copyOfStoreDatabase();
  process.env.DATABASE_URL = database.url;
  const app = express();
  const { container, shutdown } = await load({ directory: ROOT, expressApp: app });
  const http = app.listen(0, "127.0.0.1");
  await new Promise((resolve, reject) => http.once("listening", resolve).once("error", reject));
  const server = GracefulShutdownServer.create(http);
  return {
    container,
    database,
    base_url: `http://localhost:${(http.address() as AddressInfo).port}`,
    settled: () => untilNoWorkflowRuns(container),
    stop: async () => {
      await server.shutdown();
      await shutdown();
      MedusaModule.clearInstances();
      await container.dispose();
      await database.drop();
    },
  };
}

async function untilNoWorkflowRuns(container: MedusaContainer): Promise<void> {
  const engine = container.resolve(Modules.WORKFLOW_ENGINE);
  const ended = ["not_started", "done", "reverted", "failed"];
  for (const deadline = Date.now() + SETTLES_WITHIN_MS; ; await sleep(50)) {
    const running = await engine.listWorkflowExecutions({ state: { $nin: ended } });
    if (running.length === 0) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`Still under way: ${running.map(({ workflow_id }) => workflow_id).join(", ")}.`);
    }
  }
}
