import {
  alternativesOf,
  canRetryRefused,
  findOption,
  INITIAL_STATE,
  listedOptions,
  reduce,
} from "../reducer";
import { TRANSITIONS, type CheckoutEvent, type CheckoutState, type EventType, type Phase } from "../states";
import { attempt, BANK, CARD, CART, CHALLENGED, DECLINE, OFFER, WALLET } from "./support";

const EVENTS: { readonly [Type in EventType]: Extract<CheckoutEvent, { type: Type }> } = {
  cart_loaded: { type: "cart_loaded", cart: CART, offer: OFFER },
  loaded: { type: "loaded", attempt: null },
  refreshed: { type: "refreshed", cart: CART, offer: OFFER, attempt: null },
  selected: { type: "selected", optionId: BANK.id },
  sheet_opened: { type: "sheet_opened" },
  sheet_closed: { type: "sheet_closed" },
  form_reported: { type: "form_reported", optionId: CARD.id, isUsable: true },
  saving_chosen: { type: "saving_chosen", optionId: CARD.id, save: true },
  pay_pressed: { type: "pay_pressed" },
  started: { type: "started", attempt: attempt("ready") },
  step_up_required: { type: "step_up_required", attempt: CHALLENGED },
  acting: { type: "acting", attempt: CHALLENGED },
  leaving: { type: "leaving", attempt: CHALLENGED },
  pending: { type: "pending", attempt: attempt("unknown"), since: 0 },
  declined: {
    type: "declined",
    attempt: attempt("declined"),
    decline: DECLINE,
    offer: { options: [WALLET, BANK], declinedOptions: [] },
  },
  interrupted: { type: "interrupted", notice: "payment_failed", attempt: null },
  went_back: { type: "went_back" },
  ordered: { type: "ordered", order: null },
  blocked: { type: "blocked", reason: "failed" },
  reopened: { type: "reopened" },
};
const PHASES = Object.keys(TRANSITIONS) as Phase[];

function after(...events: CheckoutEvent[]): CheckoutState {
  return events.reduce(reduce, INITIAL_STATE);
}

const choosing = after(EVENTS.cart_loaded, EVENTS.loaded);
const declined = reduce(reduce(choosing, EVENTS.pay_pressed), EVENTS.declined);

describe("the table of transitions", () => {
  it.each(PHASES)("is all that moves the phase %s", (phase) => {
    for (const event of Object.values(EVENTS)) {
      const before = { ...choosing, phase };
      const next = reduce(before, event);
      const expected = TRANSITIONS[phase][event.type];
      if (expected === undefined) expect(next).toBe(before);
      else expect(next.phase).toBe(expected);
    }
  });

  it("has a way on from every phase but done", () => {
    expect(PHASES.filter((phase) => Object.keys(TRANSITIONS[phase]).length === 0)).toEqual(["done"]);
  });

  it("lets nothing be paid while a payment is under way or unknown", () => {
    const payable = PHASES.filter((phase) => "pay_pressed" in TRANSITIONS[phase]);
    expect(payable).toEqual(["choosing"]);
  });
});

describe("choosing", () => {
  it("opens the first option of the list by itself, never a wallet's sheet", () => {
    expect(choosing).toMatchObject({ selectedId: CARD.id, sheetOpen: false });
  });

  it("opens the sheet of a wallet, and closing it selects the list again", () => {
    const opened = reduce(choosing, { type: "selected", optionId: WALLET.id });
    expect(opened).toMatchObject({ selectedId: WALLET.id, sheetOpen: true, phase: "choosing" });
    expect(reduce(opened, EVENTS.sheet_closed)).toMatchObject({ selectedId: CARD.id, sheetOpen: false });
  });

  it("selects what the attempt before a reload was for", () => {
    const found = attempt("ready", { option_id: BANK.id });
    expect(after(EVENTS.cart_loaded, { type: "loaded", attempt: found }).selectedId).toBe(BANK.id);
  });

  it("ignores an option that is not on offer", () => {
    expect(reduce(choosing, { type: "selected", optionId: "pp_z:none" }).selectedId).toBe(CARD.id);
  });

  it("moves to an option that still exists when the offer changes", () => {
    const offer = { options: [WALLET, BANK], declinedOptions: [] };
    const next = reduce(choosing, { type: "refreshed", cart: CART, offer, attempt: null });
    expect(next.selectedId).toBe(BANK.id);
  });
});

