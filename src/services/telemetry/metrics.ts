import {
  metrics,
  type Attributes,
  type Counter,
  type Histogram,
  type MeterProvider,
} from "@medusajs/framework/opentelemetry/api";

/** Names of the metrics; every duration is in seconds (OpenTelemetry semantic conventions, "Metrics: units"). */
export const METRICS = {
  operations: {
    name: "tender.operations",
    unit: "{operation}",
    description: "Calls to gateways that move money or make a payment",
  },
  operation_duration: {
    name: "tender.operation.duration",
    unit: "s",
    description: "How long calls to gateways take, reads included",
  },
  findings: { name: "tender.findings", unit: "{finding}", description: "Findings opened and closed" },
  webhooks: {
    name: "tender.webhooks",
    unit: "{webhook}",
    description: "Webhooks received, worked, refused and given up",
  },
  webhook_duration: {
    name: "tender.webhook.duration",
    unit: "s",
    description: "How long receiving or working a webhook takes",
  },
  reconciled: {
    name: "tender.reconciled",
    unit: "{item}",
    description: "What the reconciler looked at, by what came of it",
  },
} as const;

export type MetricName = keyof typeof METRICS;
type CounterName = Exclude<MetricName, `${string}_duration`>;
type HistogramName = Extract<MetricName, `${string}_duration`>;

/** From a fast answer to the longest a call may take. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

/**
 * Tender's metrics through OpenTelemetry's API: nothing happens until the store registers a meter provider. Attributes
 * must be few and known beforehand: never an id, never a word from outside.
 */
export class Metrics {
  private made_with: MeterProvider | undefined;
  private counters = new Map<CounterName, Counter>();
  private histograms = new Map<HistogramName, Histogram>();

  count(name: CounterName, attributes: Attributes, by = 1): void {
    this.followProvider();
    const { name: full_name, ...options } = METRICS[name];
    const counter = this.counters.get(name) ?? meter().createCounter(full_name, options);
    this.counters.set(name, counter);
    counter.add(by, attributes);
  }

  /** Records a duration given in milliseconds. */
  time(name: HistogramName, duration_ms: number, attributes: Attributes): void {
    this.followProvider();
    const { name: full_name, ...options } = METRICS[name];
    const histogram =
      this.histograms.get(name) ??
      meter().createHistogram(full_name, { ...options, advice: { explicitBucketBoundaries: SECONDS } });
    this.histograms.set(name, histogram);
    histogram.record(duration_ms / 1000, attributes);
  }

  /** An instrument made before the store registered its provider would stay silent for good. */
  private followProvider(): void {
    const provider = metrics.getMeterProvider();
    if (provider !== this.made_with) {
      this.made_with = provider;
      this.counters = new Map();
      this.histograms = new Map();
    }
  }
}

function meter() {
  return metrics.getMeter("medusa-tender");
}
