import type { ManualRefund } from "../../../gateway";
import type { Locale } from "../../../services";
import { escapeHtml } from "../../checkout/page";
import { REFUND_STYLE } from "./style";
import { REFUND_TEXTS } from "./texts";

/** Of what the payee entered and was not taken. */
export type RefusedDestination = Readonly<{
  entered: string;
  /** Why, in English. */
  message: string;
}>;

type Page = Readonly<{ locale: Locale; nonce: string; store_name: string }>;

/** The payee's page: a form without any script, as whoever has the link may open it anywhere. */
export function renderRefundPage(page: Page, refund: ManualRefund, refused?: RefusedDestination): string {
  const texts = REFUND_TEXTS[page.locale];
  const status =
    refund.takes_destination && refund.destination !== null
      ? texts.may_change
      : texts.statuses[refund.status];
  const destination =
    refund.destination === null
      ? ""
      : `<dt>${texts.destination}</dt><dd class="code"><bdi dir="ltr">${escapeHtml(refund.destination)}</bdi></dd>`;
  return frame(
    page,
    texts.title,
    `<p role="status">${status}</p>
<dl><dt>${texts.amount}</dt><dd class="amount"><bdi dir="ltr">${escapeHtml(refund.shown)}</bdi></dd>${refund.less_fee ? `<dd>${texts.less_fee}</dd>` : ""}${destination}</dl>
${refund.takes_destination ? form(page.locale, refund, refused) : ""}`,
  );
}

/** For a link that is nobody's. */
export function renderUnknownRefund(page: Page): string {
  const { unknown_title, unknown } = REFUND_TEXTS[page.locale];
  return frame(page, unknown_title, `<p>${unknown}</p>`);
}

function form(locale: Locale, refund: ManualRefund, refused: RefusedDestination | undefined): string {
  const texts = REFUND_TEXTS[locale];
  const { en = "" } = refund.destination_titles;
  const title = escapeHtml(refund.destination_titles[locale] ?? en);
  const error =
    refused &&
    `<p class="error" id="error" role="alert">${texts.refused} <span lang="en" dir="ltr">${escapeHtml(refused.message)}</span></p>`;
  return `<form method="post" action="?locale=${locale}">
<label for="destination">${title}</label>
<input id="destination" name="destination" dir="ltr" required maxlength="200" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
 value="${escapeHtml(refused?.entered ?? "")}" aria-describedby="${error ? "error help" : "help"}"${error ? ' aria-invalid="true" autofocus' : ""}>
${error ?? ""}
<p class="help" id="help">${texts.help}</p>
<button>${refund.destination === null ? texts.submit : texts.change}</button>
</form>`;
}

function frame({ locale, nonce, store_name }: Page, title: string, content: string): string {
  return `<!doctype html>
<html lang="${locale}" dir="${locale === "ar" ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${escapeHtml([title, store_name].filter(Boolean).join(" · "))}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${REFUND_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}
