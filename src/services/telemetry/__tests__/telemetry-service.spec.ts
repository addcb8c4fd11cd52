import { metrics as api } from "@medusajs/framework/opentelemetry/api";
import { metrics as sdk } from "@medusajs/framework/opentelemetry/sdk-node";
import { createTelemetry } from "../telemetry-service";
import { METRICS } from "../metrics";

/** Reads what was counted in this process with OpenTelemetry's own SDK. */
class Reader extends sdk.MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}

  async points(name: string) {
    const { resourceMetrics } = await this.collect();
    return resourceMetrics.scopeMetrics
      .flatMap((scope) => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({ unit: descriptor.unit, attributes, value })),
      );
  }
}

const CALL = { provider_id: "pp_a_1", attempt_id: "payatt_1", kind: "authorize", duration_ms: 1500 } as const;
const FINDING = {
  id: "payfind_1",
  kind: "outcome_unknown",
  severity: "high",
  provider_id: "pp_a_1",
  attempt_id: "payatt_1",
  state: "open",
  detail: "Nobody knows.",
} as const;

/** A logger that keeps what it is told. */
function notebook() {
  const lines: string[] = [];
  const at = (level: string) => (line: string | Error) => void lines.push(`${level} ${String(line)}`);
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

describe("telemetry", () => {
  let reader: Reader;
  beforeEach(() => {
    reader = new Reader();
    api.setGlobalMeterProvider(new sdk.MeterProvider({ readers: [reader] }));
  });
  afterEach(() => api.disable());

  it.each([
    ["approved", "info"],
    ["declined", "info"],
    ["unavailable", "info"],
    ["circuit_open", "info"],
    ["unknown", "warn"],
    ["misconfigured", "warn"],
  ] as const)("says of an authorization that ended %s one line at level %s", (outcome, level) => {
    const log = notebook();
    createTelemetry(log).observeCall({ ...CALL, outcome });
    expect(log.lines).toEqual([
      `${level} tender.operation provider=pp_a_1 kind=authorize outcome=${outcome} ms=1500 attempt=payatt_1`,
    ]);
  });

  it("tells of a read to those who debug only", () => {
    const log = notebook();
    createTelemetry(log).observeCall({ ...CALL, kind: "retrieve", outcome: "unknown" });
    expect(log.lines).toEqual([
      "debug tender.read provider=pp_a_1 kind=retrieve outcome=unknown ms=1500 attempt=payatt_1",
    ]);
  });

  it("counts operations by what is few and known, and measures them in seconds", async () => {
    const telemetry = createTelemetry(notebook());
    telemetry.observeCall({ ...CALL, outcome: "approved" });
    telemetry.observeCall({ ...CALL, attempt_id: "payatt_2", outcome: "approved" });
    telemetry.observeCall({ ...CALL, outcome: "declined", decline_category: "funds_limit" });
    telemetry.observeCall({ ...CALL, kind: "retrieve", outcome: "succeeded" });
    const approved = {
      "tender.provider": "pp_a_1",
      "tender.kind": "authorize",
      "tender.outcome": "approved",
    };
    const declined = {
      ...approved,
      "tender.outcome": "declined",
      "tender.decline_category": "funds_limit",
    };
    const read = { ...approved, "tender.kind": "retrieve", "tender.outcome": "succeeded" };
    expect(await reader.points(METRICS.operations.name)).toEqual([
      { unit: "{operation}", attributes: approved, value: 2 },
      { unit: "{operation}", attributes: declined, value: 1 },
    ]);
    expect(await reader.points(METRICS.operation_duration.name)).toEqual([
      { unit: "s", attributes: approved, value: expect.objectContaining({ count: 2, sum: 3 }) },
      { unit: "s", attributes: declined, value: expect.objectContaining({ count: 1, sum: 1.5 }) },
      { unit: "s", attributes: read, value: expect.objectContaining({ count: 1, sum: 1.5 }) },
    ]);
  });

  it("says how severe a finding is, and counts openings and closings apart", async () => {
    const log = notebook();
    const telemetry = createTelemetry(log);
    telemetry.observeFinding(FINDING);
    telemetry.observeFinding({ ...FINDING, kind: "webhook_dead", severity: "medium", attempt_id: null });
    telemetry.observeFinding({ ...FINDING, state: "resolved", detail: "checked again" });
    expect(log.lines).toEqual([
      'error tender.finding provider=pp_a_1 kind=outcome_unknown severity=high state=open finding=payfind_1 attempt=payatt_1 detail="Nobody knows."',
      'warn tender.finding provider=pp_a_1 kind=webhook_dead severity=medium state=open finding=payfind_1 detail="Nobody knows."',
      'info tender.finding provider=pp_a_1 kind=outcome_unknown severity=high state=resolved finding=payfind_1 attempt=payatt_1 detail="checked again"',
    ]);
    const counted = await reader.points(METRICS.findings.name);
    expect(counted.map(({ attributes, value }) => [attributes["tender.state"], value])).toEqual([
      ["open", 1],
      ["open", 1],
      ["resolved", 1],
    ]);
  });

  it("counts webhooks without the sender's words", async () => {
    const log = notebook();
    const telemetry = createTelemetry(log);
    telemetry.observeWebhook({ provider_id: "pp_a_1", type: "any\nthing", outcome: "dead", duration_ms: 20 });
    expect(log.lines).toEqual(['error tender.webhook provider=pp_a_1 type="any thing" outcome=dead ms=20']);
    expect(await reader.points(METRICS.webhooks.name)).toEqual([
      {
        unit: "{webhook}",
        attributes: { "tender.provider": "pp_a_1", "tender.outcome": "dead" },
        value: 1,
      },
    ]);
  });

  it("counts what a pass of the reconciler came to, and says nothing loud of an idle one", async () => {
    const log = notebook();
    const telemetry = createTelemetry(log);
    telemetry.observeReconcile({ task: "attempts", settled: 3, waiting: 0, failed: 1, duration_ms: 9 });
    telemetry.observeReconcile({ task: "webhooks", settled: 0, waiting: 0, failed: 0, duration_ms: 1 });
    expect(log.lines).toEqual([
      "warn tender.reconcile task=attempts settled=3 waiting=0 failed=1 ms=9",
      "debug tender.reconcile task=webhooks settled=0 waiting=0 failed=0 ms=1",
    ]);
    const points = await reader.points(METRICS.reconciled.name);
    expect(points.map(({ attributes, value }) => [attributes["tender.outcome"], value])).toEqual([
      ["settled", 3],
      ["failed", 1],
    ]);
  });

  it("follows the store's provider when that is registered after the first event", async () => {
    api.disable();
    const telemetry = createTelemetry(notebook());
    telemetry.observeCall({ ...CALL, outcome: "approved" });
    api.setGlobalMeterProvider(new sdk.MeterProvider({ readers: [(reader = new Reader())] }));
    telemetry.observeCall({ ...CALL, outcome: "approved" });
    expect((await reader.points(METRICS.operations.name)).map(({ value }) => value)).toEqual([1]);
  });

  it("does not stop whoever reports when an instrument fails", () => {
    const log = notebook();
    const failing = new sdk.MeterProvider();
    failing.getMeter = () => {
      throw new Error("no meters today");
    };
    api.disable();
    api.setGlobalMeterProvider(failing);
    expect(() => createTelemetry(log).observeCall({ ...CALL, outcome: "approved" })).not.toThrow();
    expect(log.lines).toEqual(['warn tender.telemetry error="Error: no meters today"']);
  });
});
