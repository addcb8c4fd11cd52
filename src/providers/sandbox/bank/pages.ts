import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { code as iso4217 } from "currency-codes";
import { pathOf, readBody, urlOf, type Answer } from "./http";
import type { Ledger } from "./ledger";
import type { Decision, Operations } from "./operations";
import { LOCALES, TEXTS, type Locale } from "./page-texts";
import type { BankPayment } from "./records";
import { Refusal } from "./refusal";

type Deps = Readonly<{ ledger: Ledger; operations: Operations; now: () => number }>;

/** What each page offers, in this order. */
const CHOICES = {
  three_d_secure: ["approve", "fail", "close"],
  bank_page: ["approve", "fail", "cancel", "later"],
} as const satisfies Record<string, readonly Decision[]>;

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; place-items: center; min-block-size: 100vh; }
main { inline-size: min(26rem, 100% - 2rem); }
h1 { font-size: 1.4rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; }
dd { margin: 0; font-weight: 600; }
button { display: block; inline-size: 100%; margin-block: .5rem; padding: .75rem; font: inherit; border-radius: .5rem;
  border: 1px solid currentColor; background: transparent; color: inherit; cursor: pointer; }
button:first-child { background: #14532d; border-color: #14532d; color: #fff; }
button:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/**
 * The pages a shopper is sent to: `GET` shows one, `POST` with `decision` decides. The address is a secret
 * in itself (a random id), so that no other page can decide for the shopper.
 */
export async function shopperPage(deps: Deps, request: IncomingMessage): Promise<Answer> {
  const [, id = ""] = pathOf(request);
  const payment = deps.ledger.paymentOfChallenge(id);
  const locale = localeOf(request, payment);
  if (!payment) {
    return message(404, locale, TEXTS[locale].unknown_title, TEXTS[locale].unknown);
  }
  const open = payment.status === "action_required" && payment.challenge?.id === id;
  if (request.method === "GET" || request.method === "HEAD") {
    return open ? form(payment, locale) : goBack(payment, locale);
  }
  if (request.method !== "POST") {
    throw new Refusal(405, "method_not_allowed", "A page is read with GET and decided with POST.");
  }
  const decision = decisionIn(await readBody(request), payment);
  if (open) {
    deps.ledger.commit(deps.operations.decide(payment, decision).changes, deps.now());
  }
  // Deciding twice (a double click, the browser's back button) goes back to the shop and changes nothing.
  return goBack(payment, locale);
}

function decisionIn(body: Buffer, payment: BankPayment): Decision {
  const wanted = new URLSearchParams(body.toString("utf8")).get("decision");
  const decision = CHOICES[payment.challenge?.reason ?? "three_d_secure"].find((choice) => choice === wanted);
  if (!decision) {
    throw new Refusal(400, "invalid_request", '"decision" is missing or not offered on this page.');
  }
  return decision;
}

function goBack(payment: BankPayment, locale: Locale): Answer {
  const location = payment.challenge?.return_url;
  return location === undefined
    ? message(200, locale, TEXTS[locale].over_title, TEXTS[locale].over)
    : { status: 303, headers: { ...securityHeaders(), location } };
}

function form(payment: BankPayment, locale: Locale): Answer {
  const texts = TEXTS[locale];
  const reason = payment.challenge?.reason ?? "three_d_secure";
  const last4 = payment.instrument?.last4;
  const buttons = CHOICES[reason]
    .map((choice) => `<button name="decision" value="${choice}">${escape(texts.decisions[choice])}</button>`)
    .join("\n");
  const details = [
    `<dt>${escape(texts.amount)}</dt><dd><bdi>${escape(amountText(payment))}</bdi></dd>`,
    ...(last4 ? [`<dt>${escape(texts.card)}</dt><dd><bdi>${escape(last4)}</bdi></dd>`] : []),
  ].join("\n");
  const body = `<p>${escape(texts.explanation)}</p>\n<dl>\n${details}\n</dl>\n<form method="post">\n${buttons}\n</form>`;
  return page(200, locale, texts[reason], body, payment.challenge?.return_url);
}

function message(status: number, locale: Locale, title: string, text: string): Answer {
  return page(status, locale, title, `<p>${escape(text)}</p>`);
}

function page(status: number, locale: Locale, title: string, body: string, return_url?: string): Answer {
  return {
    status,
    headers: securityHeaders(return_url),
    html: `<!doctype html>
<html lang="${locale}" dir="${TEXTS[locale].direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`,
  };
}

/** `form-action` names the shop too: browsers hold the redirect that follows the form to it. */
function securityHeaders(return_url?: string): Record<string, string> {
  const shop = return_url === undefined ? "" : ` ${new URL(return_url).origin}`;
  return {
    "content-security-policy":
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'${shop}; ` +
      "frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

/** The page's address first, then what the shop said of its shopper, then the browser. */
function localeOf(request: IncomingMessage, payment: BankPayment | undefined): Locale {
  const wanted =
    urlOf(request).searchParams.get("locale") ??
    payment?.challenge?.locale ??
    request.headers["accept-language"] ??
    "";
  return LOCALES.find((locale) => wanted.toLowerCase().startsWith(locale)) ?? "en";
}

/** The amount with the currency's own number of digits, e.g. `12.500 KWD`. */
function amountText({ amount_minor, currency }: BankPayment): string {
  const digits = iso4217(currency)?.digits ?? 0;
  const text = amount_minor.toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return `${whole}${digits > 0 ? `.${text.slice(-digits)}` : ""} ${currency}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
