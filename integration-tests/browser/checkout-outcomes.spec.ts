import { accessibilityViolations, openContext, closeContext } from "./support/browser";
import { withFakeCheckout } from "./support/fake-checkout";
import { Shopper } from "./support/shopper";

const APPROVED = "4242 4242 4242 4242";
const SLOW = "4000 0000 0000 0119";

const checkout = withFakeCheckout();

describe("a finished order", () => {
  it("leads back to the store where the operator named its address", async () => {
    checkout.store.storeUrl = `${checkout.store.url}/shop`;
    await checkout.open();
    await checkout.payWith(APPROVED);
    await checkout.shopper.sees("done.title");
    expect(
      await checkout.page
        .getByRole("link", { name: checkout.shopper.text("store.back") })
        .getAttribute("href"),
    ).toBe(`${checkout.store.url}/shop`);
  });

  it("has no such link where none was named", async () => {
    await checkout.open();
    await checkout.payWith(APPROVED);
    await checkout.shopper.sees("done.title");
    expect(await checkout.page.getByRole("link", { name: checkout.shopper.text("store.back") }).count()).toBe(
      0,
    );
  });

  it("is not called paid when it is to be paid on delivery", async () => {
    await checkout.open();
    await checkout.page.getByRole("radio", { name: "Pay on delivery" }).check();
    await checkout.shopper.payButton().click();
    await checkout.shopper.sees("done.title");
    expect(await checkout.shopper.facts()).toEqual({
      [checkout.shopper.text("done.order_number")]: "#1042",
      [checkout.shopper.text("summary.total")]: "€24.00",
      [checkout.shopper.text("done.payment")]: "Pay on delivery",
      [checkout.shopper.text("done.email")]: "sam@example.com",
    });
  });
});

describe("an unknown outcome", () => {
  it("lets the shopper pay another way once the operator's time is over, and not before", async () => {
    checkout.store.unknownBlocks_ms = 1_500;
    await checkout.open();
    await checkout.payWith(SLOW);
    await checkout.shopper.sees("checking.title");
    expect(await checkout.shopper.button("checking.another_way").count()).toBe(0);
    await checkout.shopper.button("checking.another_way").click({ timeout: 3_000 });
    await checkout.shopper.seesNotice("first_payment_returned");
    await checkout.page.reload();
    await checkout.shopper.sees("options.title");
  });

  it("is looked up until it is known, whatever became of the answer", async () => {
    await checkout.open();
    checkout.store.twist = "cut";
    await checkout.payWith(APPROVED);
    await checkout.shopper.sees("checking.title");
    await checkout.shopper.sees("done.title");
    expect(checkout.store.confirms.filter((body) => JSON.stringify(body).includes("4242"))).toHaveLength(1);
  });

  it("gives the options back when nothing came of it", async () => {
    await checkout.open();
    checkout.store.twist = "cut_before";
    await checkout.payWith(APPROVED);
    await checkout.shopper.sees("checking.title");
    await checkout.page.getByText(checkout.shopper.text("notice.lost_nothing_charged")).first().waitFor();
    expect(await checkout.shopper.field("card.number").inputValue()).toBe(APPROVED);
  });

  it("is found again by the page's link, in another browser too", async () => {
    checkout.store.isUndecided = true;
    await checkout.open();
    await checkout.payWith(SLOW);
    await checkout.shopper.sees("checking.title");
    const link = checkout.page.url();
    const elsewhere = await openContext(checkout.browser);
    try {
      await elsewhere.page.goto(link);
      const other = new Shopper(elsewhere.page, "en");
      await other.sees("checking.title");
      checkout.store.isUndecided = false;
      await other.sees("done.title");
    } finally {
      await closeContext(elsewhere.context);
    }
  });
});

describe("a cart with nothing to pay", () => {
  beforeEach(async () => {
    checkout.store.isFree = true;
    await checkout.page.goto(checkout.store.checkout("en"));
    await checkout.shopper.sees("free.title");
  });

  it("is placed once, however fast the button is pressed, and leads to the order", async () => {
    checkout.store.pace_ms = 300;
    await checkout.shopper.button("free.place").dblclick();
    await checkout.shopper.sees("done.title");
    expect(checkout.store.placed).toBe(1);
    expect(await checkout.shopper.facts()).toMatchObject({
      [checkout.shopper.text("done.order_number")]: "#1042",
      [checkout.shopper.text("summary.total")]: "€0.00",
    });
  });

  it("says so when no answer came, and finds the order on the next press", async () => {
    checkout.store.twist = "cut";
    await checkout.shopper.button("free.place").click();
    await checkout.shopper.seesNotice("order_not_answered");
    expect(await accessibilityViolations(checkout.page)).toEqual([]);
    await checkout.shopper.button("free.place").click();
    await checkout.shopper.sees("done.title");
  });
});

describe("what cannot be paid", () => {
  it("says so for an unknown cart", async () => {
    await checkout.page.goto(checkout.store.checkout("en", "cart_gone"));
    await checkout.shopper.sees("blocked.not_found.title");
    expect(await accessibilityViolations(checkout.page)).toEqual([]);
  });

  it("says so when there is no option", async () => {
    checkout.store.noOptions = true;
    await checkout.page.goto(checkout.store.checkout("en"));
    await checkout.shopper.sees("options.none.title");
  });

  it("can be tried again when the store was out of reach", async () => {
    await checkout.page.route("**/store/**", (route) => route.abort());
    await checkout.page.goto(checkout.store.checkout("en"));
    await checkout.shopper.sees("blocked.unreachable.title");
    await checkout.page.unroute("**/store/**");
    await checkout.shopper.button("blocked.retry").click();
    await checkout.shopper.sees("options.title");
  });
});
