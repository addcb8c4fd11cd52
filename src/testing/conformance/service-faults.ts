import assert from "node:assert/strict";
import type { GatewayErrorKind, OperationKind } from "../../gateway";
import type { ServiceFault } from "../harness";
import { assertApproved, assertMoved, rejection, rejectsAs } from "./expect";
import {
  capturesManually,
  promise,
  promiseIf,
  type ConformanceContext,
  type ConformancePromise,
  type ConformanceTheme,
  type GatewayFacts,
} from "./promise";
import { IMPATIENT, type Shop } from "./shop";

/** A service that answers does so within this, on a machine that is busy too. */
const ANSWER_MS = 10_000;

/**
 * How long silence is listened to. Faults that strike once are not cleared before the books are read: a call
 * given up before a busy service had read it would then arrive unstruck, and be carried out.
 */
const SILENCE_MS = 1_000;

type Expectation = Readonly<{
  fault: ServiceFault;
  kind: GatewayErrorKind;
  moved: boolean;
  in_words: string;
}>;

/** What each fault says about money: `unavailable` may be tried elsewhere, `unknown` may only be reconciled. */
const FAULTS: readonly Expectation[] = [
  { fault: "refuse", kind: "unavailable", moved: false, in_words: "a refused connection" },
  { fault: "http_429", kind: "unavailable", moved: false, in_words: "too many requests (429)" },
  { fault: "http_500", kind: "unknown", moved: false, in_words: "a server error (500)" },
  { fault: "reset_before", kind: "unknown", moved: false, in_words: "a connection cut before the work" },
  { fault: "reset_after", kind: "unknown", moved: true, in_words: "a connection cut after the work" },
  { fault: "black_hole", kind: "unknown", moved: false, in_words: "silence" },
  { fault: "malformed", kind: "unknown", moved: true, in_words: "an unreadable answer" },
  { fault: "mistyped", kind: "unknown", moved: true, in_words: "an answer of the wrong types" },
];

type MoneyCall = Readonly<{
  kind: Extract<OperationKind, "authorize" | "capture" | "refund" | "cancel">;
  applies(facts: GatewayFacts): boolean;
  prepare(store: Shop): Promise<string>;
  run(store: Shop, reference: string, limit_ms: number): Promise<unknown>;
  moved: "authorized_minor" | "captured_minor" | "refunded_minor";
}>;

const CALLS: readonly MoneyCall[] = [
  {
    kind: "authorize",
    applies: () => true,
    prepare: async (store) => {
      const { reference } = await store.create();
      await store.samples.approve.before?.(reference);
      return reference;
    },
    run: (store, reference, limit_ms) =>
      store.gateway.confirmPayment(
        reference,
        { method: store.method, amount: store.amount(), data: store.samples.approve.data },
        store.call(`${reference}:authorize`, limit_ms),
      ),
    moved: "authorized_minor",
  },
  {
    kind: "capture",
    applies: capturesManually,
    prepare: async (store) => (await store.authorize()).reference,
    run: (store, reference, limit_ms) =>
      store.gateway.capturePayment(reference, store.amount(), store.call(`${reference}:capture`, limit_ms)),
    moved: "captured_minor",
  },
  {
    kind: "refund",
    applies: () => true,
    prepare: async (store) => {
      const { reference, captured } = await store.authorize();
      if (captured.amount_minor === 0n) {
        await store.gateway.capturePayment(reference, store.amount(), store.call());
      }
      return reference;
    },
    run: (store, reference, limit_ms) =>
      store.gateway.refundPayment(reference, store.amount(), store.call(`${reference}:refund`, limit_ms)),
    moved: "refunded_minor",
  },
];

