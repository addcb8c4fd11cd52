import { withFakeCheckout } from "./support/fake-checkout";
import { Shopper } from "./support/shopper";

const CHALLENGED = "4000 0027 6000 3184";

const checkout = withFakeCheckout();

describe("the bank's page", () => {
  it.each([
    ["approve", "done.title"],
    ["close", "options.title"],
  ] as const)("left with %s leads to %s", async (verdict, key) => {
    await checkout.open();
    await checkout.payWith(CHALLENGED);
    await checkout.shopper.sees("step_up.title");
    await checkout.shopper.button("step_up.continue").click();
    await checkout.page.getByRole("link", { name: verdict }).click();
    await checkout.shopper.sees(key);
  });

  it("left without approval leads to the alternatives", async () => {
    await checkout.open();
    await checkout.payWith(CHALLENGED);
    await checkout.shopper.button("step_up.continue").click();
    await checkout.page.getByRole("link", { name: "fail" }).click();
    await checkout.shopper.alternatives().first().waitFor();
    await checkout.shopper.button("declined.another_card").waitFor();
  });

  it("left with the browser's back button finds the page waiting", async () => {
    await checkout.open();
    await checkout.payWith(CHALLENGED);
    await checkout.shopper.button("step_up.continue").click();
    await checkout.page.getByRole("heading", { name: "Bank" }).waitFor();
    await checkout.page.goBack();
    await checkout.shopper.sees("step_up.title");
    await checkout.shopper.button("step_up.back").click();
    await checkout.shopper.sees("options.title");
  });

  it("sends the shopper back in the language they chose", async () => {
    await checkout.open();
    await checkout.page.getByRole("link", { name: "العربية" }).click();
    const inArabic = new Shopper(checkout.page, "ar");
    await inArabic.typeCard({ number: CHALLENGED });
    await inArabic.payButton().click();
    await inArabic.button("step_up.continue").click();
    await checkout.page.getByRole("link", { name: "approve" }).click();
    await inArabic.sees("done.title");
  });
});

describe("a bank's page that does not open", () => {
  /** As where the bank's app opens instead: the browser asked for the page, and stays where it is. */
  async function leave(): Promise<string> {
    await checkout.page.route("**/bank/**", (route) => route.fulfill({ status: 204 }));
    await checkout.open();
    await checkout.payWith(CHALLENGED);
    await checkout.shopper.button("step_up.continue").click();
    await checkout.shopper.sees("leaving.title");
    const link = checkout.page.getByRole("link", { name: checkout.shopper.text("step_up.continue") });
    return (await link.getAttribute("href")) ?? "";
  }

  it("can be opened by its link, and another way be chosen", async () => {
    expect(await leave()).toMatch(/^http.*\/bank\/att_/);
    await checkout.shopper.button("step_up.back").click();
    await checkout.shopper.sees("options.title");
  });

  it("is looked after when the shopper is back from the bank's app", async () => {
    const address = await leave();
    await fetch(`${address}/approve`, { redirect: "manual" });
    await checkout.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await checkout.shopper.sees("done.title");
  });
});
