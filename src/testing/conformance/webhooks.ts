import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { WebhookRequest } from "../../gateway";
import type { WebhookDraft } from "../harness";
import type { SessionRow } from "../medusa-payments";
import { assertMoved, assertUnpaid, rejectsAs } from "./expect";
import {
  capturesManually,
  promise,
  promiseIf,
  type ConformanceContext,
  type ConformancePromise,
  type ConformanceTheme,
} from "./promise";
import type { Shop } from "./shop";

const HOUR_MS = 60 * 60 * 1000;
const TOO_LARGE_BYTES = 4 * 1024 * 1024;

type Signed = (draft: Partial<WebhookDraft>) => Promise<WebhookRequest>;

/** Requests that must be answered with 400, whatever they say. */
const FORGERIES: readonly { about: string; time?: true; make(signed: Signed): Promise<WebhookRequest> }[] = [
  { about: "signed with a wrong secret", make: (signed) => signed({ wrong_secret: true }) },
  {
    about: "without a signature",
    make: async (signed) => ({ ...(await signed({})), headers: { "content-type": "application/json" } }),
  },
  {
    about: "with a garbled signature",
    make: async (signed) => {
      const { raw_body, headers } = await signed({});
      return { raw_body, headers: Object.fromEntries(Object.keys(headers).map((name) => [name, "garbled"])) };
    },
  },
  {
    about: "whose body was changed after signing",
    make: async (signed) => {
      const { raw_body, headers } = await signed({});
      return { raw_body: Buffer.concat([raw_body, Buffer.from(" ")]), headers };
    },
  },
  {
    about: "signed an hour ago",
    time: true,
    make: (signed) => signed({ signed_at: new Date(Date.now() - HOUR_MS) }),
  },
  {
    about: "signed in an hour",
    time: true,
    make: (signed) => signed({ signed_at: new Date(Date.now() + HOUR_MS) }),
  },
  { about: "with a body that is not JSON", make: (signed) => signed({ raw_body: Buffer.from('{"id": ') }) },
  { about: "with an empty body", make: (signed) => signed({ raw_body: Buffer.alloc(0) }) },
  {
    about: "with a body of the wrong types",
    make: (signed) => signed({ raw_body: Buffer.from('{"id":[1],"type":{}}') }),
  },
  { about: "that is too large", make: (signed) => signed({ raw_body: Buffer.alloc(TOO_LARGE_BYTES, "x") }) },
];