/** Whatever the line does, an answer that did not come is never taken for one. */
export const serviceFaults: ConformanceTheme = {
  title: "a service that fails",
  promises: [
    ...CALLS.flatMap((call) => FAULTS.map((expected) => tellsFault(call, expected))),
    ...FAULTS.map(creationMayBeTriedElsewhere),
    ...FAULTS.map(attemptIsNeverPaid),
    promise("an answer that is only late is a success", async ({ service, shop }) => {
      const store = shop();
      const session = await store.open();
      await service.fault({ operation: "authorize", fault: "latency", value_ms: 250, times: 1 });
      assertApproved(await store.confirm(session));
      assertMoved(await store.row(session), { authorized_minor: 10_000n });
    }),
    promise("an answer that comes after the limit is unknown, and found again", async ({ service, shop }) => {
      const store = shop({ ...IMPATIENT, connect_timeout_ms: 3_000 });
      const session = await store.open();
      await service.fault({ operation: "authorize", fault: "latency", value_ms: 2_000, times: 1 });
      assert.equal((await store.confirm(session)).status, "unknown");
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await store.medusa.authorizePaymentSession(session.id);
      assertMoved(await store.row(session), { authorized_minor: 10_000n });
    }),
    promise("gives up on a silent service when its time is over", async ({ service, shop }) => {
      const store = shop(IMPATIENT);
      await service.fault({ operation: "create", fault: "black_hole", times: 1 });
      const started = Date.now();
      await rejectsAs(store.open(), ["unavailable"], "making a payment at a silent service");
      assert.ok(Date.now() - started < 2_800, "its own limit must hold, not the usual one");
    }),
    promiseIf(
      capturesManually,
      "a look at a payment that fails says so, and changes nothing",
      async ({ service, shop }) => {
        const store = shop();
        const payment = await store.pay();
        for (const fault of ["http_500", "malformed", "mistyped", "reset_before"] as const) {
          await service.fault({ operation: "retrieve", fault, times: 1 });
          await rejection(store.provider.getPaymentStatus({ data: payment.data }), `a look with ${fault}`);
        }
        assert.equal((await store.attempt(payment)).status, "authorized");
      },
    ),
  ],
};

function tellsFault(call: MoneyCall, { fault, kind, moved, in_words }: Expectation): ConformancePromise {
  return promiseIf(
    call.applies,
    `${in_words} on ${call.kind} is "${kind}", and a repeat under the same key moves the money once`,
    async (context: ConformanceContext) => {
      const store = context.shop({ capture: context.claims.capture[0] });
      const reference = await call.prepare(store);
      await context.service.fault({ operation: call.kind, fault, ...(fault !== "refuse" && { times: 1 }) });
      const limit_ms = fault === "black_hole" ? SILENCE_MS : ANSWER_MS;
      await rejectsAs(call.run(store, reference, limit_ms), [kind], `${call.kind} with ${fault}`);
      if (fault === "refuse") {
        await context.service.clearFaults();
      }
      assertMoved(await store.rowOf(reference), { [call.moved]: moved ? 10_000n : 0n });
      await call.run(store, reference, ANSWER_MS);
      assertMoved(await store.rowOf(reference), { [call.moved]: 10_000n });
    },
  );
}

function creationMayBeTriedElsewhere({ fault, in_words }: Expectation): ConformancePromise {
  return promise(
    `${in_words} on making a payment lets another provider be tried, since no money can move`,
    async (context) => {
      const store = context.shop(fault === "black_hole" ? IMPATIENT : {});
      await context.service.fault({ operation: "create", fault, ...(fault !== "refuse" && { times: 1 }) });
      await rejectsAs(store.open(), ["unavailable", "misconfigured"], `making a payment with ${fault}`);
      await context.service.clearFaults();
      assertMoved(await store.row(await store.pay()), { authorized_minor: 10_000n });
    },
  );
}

function attemptIsNeverPaid({ fault, kind, in_words }: Expectation): ConformancePromise {
  const end =
    kind === "unavailable"
      ? "ends the attempt so that another way can be tried"
      : "leaves the attempt unknown";
  return promise(
    `${in_words} on a shopper's confirm ${end}, and is never a success`,
    async ({ service, shop }) => {
      const store = shop(fault === "black_hole" ? { ...IMPATIENT, connect_timeout_ms: 3_000 } : {});
      const session = await store.open();
      await service.fault({ operation: "authorize", fault, ...(fault !== "refuse" && { times: 1 }) });
      if (kind === "unavailable") {
        await rejectsAs(store.confirm(session), ["unavailable"], `a confirm with ${fault}`);
        assert.equal((await store.attempt(session)).status, "released");
      } else {
        assert.equal((await store.confirm(session)).status, "unknown");
      }
      const { id } = await store.attempt(session);
      const [operation] = await store.journal.listOperations(id, ["authorize"]);
      assert.equal(
        operation?.status,
        kind === "unavailable" ? "failed" : "unknown",
        "what the journal says of the call",
      );
    },
  );
}
