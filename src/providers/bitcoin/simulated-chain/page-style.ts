/** How the wallet's pages look. */
export const STYLE = `
:root { --accent: #1f5eff; --on-accent: #fff; --text: #14171f; --quiet: #585f6e; --page: #f5f6f8; --raised: #fff;
  --line: #d9dce3; --care: #8a4b00; --care-surface: #fff7ea; --care-line: #ecd2a4; color-scheme: light dark;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Geeza Pro", Tahoma, sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --accent: #8fb0ff; --on-accent: #0b1736; --text: #f1f3f7; --quiet: #aab1bf; --page: #12141a; --raised: #171a21;
    --line: #333945; --care: #f5c678; --care-surface: #2a2113; --care-line: #5b4620; }
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; display: grid; place-items: center; min-block-size: 100vh; background: var(--page);
  color: var(--text); }
main { inline-size: min(30rem, 100%); padding: 1.5rem; display: grid; gap: 1rem; background: var(--raised);
  border: 1px solid var(--line); border-radius: 10px; }
h1, p, dl, dd { margin: 0; }
h1 { font-size: 1.4rem; line-height: 1.3; }
p, dt { color: var(--quiet); }
.label { justify-self: start; padding: .25rem .75rem; border: 1px solid var(--care-line); border-radius: 999px;
  background: var(--care-surface); color: var(--care); font-size: .8125rem; font-weight: 600; }
dl { display: grid; gap: 1rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
dt { font-size: .875rem; }
.amount { font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.code { display: flex; flex-wrap: wrap; gap: 0 .5rem; font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace;
  font-size: .9375rem; overflow-wrap: anywhere; }
[dir=rtl] .code { justify-content: flex-end; }
button { inline-size: 100%; min-block-size: 3.25rem; padding: .625rem 1rem; border: 0; border-radius: 10px;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600;
  text-wrap: balance; cursor: pointer; }
button:hover { filter: brightness(.94); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
