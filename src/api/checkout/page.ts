import type { BuiltPage } from "./built-assets";
import type { HostedBoot } from "./schemas";

const NEEDS_SCRIPT: Readonly<Record<HostedBoot["locale"], string>> = {
  en: "Please switch JavaScript on to pay here.",
  ar: "يُرجى تفعيل JavaScript لتتمكن من الدفع هنا.",
};

/** The page's HTML: its language, its data as JSON, its script and styles. Everything else is drawn by the script. */
export function renderPage(boot: HostedBoot, page: BuiltPage): string {
  const styles = page.styles
    .map((file) => `<link rel="stylesheet" href="/checkout/assets/${file}">`)
    .join("\n");
  return `<!doctype html>
<html lang="${boot.locale}" dir="${boot.locale === "ar" ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${escapeHtml(boot.store_name || "Checkout")}</title>
<link rel="icon" href="data:,">
${styles}
<script type="module" src="/checkout/assets/${page.script}"></script>
</head>
<body>
<div id="tender-root"></div>
<script type="application/json" id="tender-boot">${escapeJson(boot)}</script>
<noscript>${NEEDS_SCRIPT[boot.locale]}</noscript>
</body>
</html>
`;
}

/** JSON that cannot end the script element it stands in, nor be read as markup. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Text that is no markup, within an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
