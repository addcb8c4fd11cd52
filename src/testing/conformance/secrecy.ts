import assert from "node:assert/strict";
import { MedusaError } from "@medusajs/framework/utils";
import type { GatewayPaymentProvider } from "../../gateway";
import { PROVIDER_OPTION } from "../../gateway/provider-option";
import type { SessionRow } from "../medusa-payments";
import { textOfError } from "./expect";
import { someDecline } from "./declines";
import { promise, promiseIf, type ConformanceContext, type ConformanceTheme } from "./promise";
import type { Shop } from "./shop";

/** The only fields a session's data may have: it is public to the shopper. */
const SESSION_FIELDS = ["attempt_id", "client", "gateway_reference", "method", "next_action", "session_id"];

/** Keys, webhook secrets and card data stay where they belong. */
export const secrecy: ConformanceTheme = {
  title: "secrecy",
  promises: [
    promise("no secret or card number in session, payment, journal or log of a payment", async (context) => {
      const store = context.shop();
      const session = await store.open();
      await store.confirm(session);
      const payment = await store.medusa.authorizePaymentSession(session.id);
      await store.medusa.capturePayment(payment.id);
      await store.medusa.refundPayment(payment.id);
      assertNoSecrets(context, everywhere(store, session, JSON.stringify(payment.data)));
    }),
    promise("no secret or card number in what a refusal leaves behind", async (context) => {
      const store = context.shop();
      const session = await store.open();
      await store.confirm(session, someDecline(context.samples));
      const error = await store.medusa.authorizePaymentSession(session.id).catch((caught: unknown) => caught);
      assertNoSecrets(context, everywhere(store, session, textOfError(error)));
    }),
    promise("no secret or card number in the errors of a service that fails", async (context) => {
      for (const fault of [
        "refuse",
        "http_500",
        "http_429",
        "reset_after",
        "malformed",
        "mistyped",
      ] as const) {
        const store = context.shop();
        const { reference } = await store.create();
        await context.samples.approve.before?.(reference);
        await context.service.fault({ operation: "authorize", fault });
        const input = { method: store.method, amount: store.amount(), data: context.samples.approve.data };
        const error = await store.gateway
          .confirmPayment(reference, input, store.call())
          .catch((caught: unknown) => caught);
        await context.service.clearFaults();
        assertNoSecrets(context, [`${fault}: ${textOfError(error)}`, store.medusa.log.join("\n")]);
      }
    }),
    promise("no secret in the error about a forged webhook", async (context) => {
      const store = context.shop();
      const { reference } = await store.create();
      const request = await context.service.signedWebhook({
        event_id: "evt_forged",
        reference,
        about: "captured",
        wrong_secret: true,
      });
      const error = await store.medusa.receiveWebhook(request).catch((caught: unknown) => caught);
      assertNoSecrets(context, [textOfError(error), store.medusa.log.join("\n")]);
    }),
    promise("no secret in what the browser may know", async (context) => {
      const store = context.shop();
      const configs = store.gateway.capabilities.methods.map(({ id }) => store.gateway.clientConfig(id));
      assertNoSecrets(context, [
        JSON.stringify(configs),
        JSON.stringify(store.gateway.capabilities, bigintsAsText),
      ]);
    }),
    promise("says what its set-up lacks by the names of options alone", async (context) => {
      const { set_up } = context.shop().gateway;
      for (const name of set_up?.missing ?? []) {
        assert.match(name, /^[a-zA-Z][a-zA-Z0-9_.]{0,59}$/, "must be the name of an option");
      }
      assertNoSecrets(context, [JSON.stringify(set_up ?? {})]);
    }),
    promiseIf(
      ({ samples }) => samples.options_at !== undefined,
      "no key travels over plain http: such an address of the service is refused, unless it is this machine",
      async ({ samples, shop }) => {
        const { constructor } = shop().provider;
        const accepts = (address: string) =>
          (constructor as typeof GatewayPaymentProvider).validateOptions({
            [PROVIDER_OPTION]: "conformance",
            ...samples.options_at?.(address),
          });
        for (const address of ["https://pay.example", "http://127.0.0.1:9100", "http://localhost:9100"]) {
          assert.doesNotThrow(() => accepts(address), `${address} must be accepted`);
        }
        for (const address of [
          "http://pay.example",
          "http://10.0.0.1:9100",
          "http://localhost.pay.example",
          "http://localhost@pay.example",
          "ftp://127.0.0.1",
        ]) {
          assert.throws(() => accepts(address), MedusaError, `${address} must be refused`);
        }
      },
    ),
    promise("a wrongly filled form is told by field, not by value", async (context) => {
      const store = context.shop();
      const session = await store.open();
      const { id } = await store.attempt(session);
      for (const data of ["not an object", 7, [], { card: "4242424242424242" }, { card: { number: {} } }]) {
        const error = await store.provider.attempts.confirm(id, { data }).catch((caught: unknown) => caught);
        assert.ok(!textOfError(error).includes("4242424242424242"), "the error repeats what was typed");
      }
      assert.ok(!store.journal.dump().includes("4242424242424242"), "the journal repeats what was typed");
    }),
    promise("session data holds references and what the browser needs, nothing else", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      const payment = await (async () => {
        await store.confirm(session);
        return store.medusa.authorizePaymentSession(session.id);
      })();
      const of_client = store.gateway.top_level_client ?? [];
      for (const data of [session.data, payment.data]) {
        assert.deepEqual(
          Object.keys(data).filter((field) => !SESSION_FIELDS.includes(field) && !of_client.includes(field)),
          [],
        );
        for (const field of of_client) {
          assert.equal(
            data[field],
            (data.client as Record<string, unknown>)[field],
            `${field} is the client's`,
          );
        }
      }
    }),
  ],
};

function everywhere(store: Shop, session: SessionRow, ...more: string[]): string[] {
  return [JSON.stringify(session.data), store.journal.dump(), store.medusa.log.join("\n"), ...more];
}

function assertNoSecrets({ samples }: ConformanceContext, texts: readonly string[]): void {
  samples.secrets.forEach((secret, index) => {
    const leak = texts.find((text) => text.includes(secret));
    // The message must not repeat the secret it complains of.
    assert.equal(
      leak?.replaceAll(secret, "<the secret>"),
      undefined,
      `secret number ${index + 1} of the samples leaked`,
    );
  });
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
