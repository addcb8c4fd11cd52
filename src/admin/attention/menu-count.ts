import { getI18n } from "react-i18next";
import type { AdminFindingCountResult } from "../../api/admin/tender/findings/contract";
import { ar } from "../i18n/ar/all";
import { en } from "../i18n/en/all";
import { NAMESPACE } from "../i18n/texts";
import { CHANGED_EVENT } from "../lib/api";
import { sdk } from "../lib/sdk";

const ASK_EVERY_MS = 60_000;
/** How soon somebody who has just logged in, or come back to the tab, gets a fresh number. */
const LOOK_EVERY_MS = 1_000;

const TEXTS = { en, ar };

/** The page's own item, and the one it is nested under, which stands alone while its group is closed. */
const MENU_ITEMS = ["menu", "menu_payments"] as const;

let asked_at = 0;
let shown = 0;
let is_started = false;

/**
 * Keeps the number of open findings in the menu, for as long as the dashboard is open. The menu draws a text of ours and
 * nothing else, so the number is put into the text. It is asked for while the tab is seen, and not before somebody is
 * logged in.
 */
export function keepMenuCount(): void {
  if (is_started) return;
  is_started = true;
  window.addEventListener(CHANGED_EVENT, () => void ask());
  window.setInterval(() => {
    if (window.location.pathname.endsWith("/login")) {
      asked_at = 0; // Whoever logs in gets a fresh number.
    } else if (document.visibilityState === "visible" && Date.now() - asked_at >= ASK_EVERY_MS) {
      void ask();
    }
  }, LOOK_EVERY_MS);
}

async function ask(): Promise<void> {
  asked_at = Date.now();
  try {
    const { total } = await sdk.client.fetch<AdminFindingCountResult>("/admin/tender/findings/count");
    show(total);
  } catch {
    // Not logged in, or not permitted to see payments, or offline: the number stays as it was.
  }
}

function show(total: number): void {
  const i18n = getI18n();
  if (total === shown || !i18n?.isInitialized) {
    if (total !== shown) asked_at = 0;
    return;
  }
  shown = total;
  for (const [language, { attention }] of Object.entries(TEXTS)) {
    for (const item of MENU_ITEMS) {
      const counted = attention.menu_counted
        .replace("{{title}}", attention[item])
        .replace("{{number}}", new Intl.NumberFormat(language).format(total));
      i18n.addResource(language, NAMESPACE, `attention.${item}`, total === 0 ? attention[item] : counted);
    }
  }
  // What is translated is drawn again; nothing is built anew.
  i18n.emit("languageChanged", i18n.language);
}
