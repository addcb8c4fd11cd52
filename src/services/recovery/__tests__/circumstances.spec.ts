import { DECLINE_CATEGORIES } from "../../../gateway/declines";
import { MAX_ATTEMPTS_PER_CART, MAX_RETRIES_ON_PROVIDER, MAX_SWITCHES } from "../recover";
import { RECOVERY_ACTIONS, type RecoveryContext } from "../types";
import { recover } from "./fixtures";

describe("in every circumstance", () => {
  const BOTH = [true, false];
  const contexts: RecoveryContext[] = [1, 2, 3].flatMap((tries_on_provider) =>
    [0, 1, 2, 3].flatMap((switches) =>
      [1, MAX_ATTEMPTS_PER_CART - 1, MAX_ATTEMPTS_PER_CART, MAX_ATTEMPTS_PER_CART + 1].flatMap(
        (attempts_in_cart) =>
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
    [undefined, "03", "02", "do_not_try_again", "try_again_later", "confirm_card_data"].map(
      (advice_code) => ({
        category,
        code: "some_code",
        advice_code,
      }),
    ),
  );
  const decisions = contexts.flatMap((context) =>
    declines.map((decline) => ({ context, decline, decision: recover(decline, context) })),
  );

  const breaking = (rule: (each: (typeof decisions)[number]) => boolean) =>
    decisions.filter((each) => !rule(each));

  it("the budgets are one retry, two switches, ten attempts", () => {
    expect([MAX_RETRIES_ON_PROVIDER, MAX_SWITCHES, MAX_ATTEMPTS_PER_CART]).toEqual([1, 2, 10]);
  });

  it("every action comes up, so that what follows says something", () => {
    const actions = new Set(decisions.map(({ decision }) => decision.action));
    expect([...actions].sort()).toEqual([...RECOVERY_ACTIONS].sort());
    expect(decisions.some(({ decision }) => decision.silent && decision.action === "retry")).toBe(true);
  });

  it("charges silently only what is in hand, and elsewhere only what is portable", () => {
    expect(
      breaking(
        ({ context, decision: { silent, action } }) =>
          !silent ||
          (context.credential_in_hand &&
            (action === "retry" ||
              action === "authenticate" ||
              (action === "switch_provider" && context.portable_credential))),
      ),
    ).toEqual([]);
  });

  it("switches only silently, and only to a provider that exists", () => {
    expect(
      breaking(
        ({ context, decision: { silent, action } }) =>
          action !== "switch_provider" || (silent && context.provider_alternatives > 0),
      ),
    ).toEqual([]);
  });

  it("keeps every budget", () => {
    expect(
      breaking(({ context, decision: { action } }) => {
        const same_again = action === "retry" || action === "authenticate";
        return (
          (!same_again || context.tries_on_provider <= MAX_RETRIES_ON_PROVIDER) &&
          (action !== "switch_provider" || context.switches < MAX_SWITCHES) &&
          (action === "reconcile" || action === "stop" || context.attempts_in_cart < MAX_ATTEMPTS_PER_CART)
        );
      }),
    ).toEqual([]);
  });

  it("never repeats by itself what must never be sent again", () => {
    expect(breaking(({ decision }) => !decision.never_again_same_instrument || !decision.silent)).toEqual([]);
  });
});
