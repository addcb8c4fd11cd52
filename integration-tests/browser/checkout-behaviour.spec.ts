import type { Browser, Page } from "playwright-core";
import { accessibilityViolations, launchBrowser, openContext } from "./support/browser";
import { startFakeStore, type FakeStore } from "./support/fake-store";
import { Shopper } from "./support/shopper";

const APPROVED = "4242 4242 4242 4242";
const FUNDS = "4000 0000 0000 9995";
const EXPIRED = "4000 0000 0000 0069";
const CHALLENGED = "4000 0027 6000 3184";
const SLOW = "4000 0000 0000 0119";
const NOT_CONFIRMED = "4000 0099 9000 0096";
const COMPLIANCE = "4000 0099 9000 0062";

let store: FakeStore;
let browser: Browser;
let page: Page;
let shopper: Shopper;
let close: () => Promise<void>;

beforeAll(async () => {
  [store, browser] = await Promise.all([startFakeStore(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await store?.close();
});

beforeEach(async () => {
  store.reset();
  const opened = await openContext(browser);
  page = opened.page;
  close = () => opened.context.close();
  shopper = new Shopper(page, "en");
});

afterEach(() => close());

async function openCheckout(): Promise<void> {
  await page.goto(store.checkout("en"));
  await shopper.sees("options.title");
}

async function payWith(number: string): Promise<void> {
  await shopper.typeCard({ number });
  await shopper.payButton().click();
}

describe("paying", () => {
  it("sends one confirmation however fast the button is pressed", async () => {
    await openCheckout();
    store.pace_ms = 300;
    await shopper.typeCard({ number: APPROVED });
    await shopper.payButton().dblclick();
    await page.keyboard.press("Enter");
    await shopper.sees("done.title");
    expect(store.confirms).toHaveLength(1);
  });

  it("works with the keyboard alone", async () => {
    await openCheckout();
    await page.getByRole("radio", { checked: true }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.type("4242424242424242");
    await page.keyboard.press("Tab");
    await page.keyboard.type("1240");
    await page.keyboard.press("Tab");
    await page.keyboard.type("123");
    await page.keyboard.press("Enter");
    await shopper.sees("done.title");
    expect(store.confirms).toEqual([
      { data: { card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" } } },
    ]);
  });

  it("puts the focus into the first field that is wrong and sends nothing", async () => {
    await openCheckout();
    await shopper.typeCard({ number: APPROVED, expiry: "", cvc: "" });
    await shopper.payButton().click();
    await expect(focusedLabel()).resolves.toBe(shopper.text("card.expiry"));
    expect(await page.getByRole("status").textContent()).toBe(shopper.text("card.error.expiry_missing"));
    expect(store.confirms).toHaveLength(0);
  });

  it("keeps what is typed when the language is changed", async () => {
    await openCheckout();
    await shopper.typeCard({ number: APPROVED });
    await page.getByRole("link", { name: "العربية" }).click();
    await page.locator(".tender[dir=rtl]").waitFor();
    const inArabic = new Shopper(page, "ar");
    expect(await inArabic.field("card.number").inputValue()).toBe(APPROVED);
    await page.getByText("بطاقة ائتمان أو خصم").waitFor();
    expect(await page.getAttribute("html", "dir")).toBe("rtl");
  });

  it("leaves no card data in the browser's storage or address", async () => {
    await openCheckout();
    await payWith(FUNDS);
    await shopper.alternatives().first().waitFor();
    const kept = await page.evaluate(() =>
      [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href].join(" "),
    );
    expect(kept).not.toContain("9995");
  });
});

describe("a decline", () => {
  it("opens the chosen alternative and charges nothing by itself", async () => {
    await openCheckout();
    await payWith(FUNDS);
    await shopper.alternatives().filter({ hasText: "Online banking" }).click();
    await shopper.sees("options.title");
    expect(await page.getByRole("radio", { name: "Online banking" }).isChecked()).toBe(true);
    expect(store.confirms).toHaveLength(1);
  });

  it("opens a wallet's sheet for approval, which Escape closes again", async () => {
    await openCheckout();
    await payWith(FUNDS);
    await shopper.alternatives().filter({ hasText: "Apple Pay" }).click();
    await page.getByRole("dialog").waitFor();
    expect(store.confirms).toHaveLength(1);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await shopper.sees("options.title");
  });

  it("keeps everything typed but the security code", async () => {
    await openCheckout();
    await payWith(EXPIRED);
    await shopper.button("declined.fix_card").click();
    expect(await shopper.field("card.number").inputValue()).toBe(EXPIRED);
    expect(await shopper.field("card.expiry").inputValue()).toBe("12 / 40");
    expect(await shopper.field("card.cvc").inputValue()).toBe("");
    await expect(focusedLabel()).resolves.toBe(shopper.text("card.expiry"));
  });

  it("can be answered with a different card, typed over the refused one", async () => {
    await openCheckout();
    await payWith(FUNDS);
    await shopper.button("declined.another_card").click();
    await expect(focusedLabel()).resolves.toBe(shopper.text("card.number"));
    await page.keyboard.type("4242424242424242");
    await shopper.field("card.cvc").fill("123");
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });

  it("keeps the card within reach where the bank only wants it confirmed", async () => {
    await openCheckout();
    await payWith(NOT_CONFIRMED);
    await shopper.button("declined.same_card").click();
    expect(await shopper.field("card.number").inputValue()).toBe(NOT_CONFIRMED);
    await expect(focusedLabel()).resolves.toBe(shopper.text("card.cvc"));
  });

  it("that leaves nothing to pay with still has a way on", async () => {
    Object.assign(store, { nothingLeft: true, storeUrl: `${store.url}/shop` });
    await openCheckout();
    await payWith(COMPLIANCE);
    await shopper.button("declined.look_again").waitFor();
    expect(await page.getByRole("link", { name: shopper.text("store.back") }).getAttribute("href")).toBe(
      `${store.url}/shop`,
    );
    expect(await accessibilityViolations(page)).toEqual([]);
    store.nothingLeft = false;
    await shopper.button("declined.look_again").click();
    await shopper.alternatives().first().waitFor();
  });

  it("keeps the total in sight on a phone, however far the page is scrolled", async () => {
    await page.setViewportSize({ width: 375, height: 500 });
    await openCheckout();
    await payWith(FUNDS);
    await shopper.button("declined.another_card").scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 2_000);
    await page.waitForFunction(() => window.scrollY > 0);
    const total = await page.locator(".tender-summary__toggle strong").boundingBox();
    expect(total?.y).toBeGreaterThanOrEqual(0);
    expect((total?.y ?? 0) + (total?.height ?? 0)).toBeLessThanOrEqual(500);
  });

  it("puts the focus on what happened", async () => {
    await openCheckout();
    await payWith(FUNDS);
    await shopper.alternatives().first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      "There is not enough money available on this card.",
    );
  });
});

describe("the bank's page", () => {
  it.each([
    ["approve", "done.title"],
    ["close", "options.title"],
  ] as const)("left with %s leads to %s", async (verdict, key) => {
    await openCheckout();
    await payWith(CHALLENGED);
    await shopper.sees("step_up.title");
    await shopper.button("step_up.continue").click();
    await page.getByRole("link", { name: verdict }).click();
    await shopper.sees(key);
  });

  it("left without approval leads to the alternatives", async () => {
    await openCheckout();
    await payWith(CHALLENGED);
    await shopper.button("step_up.continue").click();
    await page.getByRole("link", { name: "fail" }).click();
    await shopper.alternatives().first().waitFor();
    await shopper.button("declined.another_card").waitFor();
  });

  it("left with the browser's back button finds the page waiting", async () => {
    await openCheckout();
    await payWith(CHALLENGED);
    await shopper.button("step_up.continue").click();
    await page.getByRole("heading", { name: "Bank" }).waitFor();
    await page.goBack();
    await shopper.sees("step_up.title");
    await shopper.button("step_up.back").click();
    await shopper.sees("options.title");
  });

  it("sends the shopper back in the language they chose", async () => {
    await openCheckout();
    await page.getByRole("link", { name: "العربية" }).click();
    const inArabic = new Shopper(page, "ar");
    await inArabic.typeCard({ number: CHALLENGED });
    await inArabic.payButton().click();
    await inArabic.button("step_up.continue").click();
    await page.getByRole("link", { name: "approve" }).click();
    await inArabic.sees("done.title");
  });
});

describe("the card form of a gateway in test mode", () => {
  it("says that no real money moves and which card to try", async () => {
    await openCheckout();
    const said = await page.locator(".tender-card-form__test").innerText();
    expect(said.replaceAll("\u00a0", " ")).toContain(APPROVED);
  });
});

describe("a finished order", () => {
  it("leads back to the store where the operator named its address", async () => {
    store.storeUrl = `${store.url}/shop`;
    await openCheckout();
    await payWith(APPROVED);
    await shopper.sees("done.title");
    expect(await page.getByRole("link", { name: shopper.text("store.back") }).getAttribute("href")).toBe(
      `${store.url}/shop`,
    );
  });

  it("has no such link where none was named", async () => {
    await openCheckout();
    await payWith(APPROVED);
    await shopper.sees("done.title");
    expect(await page.getByRole("link", { name: shopper.text("store.back") }).count()).toBe(0);
  });

  it("is not called paid when it is to be paid on delivery", async () => {
    await openCheckout();
    await page.getByRole("radio", { name: "Pay on delivery" }).check();
    await shopper.payButton().click();
    await shopper.sees("done.title");
    expect(await shopper.facts()).toEqual({
      [shopper.text("done.order_number")]: "#1042",
      [shopper.text("summary.total")]: "€24.00",
      [shopper.text("done.payment")]: "Pay on delivery",
      [shopper.text("done.email")]: "sam@example.com",
    });
  });
});

describe("an unknown outcome", () => {
  it("lets the shopper pay another way once the operator's time is over, and not before", async () => {
    store.unknownBlocks_ms = 1_500;
    await openCheckout();
    await payWith(SLOW);
    await shopper.sees("checking.title");
    expect(await shopper.button("checking.another_way").count()).toBe(0);
    await shopper.button("checking.another_way").click({ timeout: 3_000 });
    await shopper.seesNotice("first_payment_returned");
  });

  it("is looked up until it is known, whatever became of the answer", async () => {
    await openCheckout();
    store.twist = "cut";
    await payWith(APPROVED);
    await shopper.sees("checking.title");
    await shopper.sees("done.title");
    expect(store.confirms.filter((body) => JSON.stringify(body).includes("4242"))).toHaveLength(1);
  });

  it("gives the options back when nothing came of it", async () => {
    await openCheckout();
    store.twist = "cut_before";
    await payWith(APPROVED);
    await shopper.sees("checking.title");
    await page.getByText(shopper.text("notice.lost_nothing_charged")).first().waitFor();
    expect(await shopper.field("card.number").inputValue()).toBe(APPROVED);
  });

  it("is found again by the page's link, in another browser too", async () => {
    await openCheckout();
    await payWith(SLOW);
    await shopper.sees("checking.title");
    const link = page.url();
    const elsewhere = await openContext(browser);
    try {
      await elsewhere.page.goto(link);
      const other = new Shopper(elsewhere.page, "en");
      await other.sees("checking.title");
      await other.sees("done.title");
    } finally {
      await elsewhere.context.close();
    }
  });
});

describe("what cannot be paid", () => {
  it("says so for an unknown cart", async () => {
    await page.goto(store.checkout("en", "cart_gone"));
    await shopper.sees("blocked.not_found.title");
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it("says so when there is no option", async () => {
    store.noOptions = true;
    await page.goto(store.checkout("en"));
    await shopper.sees("options.none.title");
  });

  it("can be tried again when the store was out of reach", async () => {
    await page.route("**/store/**", (route) => route.abort());
    await page.goto(store.checkout("en"));
    await shopper.sees("blocked.unreachable.title");
    await page.unroute("**/store/**");
    await shopper.button("blocked.retry").click();
    await shopper.sees("options.title");
  });
});

/** The label of the field that has the focus, once a field has it. */
async function focusedLabel(): Promise<string | undefined> {
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  return page.evaluate(() => {
    const field = document.activeElement;
    return field instanceof HTMLInputElement ? field.labels?.[0]?.textContent?.trim() : undefined;
  });
}
