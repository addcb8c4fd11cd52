import { DECLINE_CATEGORIES, type DeclineCategory } from "../../../gateway/declines";
import type { GatewayErrorKind } from "../../../gateway/errors";
import {
  MAX_ATTEMPTS_PER_CART,
  MAX_RETRIES_ON_PROVIDER,
  MAX_SWITCHES,
  recall,
  recover,
  recoverFromError,
  recoveryOver,
} from "../recover";
import { RECOVERY_RULES } from "../rules";
import type { RecoveryAction, RecoveryContext, RecoveryRule } from "../types";

/** A first card try, with another provider and another method left, whose token only its own processor can charge. */
const FIRST_TRY: RecoveryContext = {
  tries_on_provider: 1,
  switches: 0,
  attempts_in_cart: 1,
  provider_alternatives: 1,
  other_methods: 1,
  credential_in_hand: true,
  portable_credential: false,
  authenticated: false,
};
const PORTABLE: RecoveryContext = { ...FIRST_TRY, portable_credential: true };
const TRIED_TWICE: RecoveryContext = { ...PORTABLE, tries_on_provider: 2, attempts_in_cart: 2 };

const refused = (category: DeclineCategory) => ({ category, code: "some_code" });

describe("each category", () => {
  type Row = { first: RecoveryAction; portable: RecoveryAction; again: RecoveryAction; generic?: true; alert?: true };
  const TAXONOMY = {
    authenticate: { first: "authenticate", portable: "authenticate", again: "choose_another_method" },
    provider_transient: { first: "retry", portable: "retry", again: "switch_provider" },
    issuer_transient: { first: "retry", portable: "retry", again: "choose_another_method" },
    issuer_generic: { first: "choose_another_method", portable: "switch_provider", again: "switch_provider" },
    issuer_refused: { first: "choose_another_method", portable: "choose_another_method", again: "choose_another_method" },
    funds_limit: { first: "choose_another_method", portable: "choose_another_method", again: "choose_another_method" },
    fix_data: { first: "fix_details", portable: "fix_details", again: "fix_details" },
    instrument_unusable: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
    },
    unsupported_here: { first: "choose_another_method", portable: "switch_provider", again: "switch_provider" },
    never: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
      generic: true,
    },
    risk: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
      generic: true,
    },
    compliance: { first: "stop", portable: "stop", again: "stop", alert: true },
    reconcile: { first: "reconcile", portable: "reconcile", again: "reconcile" },
    merchant_config: { first: "choose_another_method", portable: "switch_provider", again: "switch_provider", alert: true },
    session_expired: { first: "retry", portable: "retry", again: "choose_another_method" },
    unclassified: { first: "choose_another_method", portable: "choose_another_method", again: "choose_another_method" },
  } satisfies Record<DeclineCategory, Row>;

  it.each(Object.entries(TAXONOMY) as [DeclineCategory, Row][])("%s does what its row says", (category, row) => {
    const decision = recover(refused(category), FIRST_TRY);
    expect(decision).toMatchObject({
      action: row.first,
      rule_id: `category.${category}`,
      show_generic: row.generic ?? false,
      alert_operator: row.alert ?? false,
      never_again_same_instrument: category === "never",
    });
    expect(recover(refused(category), PORTABLE).action).toBe(row.portable);
    expect(recover(refused(category), TRIED_TWICE).action).toBe(row.again);
  });

  it("a provider's passing trouble ends in another method when no other provider can charge the card", () => {
    expect(recover(refused("provider_transient"), { ...TRIED_TWICE, portable_credential: false }).action).toBe(
      "choose_another_method",
    );
  });

  it("a plain bank refusal is put to one other processor, not two", () => {
    expect(recover(refused("issuer_generic"), { ...PORTABLE, switches: 1 }).action).toBe("choose_another_method");
  });

  it("authentication that was done and refused asks for another method", () => {
    expect(recover(refused("authenticate"), { ...FIRST_TRY, authenticated: true })).toMatchObject({
      action: "choose_another_method",
      rules_out_option: true,
    });
  });

  it("an expired session is started again by the shopper, never by us", () => {
    expect(recover(refused("session_expired"), PORTABLE)).toMatchObject({ action: "retry", silent: false });
  });

  it("a risk block is tried elsewhere only when the operator opted in, and never after 3-D Secure", () => {
    const opted_in = { ...PORTABLE, opt_in: { risk_switch: true } };
    expect(recover(refused("risk"), opted_in).action).toBe("switch_provider");
    expect(recover(refused("risk"), { ...opted_in, authenticated: true }).action).toBe("choose_another_method");
  });

  it("looks the same to the shopper for risk, never and a plain refusal", () => {
    const seen = (["risk", "never", "issuer_generic"] as const).map((category) => {
      const { action, another_instrument, rules_out_option } = recover(refused(category), FIRST_TRY);
      return { action, another_instrument, rules_out_option };
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });
});

