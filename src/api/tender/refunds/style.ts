/** The page's only style; it has no script. The colours are the checkout's. */
export const REFUND_STYLE = `
:root { color-scheme: light dark; --accent: #1f5eff; --on-accent: #fff; --text: #14171f; --quiet: #585f6e; --page: #fff;
  --line: #8a91a0; --error: #b3261e; --surface: #f5f6f8; }
@media (prefers-color-scheme: dark) { :root { --accent: #8fb0ff; --on-accent: #0b1736; --text: #f1f3f7; --quiet: #aab1bf;
  --page: #12141a; --line: #7c8494; --error: #ff9c93; --surface: #1a1d25; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", "Noto Sans Arabic", "Geeza Pro", Tahoma, sans-serif; }
main { max-width: 480px; margin: 0 auto; padding: 32px 16px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 16px; }
p { margin: 0 0 16px; }
dl { margin: 0 0 16px; padding: 16px; background: var(--surface); border-radius: 10px; }
dt { color: var(--quiet); }
dd { margin: 0 0 8px; }
dd:last-child { margin: 0; }
.amount { font-size: 20px; font-weight: 600; }
bdi, input { overflow-wrap: anywhere; }
.code, input { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
label { display: block; font-weight: 600; margin: 0 0 4px; }
.help, .error { margin: 8px 0 16px; }
.help { color: var(--quiet); }
.error { color: var(--error); }
.error span { display: block; }
input { width: 100%; min-height: 48px; padding: 8px 12px; font-size: 16px; color: inherit; background: var(--page);
  border: 1px solid var(--line); border-radius: 10px; }
input[aria-invalid="true"] { border-color: var(--error); }
button { width: 100%; min-height: 48px; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent);
  border: 0; border-radius: 10px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
