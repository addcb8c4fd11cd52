/*
 * A stand-in for PayPal's own script, https://www.sandbox.paypal.com/web-sdk/v6/core, which tests cannot reach. It plays
 * the part of version 6 that Tender's form uses and nothing else: plain labelled fields in place of card fields, buttons
 * that open the simulator's page in a window; the device's wallets are in stub-wallets.ts. It says in its buttons that it is
 * a stub. It runs in the browser as text, so it may use nothing from outside its function.
 */

import type { CardFieldOptions, StubConfig, StubParts } from "./stub-parts";
import type { makeStubWallets } from "./stub-wallets";

type Json = Record<string, unknown>;
type Callbacks = Readonly<{
  onApprove: (data: Json) => Promise<void>;
  onCancel?: (data: Json) => void;
  onError?: (error: Error) => void;
}>;
type SubmitOptions = Readonly<{ billingAddress?: Readonly<Record<string, string>> }>;
type InstanceOptions = Readonly<{ clientId: string; components: readonly string[]; locale?: string }>;

/** Puts `window.paypal` into the page. */
export function installPayPalStub(
  config: StubConfig,
  makeParts: () => StubParts,
  makeWallets: typeof makeStubWallets,
): void {
  const API = "https://api-m.sandbox.paypal.com";
  const PAGE = "https://www.sandbox.paypal.com/checkoutnow";
  const { CardFields, defineButton, inFrame, decision, node } = makeParts();
  const askBank = (orderId: string) => inFrame(`${PAGE}?token=${orderId}`, "3-D Secure (stub)");
  const instances: InstanceOptions[] = [];
  const locales: string[] = [];

  function createInstance(options: InstanceOptions) {
    instances.push(options);
    const token = authorized(options.clientId);

    async function call(method: "GET" | "POST", path: string, body?: Json): Promise<Json> {
      const answer = await fetch(`${API}${path}`, {
        method,
        headers: { authorization: `Bearer ${await token}`, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      const json = (await answer.json()) as Json;
      if (!answer.ok) throw new Error(`PayPal answered ${answer.status}.`);
      return json;
    }

    const confirm = (orderId: string, payment_source: Json): Promise<Json> =>
      call("POST", `/v2/checkout/orders/${orderId}/confirm-payment-source`, { payment_source });

    function windowSession(callbacks: Callbacks) {
      return {
        start: async (_: unknown, order: Promise<{ orderId: string }>) => {
          if (config.windowFails) {
            await order;
            callbacks.onError?.(new Error("The window broke off."));
            throw new Error("The window broke off.");
          }
          const opened = window.open("about:blank", "paypal", "width=480,height=640");
          if (!opened) throw new Error("The window was blocked.");
          try {
            const { orderId } = await order;
            opened.location.href = `${PAGE}?token=${orderId}`;
            const decided = await decision(() => !opened.closed);
            if (decided === "approve") await callbacks.onApprove({ orderId });
            else callbacks.onCancel?.({ orderId });
          } finally {
            opened.close();
          }
        },
        destroy: () => undefined,
        cancel: () => undefined,
      };
    }

    function cardSession() {
      const fields = new CardFields();
      return {
        on: fields.on.bind(fields),
        createCardFieldsComponent: (given: CardFieldOptions) => fields.create(given),
        submit: async (orderId: string, { billingAddress }: SubmitOptions = {}) => {
          const expiry = fields.typed("expiry");
          const name = fields.typed("name");
          const card = {
            number: fields.typed("number"),
            expiry: `20${expiry.slice(2)}-${expiry.slice(0, 2)}`,
            security_code: fields.typed("cvv"),
            ...(name !== "" && { name }),
            ...(billingAddress && { billing_address: addressOf(billingAddress) }),
          };
          const order = await confirm(orderId, { card }).catch(() => null);
          if (!order) return { state: "failed", data: { orderId } };
          if (order["status"] !== "PAYER_ACTION_REQUIRED") return { state: "succeeded", data: { orderId } };
          const decided = await askBank(orderId);
          return { state: decided === "cancel" ? "canceled" : "succeeded", data: { orderId } };
        },
        update: () => undefined,
        destroy: () => undefined,
      };
    }

    const wallets = makeWallets(config, {
      confirm,
      read: (orderId) => call("GET", `/v2/checkout/orders/${orderId}`),
      askBank,
    });

    return Promise.resolve({
      findEligibleMethods: async () => {
        await token;
        return {
          isEligible: (funding: string) => config.offered.includes(funding),
          getDetails: (funding: string) =>
            funding === "paylater"
              ? { countryCode: "DE", productCode: "PAYLATER" }
              : { config: wallets.details[funding as keyof typeof wallets.details] },
        };
      },
      updateLocale: (locale: string) => locales.push(locale),
      createPayPalOneTimePaymentSession: windowSession,
      createPayLaterOneTimePaymentSession: windowSession,
      createVenmoOneTimePaymentSession: windowSession,
      createCardFieldsOneTimePaymentSession: cardSession,
      createApplePayOneTimePaymentSession: wallets.applePaySession,
      createGooglePayOneTimePaymentSession: wallets.googlePaySession,
    });
  }

  function addressOf(given: Readonly<Record<string, string>>): Json {
    const inApi = (name: string): string =>
      name.replace(
        /([a-z])([A-Z]|\d)/g,
        (_, before: string, after: string) => `${before}_${after.toLowerCase()}`,
      );
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [inApi(name), value]));
  }

  /** As PayPal's script does: the client id alone gives a token for what a browser may. */
  async function authorized(clientId: string): Promise<string> {
    const answer = await fetch(`${API}/v1/oauth2/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${clientId}:`)}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    });
    return String(((await answer.json()) as Json)["access_token"]);
  }

  defineButton("paypal-button", "PayPal (stub)", ["#ffc439", "#14171f"]);
  defineButton("paypal-pay-later-button", "PayPal Pay Later (stub)", ["#ffc439", "#14171f"]);
  defineButton("venmo-button", "Venmo (stub)", ["#0a63a8", "#ffffff"]);
  // What the real script brings into a page: a frame of its own.
  const frame = node("iframe", { display: "none" });
  frame.title = "Stub of PayPal’s frame";
  frame.src = "https://www.sandbox.paypal.com/web-sdk/v6/bridge";
  document.body.append(frame);

  Object.assign(window, {
    paypal: { version: "6.0.0", createInstance },
    paypalStub: { instances, locales, config },
  });
}
