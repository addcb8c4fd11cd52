import { withPayPalCheckout } from "./support/paypal/paypal-checkout";
import { APPROVED, decideInWindow, FIELDS, typeInto } from "./support/paypal/paypal-store";
import {
  APPROVED as STRIPE_APPROVED,
  FIELDS as STRIPE_FIELDS,
  FUNDS as STRIPE_FUNDS,
  typeInto as typeIntoStripe,
} from "./support/stripe/stripe-store";

/** One of the two takes over where the other cannot be paid with. */
withPayPalCheckout((on) => {
  it("PayPal finishes a cart whose card Stripe refused", async () => {
    await on.offer("pp_stripe_main", "pp_paypal_main");
    const shopper = await on.visit();
    await typeIntoStripe(on.page, "en", STRIPE_FUNDS);
    await shopper.payButton().click();
    await shopper.alternatives().first().waitFor();
    await on.lookAt("stripe-declined-paypal-next-en-desktop");
    const before = on.authorized();
    await shopper.alternatives().filter({ hasText: "PayPal" }).first().click();
    await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
    await shopper.sees("done.title");
    expect(on.authorized() - before).toBe(1);
  });

  it("PayPal finishes a cart that Stripe cannot take", async () => {
    await on.offer("pp_stripe_main", "pp_paypal_main");
    const shopper = await on.visit();
    await typeIntoStripe(on.page, "en", STRIPE_APPROVED);
    await on.stripe.api.fault({ operation: "payment_intents.create", fault: "http_429" });
    const before = on.authorized();
    await shopper.payButton().click();
    await shopper.seesNotice("details_again");
    await on.page.getByLabel(FIELDS.en[3]).waitFor();
    await on.lookAt("stripe-down-paypal-next-en-desktop");
    await typeInto(on.page, "en", { number: APPROVED });
    await shopper.payButton().click();
    await shopper.sees("done.title");
    expect(on.authorized() - before).toBe(1);
  });

  it("Stripe finishes a cart whose payer PayPal's own funding was refused to", async () => {
    await on.offer("pp_stripe_main", "pp_paypal_main");
    const shopper = await on.visit();
    await on.choose("PayPal");
    const [opened] = await Promise.all([on.context.waitForEvent("page"), on.stubButton("PayPal").click()]);
    await opened.getByLabel("Pay with").selectOption("declined");
    await opened.getByRole("button", { name: "Approve" }).click();
    // PayPal lets the payer choose other funding on its page first.
    await on.page.waitForURL(/checkoutnow/);
    await on.page.getByRole("button", { name: "Cancel" }).click();
    await shopper.seesNotice("step_up_unfinished");
    const before = on.stripeAuthorized();
    await on.page.locator("input[type=radio]").first().check();
    await typeIntoStripe(on.page, "en", STRIPE_APPROVED);
    await shopper.payButton().click();
    await shopper.sees("done.title");
    expect(on.stripeAuthorized() - before).toBe(1);
  });

  it.each([
    ["cannot take", { operation: "orders.create", fault: "http_429" }],
    ["is down for", { fault: "refuse" }],
  ] as const)("Stripe finishes a cart that PayPal %s", async (title, fault) => {
    await on.offer("pp_paypal_main", "pp_stripe_main");
    const shopper = await on.visit();
    await typeInto(on.page, "en", { number: APPROVED });
    const before = [on.authorized(), on.stripeAuthorized()] as const;
    await on.paypal.api.fault(fault);
    await shopper.payButton().click();
    await shopper.seesNotice("details_again");
    await on.page.getByLabel(STRIPE_FIELDS.en[1]).waitFor();
    await on.lookAt(`paypal-${title.replaceAll(" ", "-")}-stripe-next-en-desktop`);
    await typeIntoStripe(on.page, "en", STRIPE_APPROVED);
    await shopper.payButton().click();
    await shopper.sees("done.title");
    expect([on.authorized(), on.stripeAuthorized()]).toEqual([before[0], before[1] + 1]);
  });
});
