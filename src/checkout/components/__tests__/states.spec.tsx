import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import {
  BlockedPanel,
  CheckingPanel,
  LeavingPanel,
  NothingToPay,
  NoticeBox,
  OrderSummary,
  PaymentStep,
  WaitPanel,
} from "..";
import { EMPTY_CARD } from "../../card/card-draft";
import type { PaymentOptionView, SavedMethodView } from "../../client";
import { INITIAL_STATE, type CheckoutState, type Notice } from "../../flow";
import { BANK, CARD, CART, WALLET } from "../../flow/__tests__/support";
import type { GatewayForm } from "../../gateway-form";
import { en } from "../../locales/en";
import { GatewayFormGone } from "../gateway-form-gone";

const STORE = "https://fern.example";
const LINK = `href="${STORE}"`;
const NOBODY = (): void => undefined;
const NO_CARD = {
  draft: EMPTY_CARD,
  errors: {},
  focus: null,
  change: NOBODY,
  leave: NOBODY,
  submit: () => null,
  forgetCvc: NOBODY,
  forgetAll: NOBODY,
  focusOn: NOBODY,
};

type PaymentStepProps = Parameters<typeof PaymentStep>[0];

/** What a part of the page says in English, with the entities of HTML read. */
function drawn(part: ReactElement): string {
  return renderToStaticMarkup(part).replaceAll("&#x27;", "'").replaceAll("&quot;", '"');
}

function step(change: Partial<CheckoutState>, more: Partial<PaymentStepProps> = {}): ReactElement {
  const state: CheckoutState = { ...INITIAL_STATE, phase: "choosing", cart: CART, ...change };
  return (
    <PaymentStep
      state={state}
      card={NO_CARD}
      arrives={false}
      storeUrl={STORE}
      onSelect={NOBODY}
      onOpenSheet={NOBODY}
      onCloseSheet={NOBODY}
      onPay={NOBODY}
      {...more}
    />
  );
}

describe("the way back to the store", () => {
  it.each([
    [
      "a limit that holds for a while",
      <WaitPanel retryAt={Date.now() + 9_000} storeUrl={STORE} onRetry={NOBODY} />,
    ],
    ["a limit that is over", <WaitPanel retryAt={0} storeUrl={STORE} onRetry={NOBODY} />],
    ["a link that does not work", <BlockedPanel reason="not_found" storeUrl={STORE} onRetry={null} />],
    ["no way to pay", step({})],
    ["no way to pay and something to tell", step({ notice: "payment_returned" })],
  ])("is given with %s", (_, part) => expect(drawn(part)).toContain(LINK));

  it.each<[Notice, boolean]>([
    ["cart_incomplete", true],
    ["item_unavailable", true],
    ["payment_returned", true],
    ["order_not_placed", true],
    ["payment_failed", false],
    ["total_changed", false],
  ])("is given with the notice %s: %s", (notice, isGiven) => {
    const part = <NoticeBox notice={notice} amount="€24.00" storeUrl={STORE} />;
    expect(drawn(part).includes(LINK)).toBe(isGiven);
  });

  it("is given with such a notice above the options", () => {
    expect(drawn(step({ options: [BANK], notice: "item_unavailable" }))).toContain(LINK);
  });
});

describe("choosing how to pay", () => {
  it("does not say that nothing was charged where a payment is being returned", () => {
    const said = drawn(step({ notice: "payment_returned" }));
    expect(said).toContain(en["notice.payment_returned"]);
    expect(said).not.toContain("Nothing was charged");
  });

  it.each([
    ["card details", CARD, true],
    ["a bank's page", BANK, false],
  ])("says what becomes of details only where there are any: %s", (_, option, isSaid) => {
    const said = drawn(step({ options: [WALLET, option], selectedId: option.id }));
    expect(said.includes(en["pay.safe"])).toBe(isSaid);
  });
});

