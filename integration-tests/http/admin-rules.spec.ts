import type { AdminDeclinesResult } from "../../src/api/admin/tender/declines/contract";
import type {
  AdminRecoveryRule,
  AdminRecoveryRulesResult,
} from "../../src/api/admin/tender/recovery-rules/contract";
import type { AdminSimulationResult } from "../../src/api/admin/tender/recovery-simulation/contract";
import { RECOVERY_RULES } from "../../src/services";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { CASES } from "../support/decline-cases";
import { authorizationsOf } from "../support/journal";
import { Operator } from "../support/operator";
import { withRunningStore } from "../support/suite";

const NO_REASON = "4000000000000002";
const FRAUD = "4100000000000019";
const NO_FUNDS = "4000000000009995";
const APPROVES = "4242424242424242";

withRunningStore((running) => {
  let operator: Operator;

  // The database is as new for each test; what this server knows of it is not.
  beforeEach(async () => {
    await tenderModule(running.container()).recovery.refresh(0);
    operator = await Operator.logIn(running.base_url());
  });

  const listed = async () =>
    (await operator.send("GET", "/admin/tender/recovery-rules")).body as AdminRecoveryRulesResult;
  const ruleOf = async (id: string) =>
    (await listed()).rules.find((rule) => rule.id === id) as AdminRecoveryRule;
  const override = (id: string, change: unknown) =>
    operator.send("POST", `/admin/tender/recovery-rules/${id}/override`, change);
  const restore = (id: string) => operator.send("DELETE", `/admin/tender/recovery-rules/${id}/override`);
  const changes = async (subject: string) =>
    (await operator.send("GET", `/admin/tender/changes?subject=${subject}`)).body.changes;
  const simulate = async (body: unknown) => {
    const answer = await operator.send("POST", "/admin/tender/recovery-simulation", body);
    expect([answer.status, answer.body.message]).toEqual([200, undefined]);
    return answer.body as AdminSimulationResult;
  };

  /** How often each sandbox was asked to authorize a new cart paid with this card. */
  async function asked(card: string): Promise<Record<string, number>> {
    const shopper = await running.shopper();
    await shopper.pay("pp_sandbox_a:card", card);
    const counts = await authorizationsOf(running.container(), shopper.cart_id);
    return Object.fromEntries(
      Object.entries(counts).map(([id, count]) => [id.replace("pp_sandbox_", ""), count]),
    );
  }

  describe("the recovery rules", () => {
    it("are listed whole, with their sources and what may be made of them", async () => {
      const { rules, strays, budgets, providers, risk_switch } = await listed();
      expect(rules.map(({ id }) => id)).toEqual(RECOVERY_RULES.map(({ id }) => id));
      expect(rules.filter(({ source }) => source === "")).toEqual([]);
      expect([strays, risk_switch]).toEqual([[], false]);
      expect(budgets.now).toEqual({ retries_on_provider: 1, switches: 2, attempts_per_cart: 10 });
      expect(providers).toContainEqual({
        provider_id: "pp_sandbox_a",
        codes: expect.any(Number),
        methods: expect.arrayContaining([{ id: "card", portable_credential: true }]),
      });
      expect(await ruleOf("category.risk")).toMatchObject({
        layer: "category",
        matches: { categories: ["risk"], codes: null, error_kind: null },
        shipped: { switch_provider: "opt_in", opted_in: null, show: "generic" },
        allowed: { switch_provider: ["never"], opted_in: [true, false], then: ["stop"] },
        override: null,
      });
      expect((await ruleOf("transport.unavailable")).matches.error_kind).toBe("unavailable");
    });
  });

  describe("an override", () => {
    it("that is stricter holds for the next shopper, is told with who made it, and can be taken back", async () => {
      expect(await asked(NO_REASON)).toEqual({ a: 1, b: 1 });

      const made = await override("category.issuer_generic", { switch_provider: "never" });
      expect(made.status).toBe(200);
      expect(made.body.rule).toMatchObject({
        verdict: { switch_provider: "never" },
        shipped: { switch_provider: "if_portable" },
        override: {
          change: { switch_provider: "never" },
          actor_email: expect.stringContaining("@"),
          problem: null,
        },
      });
      expect(await asked(NO_REASON)).toEqual({ a: 1 });

      const back = await restore("category.issuer_generic");
      expect([back.status, back.body.rule.override]).toEqual([200, null]);
      expect(await asked(NO_REASON)).toEqual({ a: 1, b: 1 });
      expect((await restore("category.issuer_generic")).status).toBe(404);
    });

    it("may opt in to another provider after a suspected fraud, and out of it", async () => {
      const { options } = tenderModule(running.container());
      expect(await asked(FRAUD)).toEqual({ a: 1 });
      await override("category.risk", { opted_in: true });
      expect(await asked(FRAUD)).toEqual({ a: 1, b: 1 });
      options.risk_switch = true;
      try {
        await override("category.risk", { opted_in: false });
        expect(await asked(FRAUD)).toEqual({ a: 1 });
      } finally {
        options.risk_switch = false;
      }
    });

    it("keeps a card from being sent again in the cart that an operator ruled out for good", async () => {
      await override("category.funds_limit", { never_again_same_instrument: true });
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      expect(await authorizationsOf(running.container(), shopper.cart_id)).toEqual({ pp_sandbox_a: 1 });
      const other = await shopper.pay("pp_sandbox_a:card", APPROVES);
      expect(other.confirmed.body).toMatchObject({ type: "order" });
    });

    it.each([
      ["category.never", { switch_provider: "always" }, /stricter.*"switch_provider".*cannot be changed/],
      ["category.issuer_generic", { switch_provider: "always" }, /can be: never/],
      ["network.advice_never_again", { same_provider: "once" }, /cannot be changed/],
      ["category.reconcile", { same_provider: "never" }, /cannot be changed/],
      ["category.funds_limit", { opted_in: true }, /cannot be changed/],
      ["category.funds_limit", { then: "choose_another_method" }, /changes nothing/],
      ["category.funds_limit", { then: "teleport" }, /then/],
      ["category.funds_limit", { alert_operator: true }, /alert_operator/i],
      ["category.funds_limit", {}, /at least one/],
    ])("of %s to %j is refused with 400 and changes nothing", async (id, change, message) => {
      const { status, body } = await override(id, change);
      expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
      expect((await ruleOf(id)).override).toBeNull();
      expect(await changes(id)).toEqual([]);
    });

    it("of a rule that does not exist is 404", async () => {
      expect((await override("category.unheard_of", { then: "stop" })).status).toBe(404);
      expect((await restore("category.unheard_of")).status).toBe(404);
    });

    it("writes who changed what, before and after", async () => {
      await override("category.funds_limit", { then: "stop" });
      await override("category.funds_limit", { show: "generic" });
      await restore("category.funds_limit");
      expect(await changes("category.funds_limit")).toEqual([
        expect.objectContaining({
          action: "recovery_rule.restore",
          before: { show: "generic" },
          after: null,
          actor_email: expect.stringContaining("@"),
        }),
        expect.objectContaining({
          action: "recovery_rule.override",
          before: { then: "stop" },
          after: { show: "generic" },
        }),
        expect.objectContaining({ action: "recovery_rule.override", before: null, after: { then: "stop" } }),
      ]);
    });

    it("that has become void is told and harms nobody; it can be removed", async () => {
      const { overrides } = tenderModule(running.container());
      const action = "recovery_rule.override";
      await overrides.change("category.long_gone", { then: "stop" }, { actor_id: "user_before", action });
      await overrides.change(
        "category.issuer_generic",
        { switch_provider: "sideways" },
        { actor_id: "user_before", action },
      );
      const { strays } = await listed();
      expect(strays).toEqual([
        expect.objectContaining({
          rule_id: "category.long_gone",
          problem: "unknown_rule",
          actor_email: null,
        }),
      ]);
      expect(await ruleOf("category.issuer_generic")).toMatchObject({
        verdict: { switch_provider: "if_portable" },
        override: { problem: "unreadable" },
      });
      expect(await asked(NO_REASON)).toEqual({ a: 1, b: 1 });
      const removed = await restore("category.long_gone");
      expect([removed.status, removed.body]).toEqual([200, { rule: null }]);
      expect((await listed()).strays).toEqual([]);
    });
  });

  describe("budgets", () => {
    const lower = (change: unknown) => operator.send("POST", "/admin/tender/recovery-budgets", change);

    it("are lowered for every cart, and never raised", async () => {
      const { status, body } = await lower({ attempts_per_cart: 2, switches: 0 });
      expect([status, body.budgets.now]).toEqual([
        200,
        { retries_on_provider: 1, switches: 0, attempts_per_cart: 2 },
      ]);
      expect(await asked(NO_REASON)).toEqual({ a: 1 });
      const shopper = await running.shopper();
      expect((await shopper.start("pp_sandbox_a:card")).status).toBe(200);
      expect((await shopper.start("pp_sandbox_a:card")).status).toBe(200);
      const third = await shopper.start("pp_sandbox_a:card");
      expect([third.status, third.body.code]).toEqual([429, "attempts_used_up"]);

      for (const more of [{ attempts_per_cart: 11 }, { switches: 3 }, { retries_on_provider: 2 }, {}]) {
        expect((await lower(more)).status).toBe(400);
      }
      const restored = await operator.send("DELETE", "/admin/tender/recovery-budgets");
      expect(restored.body.budgets).toMatchObject({ now: { attempts_per_cart: 10 }, override: null });
      expect((await changes("budgets")).map(({ action }: { action: string }) => action)).toEqual([
        "recovery_rule.restore",
        "recovery_rule.override",
      ]);
    });
  });

  describe("the codes a gateway knows", () => {
    const declines = async (query: string) =>
      (await operator.send("GET", `/admin/tender/declines?${query}`)).body as AdminDeclinesResult;

    it("are found by part of a code, and by category, with meaning, source and rule", async () => {
      const { declines: found } = await declines("provider_id=pp_sandbox_a&search=FUNDS");
      expect(found).toEqual([
        {
          code: "insufficient_funds",
          category: "funds_limit",
          words: null,
          source: "Stripe docs: Decline codes",
          rule_id: "category.funds_limit",
        },
      ]);
      const risky = await declines("provider_id=pp_sandbox_a&category=risk");
      expect(risky.declines.map(({ code }) => code)).toEqual(
        expect.arrayContaining(["fraudulent", "merchant_blacklist"]),
      );
      expect(new Set(risky.declines.map(({ category }) => category))).toEqual(new Set(["risk"]));
    });

    it("are read page by page, each once", async () => {
      const { count, declines: all } = await declines("provider_id=pp_sandbox_a&limit=100");
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: AdminDeclinesResult = await declines(
          `provider_id=pp_sandbox_a&limit=20${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...page.declines.map(({ code }) => code));
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(all.map(({ code }) => code));
      expect(seen).toHaveLength(count);
    });

    it.each([
      ["provider_id=pp_nobody_x", 404],
      ["provider_id=pp_system_default", 404],
      ["", 400],
      ["provider_id=pp_sandbox_a&category=bad_luck", 400],
      ["provider_id=pp_sandbox_a&offset=20", 400],
    ])("are asked for with %s: %i", async (query, status) => {
      expect((await operator.send("GET", `/admin/tender/declines?${query}`)).status).toBe(status);
    });
  });

  describe("the simulator", () => {
    const CARD_IN_HAND = { credential_in_hand: true, portable_credential: true };

    it.each(CASES)(
      "says of $token what a real first try with it leads to",
      async ({ token, asked: times }) => {
        const { decision } = await simulate({
          provider_id: "pp_sandbox_a",
          code: token.replace("tok_", ""),
          history: { ...CARD_IN_HAND, other_methods: 3 },
        });
        const again = decision.silent && (decision.action === "retry" || decision.action === "authenticate");
        expect([again, decision.action === "switch_provider"]).toEqual([
          times["a"] === 2,
          times["a"] === 1 && times["b"] === 1,
        ]);
      },
    );

    it("tells the rule, why, and what the shopper reads in each language", async () => {
      const told = await simulate({ provider_id: "pp_sandbox_a", code: "lost_card", network_code: "41" });
      expect(told).toMatchObject({
        is_known: true,
        decline: { category: "never", code: "lost_card", network_code: "41", advice_code: null },
        rule: { id: "network.visa_category_1", layer: "network_advice" },
        decision: { action: "choose_another_method", never_again_same_instrument: true, show_generic: true },
        shipped_decision: null,
        shopper: {
          en: { code: "generic_decline", message: expect.not.stringMatching(/lost/) },
          ar: { message: expect.stringMatching(/[\u0600-\u06FF]/) },
        },
        finding: null,
      });
      expect(told.steps[0]).toEqual({
        step: "rule",
        because: "speaks",
        rule_id: "network.visa_category_1",
        layer: "network_advice",
      });
    });

    it("shows at once what an override changes, beside what Tender would decide", async () => {
      const asked_about = { provider_id: "pp_sandbox_a", code: "generic_decline", history: CARD_IN_HAND };
      expect((await simulate(asked_about)).decision.action).toBe("switch_provider");
      await override("category.issuer_generic", { switch_provider: "never" });
      const told = await simulate(asked_about);
      expect(told.decision.action).toBe("choose_another_method");
      expect(told.shipped_decision).toMatchObject({ action: "switch_provider" });
      expect(told.steps).toContainEqual({
        step: "operator",
        because: "changed",
        field: "switch_provider",
        from: "if_portable",
        to: "never",
      });
    });

    it("knows no code that the gateway does not, tells of errors, and of findings", async () => {
      const unheard = await simulate({ provider_id: "pp_sandbox_a", code: "bad_moon_rising" });
      expect([unheard.is_known, unheard.rule.id]).toEqual([false, "category.unclassified"]);
      const error = await simulate({ provider_id: "pp_sandbox_a", error_kind: "unknown" });
      expect([error.rule.id, error.decision.action]).toEqual(["transport.unknown", "reconcile"]);
      const barred = await simulate({ provider_id: "pp_sandbox_a", category: "compliance" });
      expect([barred.decision.action, barred.finding]).toEqual(["stop", "compliance_refusal"]);
    });

    it.each([
      [{ provider_id: "pp_nobody_x", code: "x" }, 404],
      [{ provider_id: "pp_sandbox_a" }, 400],
      [{ provider_id: "pp_sandbox_a", code: "x", error_kind: "unknown" }, 400],
      [{ provider_id: "pp_sandbox_a", code: "x", history: { tries_on_provider: 0 } }, 400],
      [{ provider_id: "pp_sandbox_a", code: "x", opted_in: true }, 400],
    ])("refuses %j with %i", async (body, status) => {
      expect((await operator.send("POST", "/admin/tender/recovery-simulation", body)).status).toBe(status);
    });
  });
});
