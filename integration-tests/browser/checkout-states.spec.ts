import type { Browser, Page } from "playwright-core";
import type { TextKey } from "../../src/checkout/locales";
import {
  accessibilityViolations,
  LANGUAGES,
  launchBrowser,
  openContext,
  screenshot,
  SIZES,
  type SizeName,
  closeContext,
} from "./support/browser";
import { startFakeStore, type FakeStore } from "./support/fake-store";
import { Shopper } from "./support/shopper";

const FUNDS = "4000000000009995";
const COMPLIANCE = "4000009990000062";
const EXPIRED = "4000000000000069";
const CHALLENGED = "4000002760003184";
const SLOW = "4000000000000119";

let store: FakeStore;
let browser: Browser;

beforeAll(async () => {
  [store, browser] = await Promise.all([startFakeStore(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await store?.close();
});

beforeEach(() => store.reset());

/** How the store has to be before the page is opened; the others need nothing special. */
const BEFORE: Readonly<Record<string, Partial<FakeStore>>> = {
  "declined-for-good": { nothingLeft: true, storeUrl: "https://fern.example" },
  "checking-for-long": { unknownBlocks_ms: 200 },
  done: { storeUrl: "https://fern.example" },
  limited: { storeUrl: "https://fern.example" },
  "nothing-to-pay": { isFree: true },
};

/** The heading a page opens with; the others open with the ways to pay. */
const OPENS_WITH: Readonly<Record<string, TextKey>> = { "nothing-to-pay": "free.title" };

/** How to get the page into each of its states. */
const STATES: Readonly<Record<string, (shopper: Shopper) => Promise<void>>> = {
  options: async (shopper) => {
    await shopper.sees("options.title");
  },
  "fields-wrong": async (shopper) => {
    await shopper.typeCard({ number: "4242 4242 4242 4241", expiry: "01 / 20", cvc: "1" });
    await shopper.payButton().click();
    await shopper.page.locator(".tender-field__error").first().waitFor();
  },
  "bank-chosen": async (shopper) => {
    await shopper.page.getByRole("radio").nth(1).check();
  },
  "wallet-sheet": async (shopper) => {
    await shopper.page.locator(".tender-button--express").first().click();
    await shopper.page.getByRole("dialog").waitFor();
  },
  paying: async (shopper) => {
    store.pace_ms = 10_000;
    await shopper.typeCard({ number: FUNDS });
    await shopper.payButton().click();
    await shopper.page.locator("[aria-busy=true]").waitFor();
  },
  declined: async (shopper) => {
    await shopper.typeCard({ number: FUNDS });
    await shopper.payButton().click();
    await shopper.alternatives().first().waitFor();
  },
  "declined-fixable": async (shopper) => {
    await shopper.typeCard({ number: EXPIRED });
    await shopper.payButton().click();
    await shopper.button("declined.fix_card").waitFor();
  },
  "declined-for-good": async (shopper) => {
    await shopper.typeCard({ number: COMPLIANCE });
    await shopper.payButton().click();
    await shopper.button("declined.look_again").waitFor();
  },
  "three-d-secure": async (shopper) => {
    await shopper.typeCard({ number: CHALLENGED });
    await shopper.payButton().click();
    await shopper.sees("step_up.title");
  },
  "bank-does-not-open": async (shopper) => {
    await shopper.page.route("**/bank/**", (route) => route.fulfill({ status: 204 }));
    await shopper.typeCard({ number: CHALLENGED });
    await shopper.payButton().click();
    await shopper.button("step_up.continue").click();
    await shopper.page.getByRole("link", { name: shopper.text("step_up.continue") }).waitFor();
  },
  "step-up-closed": async (shopper) => {
    await shopper.typeCard({ number: CHALLENGED });
    await shopper.payButton().click();
    await shopper.button("step_up.continue").click();
    await shopper.page.getByRole("link", { name: "close" }).click();
    await useLanguage(shopper);
    await shopper.seesNotice("step_up_unfinished");
  },
  "checking-for-long": async (shopper) => {
    await shopper.typeCard({ number: SLOW });
    await shopper.payButton().click();
    await shopper.button("checking.another_way").waitFor();
  },
  checking: async (shopper) => {
    await shopper.typeCard({ number: SLOW });
    await shopper.payButton().click();
    await shopper.sees("checking.title");
  },
  "total-changed": async (shopper) => {
    store.twist = "changed";
    await shopper.typeCard({ number: FUNDS });
    await shopper.payButton().click();
    await shopper.seesNotice("total_changed");
  },
  limited: async (shopper) => {
    store.twist = "limited";
    await shopper.typeCard({ number: FUNDS });
    await shopper.payButton().click();
    await shopper.sees("blocked.limited.title");
  },
  "nothing-to-pay": async (shopper) => {
    await shopper.button("free.place").waitFor();
  },
  done: async (shopper) => {
    await shopper.typeCard({ number: "4242424242424242" });
    await shopper.payButton().click();
    await shopper.sees("done.title");
  },
};

/** Those in which every colour of the dark scheme is seen. */
const IN_THE_DARK = ["options", "fields-wrong", "wallet-sheet", "declined", "checking", "done"];

/** A state is reached once and looked at in every size, since reaching it takes longer than looking. */
describe.each(LANGUAGES)("in %s", (language) => {
  it.each(Object.keys(STATES))("the state %s reads well and has no accessibility violation", async (name) => {
    const { context, page, problems } = await openContext(browser);
    try {
      const shopper = new Shopper(page, language);
      Object.assign(store, BEFORE[name]);
      await page.goto(store.checkout(language));
      await shopper.sees(OPENS_WITH[name] ?? "options.title");
      await STATES[name]?.(shopper);
      for (const size of Object.keys(SIZES) as SizeName[]) {
        await page.setViewportSize(SIZES[size]);
        await screenshot(page, `${name}-${language}-${size}`);
        expect({ size, violations: await accessibilityViolations(page) }).toEqual({ size, violations: [] });
        expect({ size, overflow_px: await overflow_px(page) }).toEqual({ size, overflow_px: 0 });
      }
      if (IN_THE_DARK.includes(name)) {
        await page.emulateMedia({ colorScheme: "dark" });
        await screenshot(page, `${name}-dark-${language}`);
        expect(await accessibilityViolations(page)).toEqual([]);
      }
      expect(problems).toEqual([]);
    } finally {
      await closeContext(context);
    }
  });
});

/** The bank's page sends the shopper back in the page's own language; the fake one does not know it. */
async function useLanguage(shopper: Shopper): Promise<void> {
  await shopper.page.locator(`.hosted__languages a[lang=${shopper.language}]`).click();
  await shopper.page.locator(`.tender[lang=${shopper.language}]`).waitFor();
}

async function overflow_px(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