describe("the box to keep it for next time", () => {
  const KEEPABLE = { ...CARD, can_save: true };
  const asked = (option: PaymentOptionView, change: Partial<CheckoutState> = {}, onSave = NOBODY): string =>
    drawn(step({ options: [option, BANK], selectedId: option.id, ...change }, { onSave }));

  it("is there where the store can keep it, unticked, and nowhere else", () => {
    expect(asked(KEEPABLE)).toContain(en["save.card"]);
    expect(asked(KEEPABLE)).toContain(en["pay.safe"]);
    expect(asked(KEEPABLE)).not.toMatch(/<input type="checkbox"[^>]* checked/);
    expect(asked(CARD)).not.toContain("checkbox");
    expect(drawn(step({ options: [KEEPABLE], selectedId: KEEPABLE.id }))).not.toContain("checkbox");
  });

  it("ticked, does not say beside it that nothing is kept", () => {
    const said = asked(KEEPABLE, { savingIds: [KEEPABLE.id] });
    expect(said).toMatch(/<input type="checkbox"[^>]* checked/);
    expect(said).toContain(en["pay.safe_saved"]);
    expect(said).not.toContain(en["pay.safe"]);
  });

  it("names the service of what is no card", () => {
    const account = { ...KEEPABLE, method: "acme_pay", title: "Acme Pay" };
    expect(asked(account)).toContain("Save Acme Pay for next time");
    expect(asked(account)).toContain(en["save.account_help"]);
  });

  it("cannot be changed while a payment is under way", () => {
    expect(asked(KEEPABLE, { phase: "paying" })).toMatch(/<input type="checkbox"[^>]* disabled/);
  });
});

describe("what the customer has saved", () => {
  const method: SavedMethodView = {
    id: "pm_1",
    provider_id: CARD.provider_id,
    option_id: CARD.id,
    method: "card",
    brand: "visa",
    last4: "4242",
    exp_month: 12,
    exp_year: 2040,
  };
  const told = (isLate: boolean, option = CARD, kept = method): string =>
    drawn(
      step(
        { options: [option, BANK], selectedId: option.id },
        {
          saved: {
            isKnown: true,
            isLate,
            of: ({ id }) => (id === option.id ? [kept] : []),
            chosen: ({ id }) => (id === option.id && !isLate ? kept : undefined),
            choose: NOBODY,
          },
        },
      ),
    );

  it("takes the place of the form, which nobody has seen yet", () => {
    expect(told(false)).toContain("Visa ending in 4242");
    expect(told(false)).not.toContain(en["card.number"]);
  });

  it("is folded up above the form where it comes late", () => {
    expect(told(true)).toMatch(/<details class="tender-saved-late"><summary>/);
    expect(told(true)).toContain(en["card.number"]);
  });

  it("is named by its service where it is no card", () => {
    const option = { ...CARD, method: "acme_pay", title: "Acme Pay" };
    expect(told(false, option, { ...method, brand: null, last4: null })).toContain(
      "Your saved Acme Pay account",
    );
  });

  it("opens nothing in the row of an option without a form", () => {
    const none = { ...BANK, client: { form: "none" } };
    const saved = { isKnown: true, isLate: false, of: () => [], chosen: () => undefined, choose: NOBODY };
    expect(drawn(step({ options: [none], selectedId: none.id }, { saved }))).not.toContain(
      "tender-option__form",
    );
  });
});

describe("an option that is paid with by its service's own button", () => {
  const client = { form: "acme_button" };
  const form: GatewayForm = {
    draws: (option) => option.client["form"] === client.form,
    hasOwnButton: () => true,
    actsOn: () => false,
    load: () => new Promise(() => undefined),
  };
  const drawnBy = (forms: readonly GatewayForm[], option: PaymentOptionView) =>
    drawn(step({ forms, options: [option, BANK], selectedId: option.id }));

  it("leaves no button of the page's beside it, and no word of details", () => {
    const said = drawnBy([form], { ...CARD, client });
    expect(said).toContain(en["form.loading"]);
    expect(said).not.toContain("Pay €");
    expect(said).not.toContain(en["pay.safe"]);
  });

  it("has fields with the page's button otherwise", () => {
    const said = drawnBy([{ ...form, hasOwnButton: () => false }], { ...CARD, client });
    expect(said).toContain("Pay €");
    expect(said).toContain(en["pay.safe"]);
  });
});

