import assert from "node:assert/strict";
import { isGatewayError } from "../../gateway";
import { assertMoved, assertUnpaid, rejection } from "./expect";
import { promise, type ConformanceContext, type ConformancePromise, type ConformanceTheme } from "./promise";

/** What a hostile shopper adds to what the browser sends, one field at a time. */
const FIELDS: Readonly<Record<string, unknown>> = {
  capture_method: "automatic",
  capture: "automatic",
  confirm: true,
  amount: 1,
  amount_minor: "1",
  currency: "JPY",
  currency_code: "jpy",
  status: "authorized",
  gateway_reference: "somebody_elses",
  reference: "somebody_elses",
  next_action: { type: "wait" },
  client: { html: "<script>" },
  metadata: { attempt_id: "somebody_elses" },
  customer_id: "somebody_elses",
  idempotency_key: "somebody_elses",
  return_url: "https://evil.example",
  constructor: "x",
  toString: "x",
};

/** Session and confirm data come from the shopper, and decide nothing about money. */
export const shopperData: ConformanceTheme = {
  title: "what a shopper sends",
  promises: [
    promise("extra fields of a new session are ignored and not kept", async (context) => {
      const store = context.shop();
      const session = await store.open({ data: hostile(context) });
      const attempt = await store.attempt(session);
      assert.deepEqual(attempt.amount, store.amount());
      assert.equal(attempt.status, "ready");
      assertUnpaid(await store.row(session));
      for (const [field, value] of Object.entries(hostile(context))) {
        assert.notDeepEqual(
          Object.hasOwn(session.data, field) && session.data[field],
          value,
          `"${field}" was kept`,
        );
      }
      await store.confirm(session);
      assertMoved(await store.row(await store.medusa.authorizePaymentSession(session.id)), {
        authorized_minor: 10_000n,
      });
    }),
    promise("extra fields of a confirm change neither amount nor capture", async (context) => {
      const { claims, samples, shop } = context;
      const store = shop({ capture: claims.capture[0] });
      const session = await store.open();
      const { id, gateway_reference } = await store.attempt(session);
      await samples.approve.before?.(String(gateway_reference));
      const data = { ...asObject(samples.approve.data), ...hostile(context) };
      const confirmed = store.provider.attempts.confirm(id, { data });
      await confirmed.catch((error: unknown) => {
        assert.ok(
          isGatewayError(error) && error.kind === "invalid_data",
          "they may be refused, and only as invalid data",
        );
      });
      const row = await store.row(session);
      assert.ok(
        row.authorized_minor === 0n || row.authorized_minor === 10_000n,
        `${row.authorized_minor} is reserved`,
      );
      assertMoved(row, { captured_minor: claims.capture[0] === "automatic" ? row.authorized_minor : 0n });
    }),
    ...["payatt_of_somebody_else", "../../payments", "", 7, null, { $ne: null }].map(ignoresAttemptId),
    promise("the attempt of another cart cannot be paid through a session of one's own", async (context) => {
      const store = context.shop();
      const paid = await store.pay();
      const { attempt_id } = paid.data;
      const session = await store.open({ data: { attempt_id } });
      assert.notEqual(session.data.attempt_id, attempt_id);
      await rejection(
        store.medusa.authorizePaymentSession(session.id),
        "a session that borrows a paid attempt",
      );
      assertUnpaid(await store.row(session));
    }),
    promise(
      "session data changed by hand does not turn an unpaid session into a paid one",
      async (context) => {
        const store = context.shop();
        const paid = await store.pay();
        const session = await store.open();
        session.data = { ...paid.data };
        await rejection(
          store.medusa.authorizePaymentSession(session.id),
          "a session that borrows a paid attempt",
        );
      },
    ),
    promise("data that is no object is refused or ignored, and charges nothing", async ({ shop }) => {
      for (const data of ["text", 7, true, [], null]) {
        const store = shop();
        const { reference } = await store.create();
        const input = { method: store.method, amount: store.amount(), data };
        const outcome = await store.gateway
          .confirmPayment(reference, input, store.call())
          .catch((error: unknown) => {
            assert.ok(
              isGatewayError(error) && error.kind === "invalid_data",
              `${JSON.stringify(data)} must be invalid data`,
            );
          });
        if (outcome?.type !== "approved") {
          assertUnpaid(await store.rowOf(reference));
        }
      }
    }),
  ],
};

function ignoresAttemptId(attempt_id: unknown): ConformancePromise {
  return promise(
    `an attempt_id of the shopper's making is ignored: ${JSON.stringify(attempt_id)}`,
    async ({ shop }) => {
      const store = shop();
      const session = await store.open({ data: { attempt_id } });
      assert.notDeepEqual(session.data.attempt_id, attempt_id);
      assert.equal((await store.attempt(session)).payment_session_id, session.id);
    },
  );
}

function hostile({ samples }: ConformanceContext): Record<string, unknown> {
  return { ...FIELDS, ...samples.hostile };
}

function asObject(data: unknown): object {
  return typeof data === "object" && data !== null ? data : {};
}
