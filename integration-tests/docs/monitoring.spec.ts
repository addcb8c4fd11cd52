import { transformSync } from "@swc/core";
import { metrics as api } from "@medusajs/framework/opentelemetry/api";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { FINDINGS, type CallOutcome, type FindingAction } from "../../src/gateway";
import { METRICS } from "../../src/services/telemetry/metrics";
import { createTelemetry } from "../../src/services/telemetry/telemetry-service";
import { blocksOf, proseOf } from "./support/documents";

const DOCUMENT = "docs/monitoring.md";

/** The rows of a section's tables, cell by cell. */
function rowsOf(heading: string): string[][] {
  const section = proseOf(DOCUMENT).split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| (`[^`]+`.*) \|$/gm)].map(([, row = ""]) =>
    row.split("|").map((cell) => cell.trim().replaceAll("`", "")),
  );
}

describe(DOCUMENT, () => {
  it("lists every kind of finding with its severity and its actions", () => {
    const listed = rowsOf("Findings").filter((row) => row.length === 4);
    expect(listed.map(([kind, severity, , actions]) => [kind, severity, actions])).toEqual(
      Object.entries(FINDINGS).map(([kind, row]) => [kind, row.severity, row.actions.join(", ")]),
    );
  });

  it("tells what each action does", () => {
    const actions = Object.values(FINDINGS).flatMap((row): readonly FindingAction[] => row.actions);
    const listed = rowsOf("Findings").filter((row) => row.length === 2);
    expect(listed.map(([action]) => action).sort()).toEqual([...new Set(actions)].sort());
  });

  it("lists every metric with its unit", () => {
    const listed = rowsOf("Metrics").filter((row) => row.length === 4);
    expect(listed.map(([name, , unit]) => [name, unit])).toEqual(
      Object.values(METRICS).map(({ name, unit }) => [name, unit]),
    );
  });

  it("tells every outcome of a call", () => {
    const outcomes: Record<Exclude<CallOutcome, "invalid_webhook">, true> = {
      approved: true,
      declined: true,
      action_required: true,
      pending: true,
      succeeded: true,
      unavailable: true,
      unknown: true,
      misconfigured: true,
      invalid_data: true,
      circuit_open: true,
    };
    const listed = rowsOf("Log lines").filter((row) => row.length === 2);
    expect(listed.map(([outcome]) => outcome)).toEqual(Object.keys(outcomes));
  });

  it("has an instrumentation.ts with which the metrics reach a collector", async () => {
    const block = blocksOf(DOCUMENT).find(({ info }) => info === "ts instrumentation.ts");
    const { code } = transformSync(block?.text ?? "", {
      jsc: { parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    });
    const received: string[] = [];
    const collector = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => received.push(`${request.url} ${chunk.toString("utf8")}`));
      request.on("end", () => response.end("{}"));
    });
    await new Promise<void>((listening) => collector.listen(0, "127.0.0.1", listening));
    const file = path.join(__dirname, "support", "instrumentation.of-the-document.js");
    writeFileSync(file, code);
    try {
      process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
      const { register } = (await import(file)) as { register(): { shutdown(): Promise<void> } };
      const sdk = register();
      const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
      createTelemetry(silent).observeCall({
        provider_id: "pp_a_1",
        kind: "authorize",
        outcome: "approved",
        duration_ms: 5,
      });
      await sdk.shutdown();
      const told = received.filter((request) => request.startsWith("/v1/metrics ")).join("\n");
      expect(told).toContain("tender.operations");
      expect(told).toContain("pp_a_1");
    } finally {
      api.disable();
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      rmSync(file, { force: true });
      await new Promise((closed) => collector.close(closed));
    }
  });
});
