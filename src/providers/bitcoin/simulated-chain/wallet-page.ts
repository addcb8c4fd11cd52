import type { Transaction } from "bitcoinjs-lib";
import { createHash, randomUUID } from "node:crypto";
import { coinsText } from "../coin-amount";
import { CHAIN } from "./bytes";
import type { ChainState } from "./chain-state";
import { payOrder, readOrder, type Order } from "./demo-wallet";
import type { Answer, Asked, Route } from "./http";
import { LOCALES, TEXTS, type Locale } from "./page-texts";
import { STYLE } from "./page-style";
import { Refusal } from "./refusal";

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");
/** A form is good for one payment; those of the oldest pages are forgotten. */
const FORMS_REMEMBERED = 1_000;
const ADDRESS_GROUP = /.{1,4}/g;

type Deps = Readonly<{ state: ChainState; take(transaction: Transaction): string }>;

/**
 * The demo wallet's pages: `/wallet?address=…&amount=…` shows what is to be paid with one button, which pays once however
 * often it is pressed. `locale` may be given; the browser's is taken otherwise.
 */
export function walletRoutes({ state, take }: Deps): readonly Route[] {
  /** What each form has paid; undefined while it has not. */
  const forms = new Map<string, string | undefined>();
  return [
    [
      /^GET \/wallet$/,
      (_, asked) =>
        explained(asked, () => {
          const order = orderIn(asked.query);
          const form = randomUUID();
          forms.set(form, undefined);
          forget(forms);
          return formPage(asked, order, form);
        }),
    ],
    [
      /^POST \/wallet$/,
      async (_, asked) => {
        const form = new URLSearchParams(await asked.body()).get("form") ?? "";
        return explained(asked, () => {
          if (!forms.has(form)) {
            throw new Refusal(400, "The form is unknown.");
          }
          const txid = forms.get(form) ?? take(payOrder(state, orderIn(asked.query)));
          forms.set(form, txid);
          const location = `/wallet/paid/${txid}?locale=${localeOf(asked)}`;
          return page(asked, 303, TEXTS[localeOf(asked)].paid_title, "", { location });
        });
      },
    ],
    [/^GET \/wallet\/paid\/([0-9a-f]{64})$/, ([txid = ""], asked) => paidPage(asked, txid)],
  ];
}

function orderIn(query: URLSearchParams): Order {
  return readOrder(query.get("address") ?? "", query.get("amount") ?? "");
}

/** The page, or one that says why there is none. */
function explained(asked: Asked, answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const texts = TEXTS[localeOf(asked)];
    const [title, words] =
      error.status === 409 ? [texts.busy_title, texts.busy] : [texts.wrong_title, texts.wrong];
    return page(asked, error.status, title, paragraph(words));
  }
}

function formPage(asked: Asked, { to, amount_sats }: Order, form: string): Answer {
  const texts = TEXTS[localeOf(asked)];
  const amount = `${coinsText(amount_sats)} ${CHAIN.ticker}`;
  const groups = (to.address.match(ADDRESS_GROUP) ?? []).map((group) => `<span>${escape(group)}</span>`);
  return page(
    asked,
    200,
    texts.title,
    `${paragraph(texts.explanation)}
<dl>
<div><dt>${escape(texts.amount)}</dt><dd class="amount"><bdi dir="ltr">${escape(amount)}</bdi></dd></div>
<div><dt>${escape(texts.address)}</dt><dd><bdi class="code" dir="ltr">${groups.join("")}</bdi></dd></div>
</dl>
<form method="post">
<input type="hidden" name="form" value="${form}">
<button>${escape(texts.pay).replace("{amount}", `<bdi dir="ltr">${escape(amount)}</bdi>`)}</button>
</form>`,
  );
}

function paidPage(asked: Asked, txid: string): Answer {
  const texts = TEXTS[localeOf(asked)];
  return page(
    asked,
    200,
    texts.paid_title,
    `${paragraph(texts.paid)}
<dl>
<div><dt>${escape(texts.transaction)}</dt><dd><bdi class="code" dir="ltr">${txid}</bdi></dd></div>
</dl>`,
  );
}

function page(
  asked: Asked,
  status: number,
  title: string,
  content: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const locale = localeOf(asked);
  const texts = TEXTS[locale];
  return {
    status,
    type: "text/html",
    headers: {
      "content-security-policy":
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; ` +
        "frame-ancestors 'none'; base-uri 'none'",
      "referrer-policy": "no-referrer",
      ...headers,
    },
    body: `<!doctype html>
<html lang="${locale}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="label">${escape(texts.label)}</p>
<h1>${escape(title)}</h1>
${content}
</main>
</body>
</html>
`,
  };
}

/** The page's address first, then the browser. */
function localeOf({ query, request }: Asked): Locale {
  const wanted = query.get("locale") ?? request.headers["accept-language"] ?? "";
  return LOCALES.find((locale) => wanted.toLowerCase().startsWith(locale)) ?? "en";
}

function forget(forms: Map<string, unknown>): void {
  for (const form of forms.keys()) {
    if (forms.size <= FORMS_REMEMBERED) {
      return;
    }
    forms.delete(form);
  }
}

const paragraph = (words: string): string => `<p>${escape(words)}</p>`;

function escape(words: string): string {
  return words.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