describe("what was read anew", () => {
  const paying = [
    EVENTS.pay_pressed,
    { type: "started", attempt: attempt("ready", { id: "att_2" }) },
  ] as const;
  const before = after(EVENTS.cart_loaded, EVENTS.loaded, ...paying);

  it.each([
    ["an attempt from before", attempt("declined", { id: "att_1", decline: DECLINE })],
    ["no attempt, asked for before there was one", null],
  ])("does not put %s in the place of the current one", (_, stale) => {
    const next = reduce(before, { type: "refreshed", cart: CART, offer: OFFER, attempt: stale });
    expect(next).toMatchObject({ attempt: { id: "att_2" }, decline: null });
  });

  it("brings the current attempt in the shopper's language", () => {
    const fresh = attempt("declined", { id: "att_2", decline: DECLINE });
    const next = reduce(before, { type: "refreshed", cart: CART, offer: OFFER, attempt: fresh });
    expect(next).toMatchObject({ attempt: fresh, decline: DECLINE });
  });
});

describe("a decline", () => {
  it("brings the alternatives and keeps the refused option in mind", () => {
    expect(declined).toMatchObject({ phase: "declined", decline: DECLINE, refused: CARD });
    expect(declined.options).toEqual([WALLET, BANK]);
  });

  it("charges nothing when an alternative is chosen: it is only opened", () => {
    expect(reduce(declined, EVENTS.selected)).toMatchObject({ phase: "choosing", selectedId: BANK.id });
  });

  const refusedCard = { ...CARD, decline: DECLINE };
  it.each([
    ["retry", false, true],
    ["fix_details", false, true],
    ["choose_another_method", true, true],
    ["choose_another_method", false, false],
    ["stop", false, false],
  ] as const)(
    "with recovery %s and another_instrument %s offers the option again: %s",
    (recovery, another, again) => {
      const state = {
        ...declined,
        decline: { ...DECLINE, recovery },
        declinedOptions: [{ ...refusedCard, another_instrument: another }],
      };
      expect(canRetryRefused(state)).toBe(again);
      expect(listedOptions(state).includes(CARD)).toBe(again);
    },
  );

  it.each(["authenticate", "fix_details", "choose_another_method", "stop"] as const)(
    "with recovery %s offers the option again where it is still on offer",
    (recovery) => {
      const decline = { ...DECLINE, recovery };
      const state = { ...declined, decline, options: [WALLET, CARD, BANK], declinedOptions: [] };
      expect(canRetryRefused(state)).toBe(true);
      expect(alternativesOf(state)).toEqual([WALLET, BANK]);
      expect(listedOptions(state)).toEqual([WALLET, CARD, BANK]);
    },
  );

  it("leaves what was refused before it and takes another card within reach, last of all", () => {
    const cardAgain = { ...refusedCard, another_instrument: true };
    const offer = { options: [BANK], declinedOptions: [cardAgain, { ...WALLET, ...cardAgain, ...WALLET }] };
    const state = reduce(reduce(declined, { type: "selected", optionId: WALLET.id }), EVENTS.pay_pressed);
    const again = reduce(state, {
      type: "declined",
      attempt: attempt("declined", { option_id: WALLET.id, method: WALLET.method }),
      decline: DECLINE,
      offer,
    });
    expect(alternativesOf(again).map(({ id }) => id)).toEqual([BANK.id, CARD.id]);
    expect(findOption(again, CARD.id)).toMatchObject({ id: CARD.id });
    expect(
      listedOptions(again)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([WALLET.id, BANK.id, CARD.id].sort());
  });

  it("can be looked at again, which may find other ways", () => {
    expect(reduce(declined, EVENTS.reopened).phase).toBe("loading");
  });

  it("lists a method once when another provider of it is on offer", () => {
    const other = { ...CARD, id: "pp_b:card", provider_id: "pp_b" };
    const state = { ...declined, decline: { ...DECLINE, recovery: "retry" as const }, options: [other] };
    expect(listedOptions(state)).toEqual([other]);
  });
});
