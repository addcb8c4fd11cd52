/**
 * The store as a process of its own: Medusa with this plugin over HTTP. The runner tells it over IPC to move its clock
 * and to reconcile; it ends with the runner.
 */
import { setClockOffset } from "./clock";
import { inspect } from "node:util";
import express from "express";
import load from "@medusajs/medusa/loaders/index";
import type { MedusaContainer } from "@medusajs/framework/types";
import type { LaneSpec } from "../lanes";
import { reconcileOnce, type Reconciled } from "./reconcile";
import { seedLanes, type SeededStore } from "./seed";

/** What the runner asks; each request is answered under its number. */
export type ServerRequest = Readonly<
  { number: number } & (
    { ask: "clock"; offset_ms: number } | { ask: "reconcile" } | { ask: "seed"; lanes: readonly LaneSpec[] }
  )
>;

export type ServerMessage =
  | Readonly<{ ready: true; port: number; boot_ms: number }>
  | Readonly<{ number: number; answer: SeededStore | Reconciled | null }>
  | Readonly<{ number: number; error: string }>;

const say = (message: ServerMessage): void => void process.send?.(message);

async function main(): Promise<void> {
  const started_at = performance.now();
  process.once("disconnect", () => process.exit(0));
  const app = express();
  const { container } = await load({ directory: process.cwd(), expressApp: app });
  process.on("message", (request: ServerRequest) => void answer(container, request));
  const server = app.listen(0, "127.0.0.1", () => {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    say({ ready: true, port, boot_ms: Math.round(performance.now() - started_at) });
  });
}

async function answer(container: MedusaContainer, request: ServerRequest): Promise<void> {
  const { number } = request;
  try {
    say({ number, answer: await carryOut(container, request) });
  } catch (error) {
    say({ number, error: inspect(error) });
  }
}

async function carryOut(
  container: MedusaContainer,
  request: ServerRequest,
): Promise<SeededStore | Reconciled | null> {
  switch (request.ask) {
    case "clock":
      setClockOffset(request.offset_ms);
      return null;
    case "reconcile":
      return reconcileOnce(container);
    case "seed":
      return seedLanes(container, request.lanes);
  }
}

void main();
