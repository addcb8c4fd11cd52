/*
 * A stand-in for Stripe's own script, https://js.stripe.com/<release>/stripe.js, which tests cannot reach. It plays the
 * part that Tender's form uses and nothing else: plain labelled fields in place of the Payment Element, a button in place
 * of the Express Checkout Element, confirmation tokens of the Stripe simulator, and 3-D Secure in a frame. It says on the
 * page that it is a stub. It runs in the browser as text, so it may use nothing from outside its function.
 */

import type { Answer, GroupOptions, StubConfig, StubElements, StubGroup } from "./stub-elements";

/** Puts `window.Stripe` into the page. */
export function installStripeStub(
  config: StubConfig,
  makeElements: (config: StubConfig) => StubElements,
): void {
  const API = "https://api.stripe.com/v1";
  const { Group, node, made, textsIn } = makeElements(config);

  /** As Stripe.js does: the key among the parameters, so that no preflight is needed. */
  async function call(
    key: string,
    method: "GET" | "POST",
    path: string,
    params: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new URLSearchParams({ key, ...params });
    const answer = await (method === "GET"
      ? fetch(`${API}${path}?${body.toString()}`)
      : fetch(`${API}${path}`, { method, body }));
    return (await answer.json()) as Answer;
  }

  function createStripe(key: string, settings: Readonly<{ locale?: string }> = {}) {
    const texts = textsIn(settings.locale ?? "en");

    async function methodOf(group: StubGroup): Promise<Answer> {
      if (group.elements.has("expressCheckout")) return { id: "pm_card_visa__google_pay" };
      const inputs = group.elements.get("payment")?.inputs ?? [];
      const [number = "", expiry = "", cvc = ""] = inputs.map(({ value }) => value.replace(/\D/g, ""));
      return call(key, "POST", "/payment_methods", {
        type: "card",
        "card[number]": number,
        "card[exp_month]": expiry.slice(0, 2),
        "card[exp_year]": `20${expiry.slice(2)}`,
        "card[cvc]": cvc,
      });
    }

    async function createConfirmationToken({ elements }: { elements: StubGroup }): Promise<Answer> {
      if (!elements.submitted) throw new Error("elements.submit() must be called first.");
      elements.submitted = false;
      const method = await methodOf(elements);
      if (method["error"]) return { error: method["error"] };
      const { setupFutureUsage: usage } = elements.options;
      const token = await call(key, "POST", "/confirmation_tokens", {
        payment_method: String(method["id"]),
        ...(usage && { setup_future_usage: usage }),
      });
      return token["error"] ? { error: token["error"] } : { confirmationToken: token };
    }

    async function handleNextAction({ clientSecret }: { clientSecret: string }): Promise<Answer> {
      const id = clientSecret.split("_secret_")[0] ?? "";
      const read = (): Promise<Answer> =>
        call(key, "GET", `/payment_intents/${id}`, { client_secret: clientSecret });
      const before = await read();
      if (before["status"] !== "requires_action")
        throw new Error(`The intent is ${String(before["status"])}.`);
      await challenge(id);
      const paymentIntent = await read();
      const failed = paymentIntent["last_payment_error"];
      return failed ? { error: failed } : { paymentIntent };
    }

    /** The bank's own page in a frame over the page; through when it says so. */
    function challenge(id: string): Promise<void> {
      const frame = node("iframe", {
        width: "100%",
        height: "220px",
        border: "0",
        background: "#ffffff",
      }) as HTMLIFrameElement;
      frame.title = texts["dialog"] ?? "";
      frame.src = `https://hooks.stripe.com/simulator/authenticate/${id}`;
      const dialog = node("dialog", { width: "min(420px, 90vw)", border: "0", borderRadius: "10px" });
      dialog.append(frame);
      document.body.append(dialog);
      (dialog as HTMLDialogElement).showModal();
      return new Promise((resolve) => {
        const listen = ({ origin, data }: MessageEvent): void => {
          if (origin !== "https://hooks.stripe.com" || data !== "decided") return;
          window.removeEventListener("message", listen);
          dialog.remove();
          resolve();
        };
        window.addEventListener("message", listen);
      });
    }

    const unused = (): never => {
      throw new Error("The stub of Stripe.js does not play this.");
    };
    return {
      elements: (options: GroupOptions) => new Group(options),
      createConfirmationToken,
      handleNextAction,
      createToken: unused,
      createPaymentMethod: unused,
      confirmCardPayment: unused,
      registerAppInfo: () => undefined,
      _registerWrapper: () => undefined,
    };
  }

  // What the real script brings into a page beside its fields: a frame of its own, and a look at a picture.
  const controller = node("iframe", { display: "none" }) as HTMLIFrameElement;
  controller.title = "Stub of Stripe’s controller";
  controller.src = "https://js.stripe.com/endive/controller.html";
  document.body.append(controller);
  new Image().src = "https://q.stripe.com/?event=stub";

  Object.assign(window, {
    Stripe: Object.assign(createStripe, { version: "endive" }),
    stripeStub: { made },
  });
}