/** A webhook is a hint to look, never the news itself. */
export const webhooks: ConformanceTheme = {
  title: "webhooks",
  promises: [
    ...FORGERIES.map(isRefused),
    promise("reads the event's id and payment from a genuine webhook", async (context) => {
      const { store, session, signed } = await opened(context);
      const event_id = `evt_${randomUUID()}`;
      const events = await store.gateway.verifyWebhook(await signed({ event_id }));
      const { gateway_reference } = await store.attempt(session);
      assert.deepEqual(
        events.map((event) => ({ event_id: event.event_id, reference: event.reference })),
        [{ event_id, reference: gateway_reference }],
      );
    }),
    promise("a webhook that claims money which never moved changes nothing", async (context) => {
      const { store, session, signed } = await opened(context);
      for (const about of ["authorized", "captured"] as const) {
        const { action } = await store.medusa.receiveWebhook(await signed({ about, claimed_minor: 10_000n }));
        assert.equal(action, "not_supported");
      }
      assert.equal((await store.attempt(session)).status, "ready");
      assertUnpaid(await store.row(session));
    }),
    promise("a webhook that claims another amount is answered with the real one", async (context) => {
      const { store, session, signed } = await opened(context);
      const { status } = await store.confirm(session);
      const result = await store.medusa.receiveWebhook(
        await signed({ about: "authorized", claimed_minor: 1n }),
      );
      assert.equal(result.action, status === "captured" ? "captured" : "authorized");
      assert.equal(Number(result.data?.amount), 100);
      assert.equal(result.data?.session_id, session.id);
    }),
    promise("a webhook that claims a refusal of what is paid changes nothing", async (context) => {
      const { store, session, signed } = await opened(context);
      const before = await store.confirm(session);
      await store.medusa.receiveWebhook(await signed({ about: "declined" }));
      assert.equal((await store.attempt(session)).status, before.status);
    }),
    promise("the same webhook again is harmless (medusajs/medusa#13301)", async (context) => {
      const { store, session, signed } = await opened(context);
      await store.confirm(session);
      const request = await signed({ about: "authorized" });
      const first = await store.medusa.receiveWebhook(request);
      const [second, third] = await Promise.all([
        store.medusa.receiveWebhook(request),
        store.medusa.receiveWebhook(request),
      ]);
      assert.deepEqual([second, third], [first, first]);
      assertMoved(await store.row(session), { authorized_minor: 10_000n });
    }),
    promise(
      "webhook and completion at the same moment are one authorization (medusajs/medusa#12790)",
      async (context) => {
        const { store, session, signed } = await opened(context);
        await store.confirm(session);
        const request = await signed({ about: "authorized" });
        await Promise.all([
          store.medusa.receiveWebhook(request),
          store.medusa.authorizePaymentSession(session.id),
        ]);
        assertMoved(await store.row(session), { authorized_minor: 10_000n });
      },
    ),
    promise("a webhook finds an authorization whose answer was lost", async (context) => {
      const { store, session, signed } = await opened(context);
      await context.service.fault({ operation: "authorize", fault: "reset_after", times: 1 });
      assert.equal((await store.confirm(session)).status, "unknown");
      const { action } = await store.medusa.receiveWebhook(await signed({ about: "authorized" }));
      assert.ok(action === "authorized" || action === "captured", `the action is ${action}`);
    }),
    promise("a webhook about a payment of another shop is left alone", async (context) => {
      const { signed } = await opened(context);
      const stranger = context.shop();
      const { action } = await stranger.medusa.receiveWebhook(await signed({ about: "captured" }));
      assert.equal(action, "not_supported");
    }),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.partial_capture,
      "a part captured in the dashboard is not reported as the whole",
      async (context) => {
        const { store, session, signed } = await opened(context);
        await store.confirm(session);
        const { reference } = await store.row(session);
        await context.service.actInDashboard?.(reference, "capture", 100n);
        const { action } = await store.medusa.receiveWebhook(
          await signed({ about: "captured", claimed_minor: 10_000n }),
        );
        assert.notEqual(action, "captured");
      },
    ),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.partial_capture && facts.claims.void,
      "a part captured and the rest released in the dashboard is reported as that part",
      async (context) => {
        const { store, session, signed } = await opened(context);
        await store.confirm(session);
        const { reference } = await store.row(session);
        await context.service.actInDashboard?.(reference, "capture", 100n);
        await context.service.actInDashboard?.(reference, "cancel");
        const { action, data } = await store.medusa.receiveWebhook(await signed({ about: "captured" }));
        assert.ok(
          action !== "captured" || Number(data?.amount) === 1,
          `${action} of ${String(data?.amount)}`,
        );
      },
    ),
    promiseIf(
      capturesManually,
      "a capture made in the dashboard is put on record by Medusa's own, not made again (medusajs/medusa#12674)",
      async ({ service, shop }) => {
        const store = shop();
        const payment = await store.pay();
        const { reference } = await store.row(payment);
        if (!service.actInDashboard) {
          return;
        }
        await service.actInDashboard(reference, "capture");
        await store.medusa.capturePayment(payment.id);
        assertMoved(await store.row(payment), { captured_minor: 10_000n });
        assert.equal(store.medusa.recorded("captures", payment), 10_000n);
      },
    ),
    promise(
      "a refund made in the dashboard is put on record by Medusa's own (medusajs/medusa#14746)",
      async (context) => {
        const { claims, service, shop } = context;
        const store = shop({ capture: claims.capture[0] });
        const payment = await store.pay();
        await store.medusa.capturePayment(payment.id);
        if (!service.actInDashboard) {
          return;
        }
        await service.actInDashboard((await store.row(payment)).reference, "refund");
        await store.medusa.refundPayment(payment.id);
        assertMoved(await store.row(payment), { refunded_minor: 10_000n });
        assert.equal(store.medusa.recorded("refunds", payment), 10_000n);
      },
    ),
  ],
};

function isRefused({ about, time, make }: (typeof FORGERIES)[number]): ConformancePromise {
  return promiseIf(
    ({ samples }) => !time || samples.webhooks_have_time !== false,
    `a webhook ${about} is refused as invalid, never taken for a failed payment`,
    async (context) => {
      const { store, session, signed } = await opened(context);
      await store.confirm(session);
      const request = await make(signed);
      await rejectsAs(store.gateway.verifyWebhook(request), ["invalid_webhook"], `a webhook ${about}`);
      const { status } = await store.attempt(session);
      await rejectsAs(store.medusa.receiveWebhook(request), ["invalid_webhook"], `a webhook ${about}`);
      assert.equal((await store.attempt(session)).status, status);
    },
  );
}

async function opened({
  service,
  shop,
}: ConformanceContext): Promise<{ store: Shop; session: SessionRow; signed: Signed }> {
  const store = shop();
  const session = await store.open();
  const { gateway_reference } = await store.attempt(session);
  const signed: Signed = async (draft) =>
    service.signedWebhook({
      event_id: `evt_${randomUUID()}`,
      reference: String(gateway_reference),
      about: "authorized",
      ...draft,
    });
  return { store, session, signed };
}
