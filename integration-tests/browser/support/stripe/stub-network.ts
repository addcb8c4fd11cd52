import type { BrowserContext, Route } from "playwright-core";
import type { StripeSimulator } from "../../../simulators/stripe";
import { makeStubElements, type StubConfig } from "./stub-elements";
import { installStripeStub } from "./stub-script";

/** How Stripe's addresses behave for one visit. */
export type StripeNetwork = Partial<StubConfig> &
  Readonly<{
    /** The script cannot be loaded: an ad blocker, a firewall. May be changed during the visit. */
    isBlocked?: () => boolean;
    /** Stripe's API cannot be reached from the browser. */
    apiFails?: () => boolean;
  }>;

/** What was asked of other hosts than the store. */
export type Asked = { scripts: string[]; others: string[] };

const DECIDED = `<!doctype html><html lang="en"><title>Done</title><p>Done</p>
<script>parent.postMessage("decided", "*")</script></html>`;

/**
 * Plays Stripe's addresses in the browser: its script is the stub, its API and its pages are the simulator's. Every other
 * host is refused and told of.
 */
export async function playStripe(
  context: BrowserContext,
  simulator: StripeSimulator,
  { isBlocked = () => false, apiFails = () => false, wallets = [], loadFails = false }: StripeNetwork = {},
): Promise<Asked> {
  const asked: Asked = { scripts: [], others: [] };

  async function fromSimulator(route: Route): Promise<void> {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const body = request.postData();
    const answer = await fetch(`${simulator.url}${pathname}${search}`, {
      method: request.method(),
      redirect: "manual",
      headers: { "content-type": request.headers()["content-type"] ?? "application/x-www-form-urlencoded" },
      ...(body !== null && { body }),
    });
    // The bank's page sends the browser back; within a frame it tells the page around it instead.
    const hasDecided = answer.status === 303 || (request.method() === "POST" && pathname.startsWith("/sim"));
    if (hasDecided) return await route.fulfill({ contentType: "text/html", body: DECIDED });
    await route.fulfill({
      status: answer.status,
      headers: {
        "content-type": answer.headers.get("content-type") ?? "application/json",
        "access-control-allow-origin": "*",
      },
      body: await answer.text(),
    });
  }

  // Of several that match, the last one is asked.
  await context.route(/^https:\/\//, (route) => {
    asked.others.push(route.request().url());
    return route.abort();
  });
  await context.route("https://q.stripe.com/**", (route) => route.fulfill({ status: 204 }));
  await context.route("https://js.stripe.com/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Stub</title>" }),
  );
  await context.route("https://js.stripe.com/*/stripe.js**", (route) => {
    asked.scripts.push(route.request().url());
    if (isBlocked()) return route.abort("blockedbyclient");
    return route.fulfill({
      contentType: "text/javascript",
      body: `(${installStripeStub.toString()})(${JSON.stringify({ wallets, loadFails })}, ${makeStubElements.toString()});`,
    });
  });
  await context.route("https://api.stripe.com/**", (route) =>
    apiFails() ? route.abort("connectionfailed") : fromSimulator(route),
  );
  await context.route("https://hooks.stripe.com/**", fromSimulator);
  return asked;
}