describe("a form that cannot be used", () => {
  const gone = (change: Partial<Parameters<typeof GatewayFormGone>[0]>): string =>
    drawn(
      <GatewayFormGone
        why="failed"
        worksWithoutScript={false}
        hasOtherWays
        storeUrl={STORE}
        onTryAgain={NOBODY}
        {...change}
      />,
    );

  it("may be loaded again where its script failed, and only there", () => {
    expect(gone({})).toContain(en["form.unavailable"]);
    expect(gone({})).toContain(en["form.try_again"]);
    expect(gone({ why: "not_offered" })).toContain(en["form.not_offered"]);
    expect(gone({ why: "not_offered" })).not.toContain(en["form.try_again"]);
  });

  it("promises other ways only where there are any", () => {
    expect(gone({})).toContain(en["form.other_ways"]);
    expect(gone({ hasOtherWays: false })).not.toContain(en["form.other_ways"]);
    expect(gone({ hasOtherWays: false })).toContain(LINK);
  });

  it("is no hindrance where a page of the service's does the same", () => {
    const failed = gone({ worksWithoutScript: true });
    expect(failed).toContain(en["form.button_unavailable"]);
    expect(failed).toContain(en["options.redirect_help"]);
    const other = gone({ worksWithoutScript: true, why: "not_offered" });
    expect(other).not.toContain(en["form.button_unavailable"]);
    expect(other).toContain(en["options.redirect_help"]);
  });
});

describe("leaving for the bank's page", () => {
  it("first only says so", () => {
    expect(drawn(<LeavingPanel url="https://bank.example/" onBack={NOBODY} />)).not.toContain("href");
  });
});

describe("waiting for an outcome", () => {
  it.each([
    ["at once where it took long before a reload", 61_000, true],
    ["not before the time is over", 59_000, false],
  ])("offers another way %s", (_, ago_ms, isOffered) => {
    const since = Date.now() - ago_ms;
    const said = drawn(<CheckingPanel since={since} anotherWayAfter_s={60} onAnotherWay={NOBODY} />);
    expect(said.includes(en["checking.another_way_help"])).toBe(isOffered);
  });
});

describe("a cart with nothing to pay", () => {
  const free: CheckoutState = { ...INITIAL_STATE, phase: "choosing", cart: { ...CART, total: 0 } };

  it("has one button, which places the order", () => {
    const said = drawn(<NothingToPay state={free} storeUrl={STORE} onPlace={NOBODY} />);
    expect(said).toContain(en["free.title"]);
    expect(said.match(/<button/g)).toHaveLength(1);
    expect(said).toContain(en["free.place"]);
  });

  it("shows progress in the button", () => {
    const said = drawn(<NothingToPay state={{ ...free, phase: "paying" }} onPlace={NOBODY} />);
    expect(said).toContain('aria-busy="true"');
    expect(said).toContain(en["free.placing"]);
  });

  it("says so when the order could not be placed", () => {
    const said = drawn(
      <NothingToPay state={{ ...free, notice: "order_not_placed" }} storeUrl={STORE} onPlace={NOBODY} />,
    );
    expect(said).toContain(en["notice.order_not_placed"]);
    expect(said).toContain(LINK);
  });
});

describe("the order summary", () => {
  it("names what gift cards and store credit pay", () => {
    const said = drawn(<OrderSummary cart={{ ...CART, credit_line_total: 10, total: 14 }} />);
    expect(said).toContain(en["summary.credit"]);
    expect(said).toContain("-€10.00");
  });

  it("has no row for what the cart does not have", () => {
    const said = drawn(<OrderSummary cart={CART} />);
    for (const key of ["summary.credit", "summary.discount", "summary.tax"] as const) {
      expect(said).not.toContain(en[key]);
    }
  });
});
