import jsQR from "jsqr";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { coinTexts, fill } from "../../src/providers/bitcoin/checkout/texts";
import { launchBrowser, openContext, closeContext } from "./support/browser";
import { ADDRESS, CoinDesk, OPTION } from "./support/coins/coin-desk";
import { startFakeStore, type FakeStore } from "./support/fake-store";
import { policyRefusals, watchPolicy } from "./support/policy";
import { Shopper } from "./support/shopper";

/** What a shopper does with a payment in coins, and what the page does by itself. */

const en = coinTexts("en");
const YEAR_MS = 365 * 24 * 3_600_000;
const SEEN = { status: "pending", phase: "confirming", received: "0.00035042" } as const;

const desk = new CoinDesk();
let browser: Browser;
let store: FakeStore;
let context: BrowserContext;
let page: Page;
let problems: string[];
let shopper: Shopper;

beforeAll(async () => {
  [store, browser] = await Promise.all([startFakeStore(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await store?.close();
});

beforeEach(async () => {
  store.reset();
  desk.reset();
  ({ context, page, problems } = await openContext(browser));
  page.setDefaultTimeout(15_000);
  shopper = new Shopper(page, "en");
  await desk.open(context);
  await watchPolicy(page);
});

afterEach(async () => {
  const refused = await policyRefusals(page);
  await closeContext(context);
  expect({ problems, refused }).toEqual({ problems: [], refused: [] });
});

async function pay(): Promise<void> {
  await page.goto(store.checkout("en"));
  await shopper.sees("options.title");
  await page.locator(".tender-own-form[data-standing=ready]").waitFor();
  await shopper.payButton().click();
  await title(fill(en.title, { coin: "Bitcoin" })).waitFor();
}

const title = (name: string): Locator => page.getByRole("heading", { name, exact: true });
const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
const shown = (text: string): Locator => page.locator(".tender-coins").getByText(text, { exact: true });
const notice = (text: string): Locator => page.locator(".tender-coins .tender-notice", { hasText: text });
const walletLink = (): Locator => page.getByRole("link", { name: en.open_wallet });
const clock = (): Locator => page.getByRole("timer");
/** The last thing a screen reader was told. */
const said = (text: string): Locator => page.locator(".tender-coins > [role=status]", { hasText: text });

/** What a camera in front of the screen reads. */
async function scanned(): Promise<string | undefined> {
  const picture = await page.locator(".tender-coins__qr").screenshot();
  const { pixels, width, height } = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: image.width, height: image.height });
      const drawing = canvas.getContext("2d");
      drawing?.drawImage(image, 0, 0);
      const { data = [] } = drawing?.getImageData(0, 0, image.width, image.height) ?? {};
      return { pixels: [...data], width: image.width, height: image.height };
    },
    `data:image/png;base64,${picture.toString("base64")}`,
  );
  return jsQR(Uint8ClampedArray.from(pixels), width, height)?.data;
}

async function minutesLeft(): Promise<number> {
  return Number((await clock().innerText()).split(":")[0]);
}

