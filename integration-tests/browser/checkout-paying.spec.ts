import { withFakeCheckout } from "./support/fake-checkout";
import { Shopper } from "./support/shopper";

const APPROVED = "4242 4242 4242 4242";
const FUNDS = "4000 0000 0000 9995";

const checkout = withFakeCheckout();

describe("paying", () => {
  it("sends one confirmation however fast the button is pressed", async () => {
    await checkout.open();
    checkout.store.pace_ms = 300;
    await checkout.shopper.typeCard({ number: APPROVED });
    await checkout.shopper.payButton().dblclick();
    await checkout.page.keyboard.press("Enter");
    await checkout.shopper.sees("done.title");
    expect(checkout.store.confirms).toHaveLength(1);
  });

  it("works with the keyboard alone", async () => {
    await checkout.open();
    await checkout.page.getByRole("radio", { checked: true }).focus();
    await checkout.page.keyboard.press("Tab");
    await checkout.page.keyboard.type("4242424242424242");
    await checkout.page.keyboard.press("Tab");
    await checkout.page.keyboard.type("1240");
    await checkout.page.keyboard.press("Tab");
    await checkout.page.keyboard.type("123");
    await checkout.page.keyboard.press("Enter");
    await checkout.shopper.sees("done.title");
    expect(checkout.store.confirms).toEqual([
      { data: { card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" } } },
    ]);
  });

  it("puts the focus into the first field that is wrong and sends nothing", async () => {
    await checkout.open();
    await checkout.shopper.typeCard({ number: APPROVED, expiry: "", cvc: "" });
    await checkout.shopper.payButton().click();
    await expect(checkout.focusedLabel()).resolves.toBe(checkout.shopper.text("card.expiry"));
    expect(await checkout.page.getByRole("status").textContent()).toBe(
      checkout.shopper.text("card.error.expiry_missing"),
    );
    expect(checkout.store.confirms).toHaveLength(0);
  });

  it("keeps what is typed when the language is changed", async () => {
    await checkout.open();
    await checkout.shopper.typeCard({ number: APPROVED });
    await checkout.page.getByRole("link", { name: "العربية" }).click();
    await checkout.page.locator(".tender[dir=rtl]").waitFor();
    const inArabic = new Shopper(checkout.page, "ar");
    expect(await inArabic.field("card.number").inputValue()).toBe(APPROVED);
    await checkout.page.getByText("بطاقة ائتمان أو خصم").waitFor();
    expect(await checkout.page.getAttribute("html", "dir")).toBe("rtl");
  });

  it("leaves no card data in the browser's storage or address", async () => {
    await checkout.open();
    await checkout.payWith(FUNDS);
    await checkout.shopper.alternatives().first().waitFor();
    const kept = await checkout.page.evaluate(() =>
      [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href].join(" "),
    );
    expect(kept).not.toContain("9995");
  });

  it("takes a date as the browser fills it in", async () => {
    await checkout.open();
    await checkout.shopper.typeCard({ number: APPROVED, expiry: "12/2035" });
    await checkout.shopper.payButton().click();
    await checkout.shopper.sees("done.title");
    expect(checkout.store.confirms).toMatchObject([{ data: { card: { exp_month: 12, exp_year: 2035 } } }]);
  });

  it("leaves the caret where a digit was put right", async () => {
    await checkout.open();
    const number = checkout.shopper.field("card.number");
    await number.fill(APPROVED);
    await number.press("Home");
    await number.press("ArrowRight");
    await number.press("ArrowRight");
    await checkout.page.keyboard.type("99");
    expect(await number.inputValue()).toBe("4299 4242 4242 4242 42");
    expect(await number.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(4);
  });

  it("that comes to nothing brings what happened into sight and into the focus, on a phone too", async () => {
    await checkout.page.setViewportSize({ width: 375, height: 500 });
    await checkout.open();
    checkout.store.twist = "changed";
    await checkout.payWith(APPROVED);
    await checkout.shopper.seesNotice("total_changed");
    await checkout.page.waitForFunction(() => document.activeElement?.matches(".tender-notice"));
    const notice = await checkout.page.locator(".tender-notice").boundingBox();
    const summary = await checkout.page.locator(".tender-summary").boundingBox();
    expect(notice?.y).toBeGreaterThanOrEqual((summary?.y ?? 0) + (summary?.height ?? 0));
    expect((notice?.y ?? 0) + (notice?.height ?? 0)).toBeLessThanOrEqual(500);
  });
});

describe("a wallet's sheet", () => {
  it("gives the focus back to what opened it", async () => {
    await checkout.open();
    const opener = checkout.page.getByRole("button", { name: "Apple Pay" });
    await opener.click();
    await checkout.page.getByRole("dialog").waitFor();
    await checkout.page.keyboard.press("Escape");
    await checkout.page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
  });
});

describe("the card form of a gateway in test mode", () => {
  it("says that no real money moves and which card to try", async () => {
    await checkout.open();
    const said = await checkout.page.locator(".tender-card-form__test").innerText();
    expect(said.replaceAll("\u00a0", " ")).toContain(APPROVED);
  });
});
