import type { BrowserContext, Route } from "playwright-core";
import type { PaypalSimulator } from "../../../simulators/paypal";
import { makeStubParts, type StubConfig } from "./stub-parts";
import { installPayPalStub } from "./stub-script";
import { installApplePayStub, installGooglePayStub, makeStubWallets } from "./stub-wallets";

/** How PayPal's addresses behave for one visit. */
export type PayPalNetwork = Partial<StubConfig> &
  Readonly<{
    /** The script cannot be loaded: an ad blocker, a firewall. May be changed during the visit. */
    isBlocked?: () => boolean;
    /** PayPal's API cannot be reached from the browser. */
    apiFails?: () => boolean;
    /** PayPal does what it is asked at an address that ends so, and its answer does not reach the browser. */
    losesAnswersOf?: string;
  }>;

/** How often PayPal's script was asked for. */
export type AskedOfPayPal = { scripts: string[] };

const OFFERED = ["paypal", "paylater", "advanced_cards"];

/**
 * Plays PayPal's addresses in the browser: its script is the stub, its API and its pages are the simulator's. Call it after
 * what refuses other hosts: of several that match, the last one is asked.
 */
export async function playPayPal(
  context: BrowserContext,
  simulator: PaypalSimulator,
  network: PayPalNetwork = {},
): Promise<AskedOfPayPal> {
  const {
    isBlocked = () => false,
    apiFails = () => false,
    losesAnswersOf,
    offered = OFFERED,
    ...stubbed
  } = network;
  const asked: AskedOfPayPal = { scripts: [] };

  async function fromSimulator(route: Route): Promise<void> {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const body = request.postData();
    const { authorization, "content-type": type = "application/json" } = request.headers();
    const answer = await fetch(`${simulator.url}${pathname}${search}`, {
      method: request.method(),
      redirect: "manual",
      headers: { "content-type": type, ...(authorization !== undefined && { authorization }) },
      ...(body !== null && { body }),
    });
    if (losesAnswersOf !== undefined && pathname.endsWith(losesAnswersOf)) {
      return await route.abort("connectionreset");
    }
    // PayPal's window does not go back to the store: it tells the page that opened it, and closes.
    if (request.method() === "POST" && pathname === "/checkoutnow") {
      const decided = new URLSearchParams(body ?? "").get("decision") === "cancel" ? "cancel" : "approve";
      return await route.fulfill({ contentType: "text/html", body: decidedPage(decided) });
    }
    await route.fulfill({
      status: answer.status,
      headers: {
        "content-type": answer.headers.get("content-type") ?? "application/json",
        "access-control-allow-origin": "*",
      },
      body: await answer.text(),
    });
  }

  const script = (body: string) => ({ contentType: "text/javascript", body });
  const config: StubConfig = { offered, ...stubbed };
  const given = JSON.stringify(config);
  const parts = makeStubParts.toString();
  if (config.hasApplePay) {
    await context.addInitScript(`(${installApplePayStub.toString()})(${parts});`);
  }
  await context.route("https://www.sandbox.paypal.com/web-sdk/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Stub</title>" }),
  );
  await context.route("https://www.sandbox.paypal.com/web-sdk/v6/core**", (route) => {
    asked.scripts.push(route.request().url());
    if (isBlocked()) return route.abort("blockedbyclient");
    const wallets = makeStubWallets.toString();
    return route.fulfill(script(`(${installPayPalStub.toString()})(${given}, ${parts}, ${wallets});`));
  });
  await context.route("https://pay.google.com/gp/p/js/pay.js", (route) =>
    route.fulfill(script(`(${installGooglePayStub.toString()})(${given});`)),
  );
  await context.route("https://www.sandbox.paypal.com/checkoutnow**", fromSimulator);
  await context.route("https://api-m.sandbox.paypal.com/**", (route) =>
    apiFails() ? route.abort("connectionfailed") : fromSimulator(route),
  );
  return asked;
}

function decidedPage(decided: string): string {
  return `<!doctype html><html lang="en"><title>Done</title><p>Done</p>
<script>(opener ?? parent).postMessage("${decided}", "*")</script></html>`;
}
