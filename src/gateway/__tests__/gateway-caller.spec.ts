import { SpanStatusCode, trace } from "@medusajs/framework/opentelemetry/api";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from "@medusajs/framework/opentelemetry/sdk-trace-node";
import { MemoryJournal } from "../../testing";
import { GatewayMisconfigured, GatewayUnavailable, InvalidPaymentData } from "../errors";
import { GatewayCaller } from "../gateway-caller";
import { GatewayHealth } from "../health";
import type { OperationKind } from "../operations";
import type { Outcome, PaymentSnapshot } from "../outcomes";

const eur = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });
const SNAPSHOT: PaymentSnapshot = {
  reference: "ref",
  status: "authorized",
  amount: eur(1000n),
  authorized: eur(1000n),
  captured: eur(0n),
  refunded: eur(0n),
};
const DECLINED: Outcome = {
  type: "declined",
  decline: { category: "funds_limit", code: "insufficient_funds" },
  snapshot: { ...SNAPSHOT, status: "declined" },
};

describe("what a caller tells of its calls", () => {
  const spans = new InMemorySpanExporter();
  beforeAll(() => new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register());
  beforeEach(() => spans.reset());
  afterAll(() => trace.disable());

  async function setUp() {
    const journal = new MemoryJournal();
    const caller = new GatewayCaller(
      "pp_a_1",
      () => journal,
      new GatewayHealth("pp_a_1"),
      { connect_timeout_ms: 40, timeout_ms: 60 },
      (event) => journal.observe(event),
    );
    const attempt = await journal.openAttempt({
      payment_collection_id: null,
      payment_session_id: null,
      provider_id: "pp_a_1",
      method: "card",
      amount: eur(1000n),
    });
    let calls = 0;
    const operate = (kind: OperationKind, call: () => Promise<Outcome | PaymentSnapshot>) =>
      caller
        .operate({ attempt, kind, amount: attempt.amount, idempotency_key: `key-${(calls += 1)}` }, call)
        .catch((error: unknown) => error);
    return { journal, caller, attempt, operate };
  }

  it.each<[string, OperationKind, () => Promise<Outcome | PaymentSnapshot>, object]>([
    [
      "an approval",
      "authorize",
      async () => ({ type: "approved", snapshot: SNAPSHOT }),
      { outcome: "approved" },
    ],
    [
      "a refusal",
      "authorize",
      async () => DECLINED,
      { outcome: "declined", decline_category: "funds_limit" },
    ],
    ["a capture", "capture", async () => SNAPSHOT, { outcome: "succeeded" }],
    ["no answer", "refund", () => new Promise(() => {}), { outcome: "unknown" }],
    ["no answer where no money moves", "create", () => new Promise(() => {}), { outcome: "unknown" }],
    [
      "a refused connection",
      "cancel",
      () => Promise.reject(new GatewayUnavailable("x")),
      { outcome: "unavailable" },
    ],
    [
      "a bad key",
      "authorize",
      () => Promise.reject(new GatewayMisconfigured("x")),
      { outcome: "misconfigured" },
    ],
    [
      "wrong data",
      "authorize",
      () => Promise.reject(new InvalidPaymentData("x")),
      { outcome: "invalid_data" },
    ],
    ["an error nobody foresaw", "capture", () => Promise.reject(new TypeError("x")), { outcome: "unknown" }],
  ])("%s", async (_name, kind, call, end) => {
    const { journal, attempt, operate } = await setUp();
    await operate(kind, call);
    const told = { provider_id: "pp_a_1", attempt_id: attempt.id, kind, ...end };
    expect(journal.calls).toEqual([{ ...told, duration_ms: expect.any(Number) }]);
  });

  it("how long it took, until it gave up", async () => {
    const { journal, operate } = await setUp();
    await operate("refund", () => new Promise(() => {}));
    expect(journal.calls[0]?.duration_ms).toBeGreaterThanOrEqual(55);
  });

  it("that a gateway was not asked while its circuit is open", async () => {
    const { journal, operate } = await setUp();
    for (let tries = 0; tries < 6; tries += 1) {
      await operate("authorize", () => Promise.reject(new GatewayUnavailable("x")));
    }
    expect(journal.calls.map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(5).fill("unavailable"),
      "circuit_open",
    ]);
  });

  it("reads, with the attempt where it is known", async () => {
    const { journal, caller } = await setUp();
    await caller.read(async () => SNAPSHOT, { attempt_id: "payatt_1" });
    await caller.read(async () => "customer_1", { kind: "customer" });
    expect(journal.calls).toEqual([
      expect.objectContaining({ kind: "retrieve", outcome: "succeeded", attempt_id: "payatt_1" }),
      expect.objectContaining({ kind: "customer", outcome: "succeeded" }),
    ]);
  });

  it("to traces, as one span each", async () => {
    const { attempt, operate } = await setUp();
    await operate("authorize", async () => DECLINED);
    await operate("refund", () => Promise.reject(new TypeError("x")));
    expect(
      spans
        .getFinishedSpans()
        .map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
    ).toEqual([
      {
        name: "tender.authorize",
        attributes: {
          "tender.provider": "pp_a_1",
          "tender.kind": "authorize",
          "tender.attempt_id": attempt.id,
          "tender.outcome": "declined",
          "tender.decline_category": "funds_limit",
        },
        status: { code: SpanStatusCode.UNSET },
        events: [],
      },
      {
        name: "tender.refund",
        attributes: expect.objectContaining({ "tender.outcome": "unknown" }),
        status: { code: SpanStatusCode.ERROR, message: "unknown" },
        events: [],
      },
    ]);
  });
});
