import type { DeclineCategory } from "../../../gateway/declines";
import { recoveryOver } from "../recover";
import { RECOVERY_RULES } from "../rules";
import type { RecoveryRule } from "../types";
import { FIRST_TRY, PORTABLE, recall, recover, refused } from "./fixtures";

describe("advice", () => {
  const VISA_NEVER = ["04", "07", "12", "41", "43", "46", "57", "R0", "R1", "R3"];

  it.each(VISA_NEVER)(
    "Visa response code %s is never sent again and shown without its reason",
    (network_code) => {
      expect(recover({ ...refused("issuer_transient"), network_code }, FIRST_TRY)).toMatchObject({
        action: "choose_another_method",
        never_again_same_instrument: true,
        another_instrument: true,
        show_generic: true,
      });
    },
  );

  it.each(["14", "15"])("Visa response code %s bars the number, which can be corrected", (network_code) => {
    expect(recover({ ...refused("fix_data"), network_code }, FIRST_TRY)).toMatchObject({
      action: "fix_details",
      silent: false,
      never_again_same_instrument: true,
    });
  });

  it.each(["03", "21", "do_not_try_again"])(
    "%s is never again, whatever the category hopes for",
    (advice_code) => {
      expect(recover({ ...refused("provider_transient"), advice_code }, PORTABLE)).toMatchObject({
        action: "choose_another_method",
        never_again_same_instrument: true,
        show_generic: true,
      });
    },
  );

  it.each(["02", "try_again_later"])("%s is not now: no switch, another method", (advice_code) => {
    expect(recover({ ...refused("issuer_generic"), advice_code }, PORTABLE).action).toBe(
      "choose_another_method",
    );
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
    expect(
      recover({ category: "instrument_unusable", code: "INSTRUMENT_DECLINED" }, FIRST_TRY),
    ).toMatchObject({
      action: "choose_another_method",
      rules_out_option: false,
    });
  });

  it("keeps a lost card's reason secret even when milder advice decides", () => {
    expect(
      recover({ category: "never", code: "lost_card", advice_code: "confirm_card_data" }, FIRST_TRY)
        .show_generic,
    ).toBe(true);
  });

  it("never skips reading a payment that may have moved money", () => {
    expect(
      recover({ ...refused("reconcile"), network_code: "41", advice_code: "03" }, FIRST_TRY).action,
    ).toBe("reconcile");
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
    expect(said_by({ ...everything, network_code: "51", advice_code: "nothing_known" })).toBe(
      "code.choose_other_funding",
    );
    expect(said_by({ category: "instrument_unusable", code: "expired_card" })).toBe(
      "category.instrument_unusable",
    );
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

describe("the table", () => {
  it("names the source of every rule", () => {
    expect(RECOVERY_RULES.filter(({ source }) => source.trim() === "")).toEqual([]);
  });

  it("is refused when two rules share an id or nothing covers the unmapped", () => {
    expect(() => recoveryOver([...RECOVERY_RULES, ...RECOVERY_RULES.slice(0, 1)])).toThrow(
      /network\.visa_category_1/,
    );
    expect(() => recoveryOver(RECOVERY_RULES.filter(({ id }) => id !== "category.unclassified"))).toThrow(
      /unclassified/,
    );
  });

  it("finds the right rule among hundreds", () => {
    const template = RECOVERY_RULES.find(({ id }) => id === "code.choose_other_funding") as RecoveryRule;
    const many = Array.from({ length: 200 }, (_, n): RecoveryRule => ({
      ...template,
      id: `own.${n}`,
      match: { codes: [`c${n}`] },
    }));
    const { ruleFor } = recoveryOver([...RECOVERY_RULES, ...many]);
    expect(ruleFor({ category: "funds_limit", code: "c137" }).id).toBe("own.137");
    expect(ruleFor({ category: "funds_limit", code: "c200" }).id).toBe("category.funds_limit");
  });
});

describe("recalling a past attempt", () => {
  const decline = refused("provider_transient");

  it("says what was recorded, not what would be decided anew", () => {
    const recovery = { rule_id: "category.provider_transient", action: "choose_another_method" } as const;
    expect(recall({ decline, recovery })).toMatchObject({
      action: "choose_another_method",
      rules_out_option: true,
    });
    expect(recall({ decline, recovery: { ...recovery, action: "retry" } })).toMatchObject({
      rules_out_option: false,
    });
  });

  it("takes a payment that was to be read, and is refused still, for refused", () => {
    const to_read = { rule_id: "category.reconcile", action: "reconcile" } as const;
    for (const recovery of [to_read, null]) {
      expect(recall({ decline: refused("reconcile"), recovery })?.action).toBe("choose_another_method");
    }
  });

  it("falls back on the decline when nothing was recorded or the rule is gone, and on nothing without one", () => {
    expect(recall({ decline: refused("funds_limit"), recovery: null })).toMatchObject({
      rules_out_option: true,
    });
    expect(recall({ decline, recovery: { rule_id: "gone", action: "retry" } })?.rule_id).toBe(
      "category.provider_transient",
    );
    expect(recall({ decline: null, recovery: null })).toBeUndefined();
  });
});