describe("a payment in coins", () => {
  it("becomes an order as soon as it is seen, and is followed to its last confirmation", async () => {
    await pay();
    expect(await walletLink().getAttribute("href")).toBe(`bitcoin:${ADDRESS}?amount=0.00035042`);
    Object.assign(desk.state, SEEN);
    await shopper.sees("done.title");
    await shown("Confirmations: 0 of 3").waitFor();
    desk.state.confirmations = 1;
    await shown("Confirmations: 1 of 3").waitFor();
    expect(Object.keys(await shopper.facts())).toContain(shopper.text("summary.total"));
    Object.assign(desk.state, { status: "captured", phase: "settled", confirmations: 3 });
    await title(en.settled).waitFor();
    expect(Object.keys(await shopper.facts())).toContain(shopper.text("done.paid"));
    const { looks } = desk;
    await page.waitForTimeout(3_000);
    expect(desk.looks).toBe(looks);
  });

  it("is read by a camera, in the light and in the dark", async () => {
    await pay();
    const expected = `BITCOIN:${ADDRESS.toUpperCase()}?amount=0.00035042`;
    expect(await scanned()).toBe(expected);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await scanned()).toBe(expected);
  });

  it("asks for what is missing once a part has arrived", async () => {
    await pay();
    Object.assign(desk.state, { phase: "partial", received: "0.0001" });
    await shown(en.partial_help).waitFor();
    await said("0.00025042").waitFor();
    expect(await page.locator(".tender-coins__amount").innerText()).toBe("0.00025042 BTC");
    expect(await walletLink().getAttribute("href")).toMatch(/amount=0\.00025042$/);
    expect(await scanned()).toMatch(/amount=0\.00025042$/);
  });

  it("has its address and amount copied, and says so", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await pay();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await button(en.copy_address).click();
    await said(en.address_copied).waitFor();
    expect(await copied()).toBe(ADDRESS);
    await button(en.copy_amount).click();
    await said(en.amount_copied).waitFor();
    expect(await copied()).toBe("0.00035042");
  });

  it("has its address selected where the browser does not copy", async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await pay();
    await button(en.copy_address).click();
    await said(en.copy_by_hand).waitFor();
    expect(await page.evaluate(() => String(window.getSelection()))).toBe(ADDRESS);
  });

  it("is found again when the page is loaded anew", async () => {
    await pay();
    await page.reload();
    await title("Pay with Bitcoin").waitFor();
    expect(desk.starts).toBe(1);
  });

  it("changes its language where it stands", async () => {
    await pay();
    await page.getByRole("link", { name: "العربية" }).click();
    const ar = coinTexts("ar");
    await title(fill(ar.title, { coin: "Bitcoin" })).waitFor();
    expect(await page.locator(".tender-coins__address").innerText()).toBe(ADDRESS);
    expect(desk.starts).toBe(1);
  });

  it("leads to the demo's wallet in a tab of its own", async () => {
    desk.reset({ isSimulated: true });
    await pay();
    await shown(en.simulated).waitFor();
    const link = page.getByRole("link", { name: en.demo_wallet });
    expect(await link.getAttribute("rel")).toContain("noopener");
    const [tab] = await Promise.all([context.waitForEvent("page"), link.click()]);
    const { pathname, searchParams } = new URL(tab.url());
    expect({ pathname, ...Object.fromEntries(searchParams) }).toEqual({
      pathname: "/demo-wallet",
      chain: "bitcoin-regtest",
      address: ADDRESS,
      amount: "0.00035042",
    });
  });
});

describe("the time left to pay in coins", () => {
  it.each([
    ["a year behind", -YEAR_MS],
    ["a year ahead", YEAR_MS],
  ])("is right on a browser whose clock is %s", async (_, off_ms) => {
    await page.addInitScript((off) => {
      const now = Date.now.bind(Date);
      const Wrong = class extends Date {
        constructor(...given: [] | [number]) {
          super(...((given.length > 0 ? given : [now() + off]) as [number]));
        }
        static override now = (): number => now() + off;
      };
      Object.assign(window, { Date: Wrong });
    }, off_ms);
    await pay();
    const isWrong = await page.evaluate(() => new Date().getFullYear());
    expect(isWrong).not.toBe(new Date().getFullYear());
    expect(await minutesLeft()).toBeGreaterThanOrEqual(14);
    expect(await minutesLeft()).toBeLessThanOrEqual(15);
  });

  it("is said aloud at its marks, and not in between", async () => {
    desk.reset({ left_ms: 303_000 });
    await pay();
    await clock().waitFor();
    expect(await page.locator(".tender-coins > [role=status]").innerText()).toBe("");
    await said(en.left_300).waitFor();
  });

  it("is over by itself, and the address is gone then, whatever the store says until its next answer", async () => {
    desk.reset({ left_ms: 3_000 });
    await pay();
    await title(en.expired).waitFor();
    expect(await page.locator(".tender-coins__address, .tender-coins__qr").count()).toBe(0);
    await said(en.expired).waitFor();
  });

  it("begins anew with a new address", async () => {
    await pay();
    Object.assign(desk.state, { phase: "expired", left_ms: 0, status: "canceled" });
    await title(en.expired).waitFor();
    await button(en.again).click();
    await title("Pay with Bitcoin").waitFor();
    expect(desk.starts).toBe(2);
    expect(await minutesLeft()).toBeGreaterThanOrEqual(14);
  });
});

