import { accessibilityViolations } from "./support/browser";
import { withFakeCheckout } from "./support/fake-checkout";

const FUNDS = "4000 0000 0000 9995";
const EXPIRED = "4000 0000 0000 0069";
const NOT_CONFIRMED = "4000 0099 9000 0096";
const COMPLIANCE = "4000 0099 9000 0062";

const checkout = withFakeCheckout();

describe("a decline", () => {
  it("opens the chosen alternative and charges nothing by itself", async () => {
    await checkout.open();
    await checkout.payWith(FUNDS);
    await checkout.shopper.alternatives().filter({ hasText: "Online banking" }).click();
    await checkout.shopper.sees("options.title");
    expect(await checkout.page.getByRole("radio", { name: "Online banking" }).isChecked()).toBe(true);
    expect(checkout.store.confirms).toHaveLength(1);
  });

  it("opens a wallet's sheet for approval, which Escape closes again", async () => {
    await checkout.open();
    await checkout.payWith(FUNDS);
    await checkout.shopper.alternatives().filter({ hasText: "Apple Pay" }).click();
    await checkout.page.getByRole("dialog").waitFor();
    expect(checkout.store.confirms).toHaveLength(1);
    await checkout.page.keyboard.press("Escape");
    await checkout.page.getByRole("dialog").waitFor({ state: "detached" });
    await checkout.shopper.sees("options.title");
    // What opened the sheet is gone with the refusal; the focus goes on to the options.
    await checkout.page.waitForFunction(() => document.activeElement?.matches("input:checked"));
  });

  it("keeps everything typed but the security code", async () => {
    await checkout.open();
    await checkout.payWith(EXPIRED);
    await checkout.shopper.button("declined.fix_card").click();
    expect(await checkout.shopper.field("card.number").inputValue()).toBe(EXPIRED);
    expect(await checkout.shopper.field("card.expiry").inputValue()).toBe("12 / 40");
    expect(await checkout.shopper.field("card.cvc").inputValue()).toBe("");
    await expect(checkout.focusedLabel()).resolves.toBe(checkout.shopper.text("card.expiry"));
  });

  it("can be answered with a different card, typed over the refused one", async () => {
    await checkout.open();
    await checkout.payWith(FUNDS);
    await checkout.shopper.button("declined.another_card").click();
    await expect(checkout.focusedLabel()).resolves.toBe(checkout.shopper.text("card.number"));
    await checkout.page.keyboard.type("4242424242424242");
    await checkout.shopper.field("card.cvc").fill("123");
    await checkout.shopper.payButton().click();
    await checkout.shopper.sees("done.title");
  });

  it("keeps the card within reach where the bank only wants it confirmed", async () => {
    await checkout.open();
    await checkout.payWith(NOT_CONFIRMED);
    await checkout.shopper.button("declined.same_card").click();
    expect(await checkout.shopper.field("card.number").inputValue()).toBe(NOT_CONFIRMED);
    await expect(checkout.focusedLabel()).resolves.toBe(checkout.shopper.text("card.cvc"));
  });

  it("that leaves nothing to pay with still has a way on", async () => {
    Object.assign(checkout.store, { nothingLeft: true, storeUrl: `${checkout.store.url}/shop` });
    await checkout.open();
    await checkout.payWith(COMPLIANCE);
    await checkout.shopper.button("declined.look_again").waitFor();
    expect(
      await checkout.page
        .getByRole("link", { name: checkout.shopper.text("store.back") })
        .getAttribute("href"),
    ).toBe(`${checkout.store.url}/shop`);
    expect(await accessibilityViolations(checkout.page)).toEqual([]);
    checkout.store.nothingLeft = false;
    await checkout.shopper.button("declined.look_again").click();
    await checkout.shopper.alternatives().first().waitFor();
  });

  it("keeps the total in sight on a phone, however far the page is scrolled", async () => {
    await checkout.page.setViewportSize({ width: 375, height: 500 });
    await checkout.open();
    await checkout.payWith(FUNDS);
    await checkout.shopper.button("declined.another_card").scrollIntoViewIfNeeded();
    await checkout.page.mouse.wheel(0, 2_000);
    await checkout.page.waitForFunction(() => window.scrollY > 0);
    const total = await checkout.page.locator(".tender-summary__toggle strong").boundingBox();
    expect(total?.y).toBeGreaterThanOrEqual(0);
    expect((total?.y ?? 0) + (total?.height ?? 0)).toBeLessThanOrEqual(500);
  });

  it("puts the focus on what happened", async () => {
    await checkout.open();
    await checkout.payWith(FUNDS);
    await checkout.shopper.alternatives().first().waitFor();
    expect(await checkout.page.evaluate(() => document.activeElement?.textContent)).toBe(
      "There is not enough money available on this card.",
    );
  });
});