describe("what is ruled out", () => {
  it("stays on offer while the shopper is still at it", () => {
    for (const category of ["authenticate", "provider_transient", "issuer_transient", "fix_data", "reconcile"] as const) {
      expect(recover(refused(category), FIRST_TRY).rules_out_option).toBe(false);
    }
  });

  it("is the method when the card is refused, the provider when the provider is at fault", () => {
    expect(recover(refused("funds_limit"), FIRST_TRY)).toMatchObject({ rules_out_option: true, scope: "method" });
    expect(recover(refused("merchant_config"), FIRST_TRY)).toMatchObject({ rules_out_option: true, scope: "provider" });
  });

  it("is only the first provider while a second one is being asked about the same card", () => {
    expect(recover(refused("issuer_generic"), PORTABLE)).toMatchObject({ action: "switch_provider", scope: "provider" });
  });
});

describe("advice", () => {
  const VISA_NEVER = ["04", "07", "12", "41", "43", "46", "57", "R0", "R1", "R3"];

  it.each(VISA_NEVER)("Visa response code %s is never sent again and shown without its reason", (network_code) => {
    expect(recover({ ...refused("issuer_transient"), network_code }, FIRST_TRY)).toMatchObject({
      action: "choose_another_method",
      never_again_same_instrument: true,
      another_instrument: true,
      show_generic: true,
    });
  });

  it.each(["14", "15"])("Visa response code %s bars the number, which can be corrected", (network_code) => {
    expect(recover({ ...refused("fix_data"), network_code }, FIRST_TRY)).toMatchObject({
      action: "fix_details",
      silent: false,
      never_again_same_instrument: true,
    });
  });

  it.each(["03", "21", "do_not_try_again"])("%s is never again, whatever the category hopes for", (advice_code) => {
    expect(recover({ ...refused("provider_transient"), advice_code }, PORTABLE)).toMatchObject({
      action: "choose_another_method",
      never_again_same_instrument: true,
      show_generic: true,
    });
  });

  it.each(["02", "try_again_later"])("%s is not now: no switch, another method", (advice_code) => {
    expect(recover({ ...refused("issuer_generic"), advice_code }, PORTABLE).action).toBe("choose_another_method");
  });

  it.each(["02", "try_again_later"])("%s does not undo a 3-D Secure step or the one retry", (advice_code) => {
    expect(recover({ ...refused("authenticate"), advice_code }, FIRST_TRY).action).toBe("authenticate");
    expect(recover({ ...refused("issuer_transient"), advice_code }, FIRST_TRY).action).toBe("retry");
  });

  it("01 (new account information) asks for another card", () => {
    expect(recover({ ...refused("issuer_transient"), advice_code: "01" }, FIRST_TRY)).toMatchObject({
      action: "choose_another_method",
      another_instrument: true,
    });
  });

  it("confirm_card_data asks the shopper to check what was entered", () => {
    expect(recover({ ...refused("issuer_generic"), advice_code: "confirm_card_data" }, PORTABLE).action).toBe(
      "fix_details",
    );
  });

  it("a PayPal account that cannot pay is out for this cart; one that needs other funding is not", () => {
    expect(recover({ category: "never", code: "PAYER_CANNOT_PAY" }, FIRST_TRY)).toMatchObject({
      rules_out_option: true,
      another_instrument: false,
    });
    expect(recover({ category: "instrument_unusable", code: "INSTRUMENT_DECLINED" }, FIRST_TRY)).toMatchObject({
      action: "choose_another_method",
      rules_out_option: false,
    });
  });

  it("keeps a lost card's reason secret even when milder advice decides", () => {
    expect(
      recover({ category: "never", code: "lost_card", advice_code: "confirm_card_data" }, FIRST_TRY).show_generic,
    ).toBe(true);
  });

  it("never skips reading a payment that may have moved money", () => {
    expect(recover({ ...refused("reconcile"), network_code: "41", advice_code: "03" }, FIRST_TRY).action).toBe("reconcile");
  });
});

