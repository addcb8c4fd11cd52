import { DECLINE_CATEGORIES, type DeclineCategory } from "../../../gateway/declines";
import type { GatewayErrorKind } from "../../../gateway/errors";
import { MAX_ATTEMPTS_PER_CART } from "../recover";
import type { RecoveryAction, RecoveryContext } from "../types";
import { FIRST_TRY, PORTABLE, recover, recoverFromError, refused } from "./fixtures";

const TRIED_TWICE: RecoveryContext = { ...PORTABLE, tries_on_provider: 2, attempts_in_cart: 2 };

describe("each category", () => {
  type Row = {
    first: RecoveryAction;
    portable: RecoveryAction;
    again: RecoveryAction;
    generic?: true;
    alert?: true;
  };
  const TAXONOMY = {
    authenticate: { first: "authenticate", portable: "authenticate", again: "choose_another_method" },
    provider_transient: { first: "retry", portable: "retry", again: "switch_provider" },
    issuer_transient: { first: "retry", portable: "retry", again: "choose_another_method" },
    issuer_generic: { first: "choose_another_method", portable: "switch_provider", again: "switch_provider" },
    issuer_refused: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
    },
    funds_limit: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
    },
    fix_data: { first: "fix_details", portable: "fix_details", again: "fix_details" },
    instrument_unusable: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
    },
    unsupported_here: {
      first: "choose_another_method",
      portable: "switch_provider",
      again: "switch_provider",
    },
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
    merchant_config: {
      first: "choose_another_method",
      portable: "switch_provider",
      again: "switch_provider",
      alert: true,
    },
    session_expired: { first: "retry", portable: "retry", again: "choose_another_method" },
    unclassified: {
      first: "choose_another_method",
      portable: "choose_another_method",
      again: "choose_another_method",
    },
  } satisfies Record<DeclineCategory, Row>;

  it.each(Object.entries(TAXONOMY) as [DeclineCategory, Row][])(
    "%s does what its row says",
    (category, row) => {
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
    },
  );

  it("a provider's passing trouble ends in another method when no other provider can charge the card", () => {
    expect(
      recover(refused("provider_transient"), { ...TRIED_TWICE, portable_credential: false }).action,
    ).toBe("choose_another_method");
  });

  it("a plain bank refusal is put to one other processor, not two", () => {
    expect(recover(refused("issuer_generic"), { ...PORTABLE, switches: 1 }).action).toBe(
      "choose_another_method",
    );
  });

  it("authentication that was done and refused asks for another method", () => {
    expect(recover(refused("authenticate"), { ...FIRST_TRY, authenticated: true })).toMatchObject({
      action: "choose_another_method",
      rules_out_option: true,
    });
  });

  it("authentication is asked for at once with the card in hand, else when the shopper entered it again", () => {
    expect(recover(refused("authenticate"), FIRST_TRY)).toMatchObject({
      action: "authenticate",
      silent: true,
    });
    expect(recover(refused("authenticate"), { ...FIRST_TRY, credential_in_hand: false })).toMatchObject({
      action: "authenticate",
      silent: false,
      rules_out_option: false,
    });
  });

  it("a payment that may have been made is read, and is a refusal like others once it is unpaid", () => {
    expect(recover(refused("reconcile"), { ...PORTABLE, payment_read: true })).toMatchObject({
      action: "choose_another_method",
      silent: false,
      rules_out_option: false,
    });
  });

  it("an expired session is started again by the shopper, never by us", () => {
    expect(recover(refused("session_expired"), PORTABLE)).toMatchObject({ action: "retry", silent: false });
  });

  it("a risk block is tried elsewhere only when the operator opted in, and never after 3-D Secure", () => {
    const opted_in = { ...PORTABLE, opt_in: { risk_switch: true } };
    expect(recover(refused("risk"), opted_in).action).toBe("switch_provider");
    expect(recover(refused("risk"), { ...opted_in, authenticated: true }).action).toBe(
      "choose_another_method",
    );
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
    for (const category of [
      "authenticate",
      "provider_transient",
      "issuer_transient",
      "fix_data",
      "reconcile",
    ] as const) {
      expect(recover(refused(category), FIRST_TRY).rules_out_option).toBe(false);
    }
  });

  it("is the method when the card is refused, the provider when the provider is at fault", () => {
    expect(recover(refused("funds_limit"), FIRST_TRY)).toMatchObject({
      rules_out_option: true,
      scope: "method",
    });
    expect(recover(refused("merchant_config"), FIRST_TRY)).toMatchObject({
      rules_out_option: true,
      scope: "provider",
    });
  });

  it("is only the first provider while a second one is being asked about the same card", () => {
    expect(recover(refused("issuer_generic"), PORTABLE)).toMatchObject({
      action: "switch_provider",
      scope: "provider",
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

  it.each(Object.entries(EXPECTED) as [GatewayErrorKind, RecoveryAction][])(
    "%s leads to %s",
    (kind, action) => {
      const decision = recoverFromError(kind, PORTABLE);
      expect(decision.action).toBe(action);
      expect(decision.alert_operator).toBe(kind === "misconfigured");
    },
  );

  it("asks another provider only with something in hand that it can charge", () => {
    expect(recoverFromError("unavailable", PORTABLE)).toMatchObject({
      action: "switch_provider",
      silent: true,
    });
    expect(recoverFromError("unavailable", { ...PORTABLE, credential_in_hand: false }).action).toBe(
      "choose_another_method",
    );
  });

  it("leaves it to health whether an unreachable provider stays on offer, but rules out a misconfigured one", () => {
    expect(recoverFromError("unavailable", FIRST_TRY).rules_out_option).toBe(false);
    expect(recoverFromError("misconfigured", FIRST_TRY)).toMatchObject({
      rules_out_option: true,
      scope: "provider",
    });
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

  it("comes sooner in a store that allows a cart fewer attempts", () => {
    const third = { ...PORTABLE, attempts_in_cart: 3 };
    expect(recover(refused("funds_limit"), third).action).not.toBe("stop");
    expect(recover(refused("funds_limit"), { ...third, attempts_allowed: 3 }).action).toBe("stop");
  });
});