describe("leaving a payment in coins", () => {
  it("asks first, and staying changes nothing", async () => {
    await pay();
    await button(en.another_way).click();
    await page.getByRole("group", { name: en.leave }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(en.leave);
    await page.keyboard.press("Escape");
    await button(en.another_way).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(en.another_way);
  });

  it("leads back to the ways to pay, and pays nothing", async () => {
    await pay();
    await button(en.another_way).click();
    await button(en.go).click();
    await shopper.sees("options.title");
    expect(await page.locator(".tender-notice").count()).toBe(0);
    expect(store.confirms).toEqual([]);
    await page.getByRole("radio", { name: "Pay on delivery" }).check();
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });
});

describe("a payment in coins that was left", () => {
  it("is found as it was when the shopper comes back to it", async () => {
    await pay();
    await button(en.another_way).click();
    await button(en.go).click();
    await shopper.sees("options.title");
    Object.assign(desk.state, { phase: "partial", received: "0.0001" });
    await shopper.payButton().click();
    await shown(en.partial_help).waitFor();
    expect(desk.starts).toBe(1);
  });
});

describe("a payment in coins without a connection", () => {
  it("can be shown again once what draws it is there", async () => {
    await pay();
    await context.route("**/assets/parts-*.js", (route) => route.abort());
    await page.reload();
    await shopper.sees("panel.unavailable.title");
    await context.unroute("**/assets/parts-*.js");
    await shopper.button("form.try_again").click();
    await title("Pay with Bitcoin").waitFor();
  });

  it("says so, keeps its address, and goes on by itself", async () => {
    await pay();
    desk.state.isDown = true;
    await context.setOffline(true);
    await notice(en.offline).waitFor();
    await said(en.offline).waitFor();
    expect(await scanned()).toContain(ADDRESS.toUpperCase());
    Object.assign(desk.state, { isDown: false, phase: "partial", received: "0.0001" });
    await context.setOffline(false);
    await shown(en.partial_help).waitFor();
    expect(await notice(en.offline).count()).toBe(0);
  });
});

describe("an order that is placed before it is paid in coins", () => {
  beforeEach(() => desk.reset({ isOrderFirst: true }));

  async function place(): Promise<void> {
    await page.goto(store.checkout("en"));
    await shopper.sees("options.title");
    await page.locator(".tender-own-form[data-standing=ready]").waitFor();
    await shopper.payButton().click();
    await shopper.sees("done.awaited.title");
    await walletLink().waitFor();
  }

  it("is paid beside its number", async () => {
    await place();
    expect((await shopper.facts())[shopper.text("done.order_number")]).toBe("#1042");
    expect(await button(en.another_way).count()).toBe(0);
    Object.assign(desk.state, SEEN);
    await shopper.sees("done.title");
    await shown(en.may_close).waitFor();
  });

  it("is found again with its payment when the page is loaded anew", async () => {
    await place();
    await page.reload();
    await shopper.sees("done.awaited.title");
    await walletLink().waitFor();
  });

  it("is found by its link in another browser, too", async () => {
    await place();
    store.order = {
      id: "order_1",
      display_id: 1042,
      email: null,
      currency_code: "eur",
      total: 24,
      paid_with: { en: OPTION.title, ar: OPTION.title },
      is_paid: false,
      open_attempt_id: desk.attemptId,
    };
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await shopper.sees("done.awaited.title");
    await walletLink().waitFor();
    Object.assign(desk.state, { status: "captured", phase: "settled" });
    await title(en.settled).waitFor();
    expect(Object.keys(await shopper.facts())).toContain(shopper.text("done.paid"));
  });
});