describe("precedence", () => {
  const said_by = (decline: Parameters<typeof recover>[0]) => recover(decline, FIRST_TRY).rule_id;
  const everything = {
    category: "instrument_unusable",
    code: "INSTRUMENT_DECLINED",
    network_code: "41",
    advice_code: "do_not_try_again",
  } as const;

  it("is network, gateway advice, decline code, category", () => {
    expect(said_by(everything)).toBe("network.visa_category_1");
    expect(said_by({ ...everything, network_code: "51" })).toBe("advice.do_not_try_again");
    expect(said_by({ ...everything, network_code: "51", advice_code: "nothing_known" })).toBe("code.choose_other_funding");
    expect(said_by({ category: "instrument_unusable", code: "expired_card" })).toBe("category.instrument_unusable");
  });

  it("does not depend on where in the table a row stands", () => {
    const reversed = recoveryOver([...RECOVERY_RULES].reverse());
    expect(reversed.recover(everything, FIRST_TRY).rule_id).toBe("network.visa_category_1");
  });

  it("an unmapped code in no known category never retries by itself", () => {
    const stored_by_a_later_version = { category: "brand_new" as DeclineCategory, code: "x" };
    expect(recover(stored_by_a_later_version, PORTABLE)).toMatchObject({
      action: "choose_another_method",
      rule_id: "category.unclassified",
    });
  });
});

describe("errors without an outcome", () => {
  const EXPECTED = {
    unavailable: "switch_provider",
    misconfigured: "switch_provider",
    unknown: "reconcile",
    invalid_data: "fix_details",
    invalid_webhook: "reconcile",
  } satisfies Record<GatewayErrorKind, RecoveryAction>;

  it.each(Object.entries(EXPECTED) as [GatewayErrorKind, RecoveryAction][])("%s leads to %s", (kind, action) => {
    const decision = recoverFromError(kind, PORTABLE);
    expect(decision.action).toBe(action);
    expect(decision.alert_operator).toBe(kind === "misconfigured");
  });

  it("passes a provider over before anything was entered, portable or not", () => {
    const before = { ...FIRST_TRY, credential_in_hand: false, before_credentials: true };
    expect(recoverFromError("unavailable", before)).toMatchObject({ action: "switch_provider", silent: true });
    expect(recoverFromError("unavailable", { ...before, before_credentials: false }).action).toBe("choose_another_method");
  });

  it("leaves it to health whether an unreachable provider stays on offer, but rules out a misconfigured one", () => {
    expect(recoverFromError("unavailable", FIRST_TRY).rules_out_option).toBe(false);
    expect(recoverFromError("misconfigured", FIRST_TRY)).toMatchObject({ rules_out_option: true, scope: "provider" });
  });
});

describe("stop", () => {
  const nothing_left = { ...FIRST_TRY, provider_alternatives: 0, other_methods: 0 };

  it("comes only when no method, provider or card is left", () => {
    const payer = { category: "never", code: "PAYER_CANNOT_PAY" } as const;
    expect(recover(payer, nothing_left).action).toBe("stop");
    expect(recover(payer, { ...nothing_left, other_methods: 1 }).action).toBe("choose_another_method");
    expect(recover(refused("funds_limit"), nothing_left).action).toBe("choose_another_method");
    expect(recover(refused("merchant_config"), nothing_left).action).toBe("stop");
    expect(recover(refused("merchant_config"), { ...nothing_left, provider_alternatives: 1 }).action).toBe(
      "choose_another_method",
    );
  });

  it("comes after the cart's last attempt, except that an open question is still read", () => {
    const last = { ...PORTABLE, attempts_in_cart: MAX_ATTEMPTS_PER_CART };
    for (const category of DECLINE_CATEGORIES) {
      expect(recover(refused(category), last).action).toBe(category === "reconcile" ? "reconcile" : "stop");
    }
  });
});

describe("in every circumstance", () => {
  const BOTH = [true, false];
  const contexts: RecoveryContext[] = [1, 2, 3].flatMap((tries_on_provider) =>
    [0, 1, 2, 3].flatMap((switches) =>
      [1, MAX_ATTEMPTS_PER_CART - 1, MAX_ATTEMPTS_PER_CART, MAX_ATTEMPTS_PER_CART + 1].flatMap((attempts_in_cart) =>
        [0, 2].flatMap((provider_alternatives) =>
          BOTH.flatMap((credential_in_hand) =>
            BOTH.flatMap((portable_credential) =>
              BOTH.map((authenticated) => ({
                tries_on_provider,
                switches,
                attempts_in_cart,
                provider_alternatives,
                other_methods: provider_alternatives,
                credential_in_hand,
                portable_credential,
                authenticated,
                opt_in: { risk_switch: true },
              })),
            ),
          ),
        ),
      ),
    ),
  );
  const declines = DECLINE_CATEGORIES.flatMap((category) =>
    [undefined, "03", "02", "do_not_try_again", "try_again_later", "confirm_card_data"].map((advice_code) => ({
      category,
      code: "some_code",
      advice_code,
    })),
  );
  const decisions = contexts.flatMap((context) =>
    declines.map((decline) => ({ context, decline, decision: recover(decline, context) })),
  );

  it("charges silently only what is in hand, and elsewhere only what is portable", () => {
    const silent = decisions.filter(({ decision }) => decision.silent);
    expect(silent.length).toBeGreaterThan(0);
    for (const { context, decision } of silent) {
      expect(["retry", "switch_provider"]).toContain(decision.action);
      expect(context.credential_in_hand).toBe(true);
      expect(decision.action === "retry" || context.portable_credential).toBe(true);
    }
  });

  it("switches only silently, and only to a provider that exists", () => {
    for (const { context, decision } of decisions.filter((each) => each.decision.action === "switch_provider")) {
      expect(decision.silent).toBe(true);
      expect(context.provider_alternatives).toBeGreaterThan(0);
    }
  });

  it("keeps every budget", () => {
    for (const { context, decision } of decisions) {
      if (decision.action === "retry" || decision.action === "authenticate") {
        expect(context.tries_on_provider).toBeLessThanOrEqual(MAX_RETRIES_ON_PROVIDER);
      }
      if (decision.action === "switch_provider") {
        expect(context.switches).toBeLessThan(MAX_SWITCHES);
      }
      if (decision.action !== "reconcile" && decision.action !== "stop") {
        expect(context.attempts_in_cart).toBeLessThan(MAX_ATTEMPTS_PER_CART);
      }
    }
  });

  it("never repeats by itself what must never be sent again", () => {
    for (const { decision } of decisions.filter((each) => each.decision.never_again_same_instrument)) {
      expect(decision.silent).toBe(false);
    }
  });
});

describe("the table", () => {
  it("names the source of every rule", () => {
    expect(RECOVERY_RULES.filter(({ source }) => source.trim() === "")).toEqual([]);
  });

  it("is refused when two rules share an id or nothing covers the unmapped", () => {
    expect(() => recoveryOver([...RECOVERY_RULES, ...RECOVERY_RULES.slice(0, 1)])).toThrow(/network\.visa_category_1/);
    expect(() => recoveryOver(RECOVERY_RULES.filter(({ id }) => id !== "category.unclassified"))).toThrow(/unclassified/);
  });

  it("finds the right rule among hundreds", () => {
    const template = RECOVERY_RULES.find(({ id }) => id === "code.choose_other_funding") as RecoveryRule;
    const many = Array.from({ length: 200 }, (_, n): RecoveryRule => ({ ...template, id: `own.${n}`, match: { codes: [`c${n}`] } }));
    const { ruleFor } = recoveryOver([...RECOVERY_RULES, ...many]);
    expect(ruleFor({ category: "funds_limit", code: "c137" }).id).toBe("own.137");
    expect(ruleFor({ category: "funds_limit", code: "c200" }).id).toBe("category.funds_limit");
  });
});

describe("recalling a past attempt", () => {
  const decline = refused("provider_transient");

  it("says what was recorded, not what would be decided anew", () => {
    const recovery = { rule_id: "category.provider_transient", action: "choose_another_method" } as const;
    expect(recall({ decline, recovery })).toMatchObject({ action: "choose_another_method", rules_out_option: true });
    expect(recall({ decline, recovery: { ...recovery, action: "retry" } })).toMatchObject({ rules_out_option: false });
  });

  it("falls back on the decline when nothing was recorded or the rule is gone, and on nothing without one", () => {
    expect(recall({ decline: refused("funds_limit"), recovery: null })).toMatchObject({ rules_out_option: true });
    expect(recall({ decline, recovery: { rule_id: "gone", action: "retry" } })?.rule_id).toBe("category.provider_transient");
    expect(recall({ decline: null, recovery: null })).toBeUndefined();
  });
});
