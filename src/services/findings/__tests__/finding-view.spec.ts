import { FINDINGS, type FindingKind } from "../../../gateway/findings";
import { LOCALES } from "../../texts/types";
import { allowsAction, findingDeed, findingProblem, findingView, resolutionView } from "../finding-view";
import { FINDING_DEEDS, FINDING_PROBLEMS } from "../types";
import { findings_ar } from "../../texts/findings-ar";
import { findings_en } from "../../texts/findings-en";

const KINDS = Object.keys(FINDINGS) as FindingKind[];

describe("a finding in words", () => {
  it.each(KINDS)("%s has a title, one sentence and its actions in every language", (kind) => {
    for (const locale of LOCALES) {
      const { title, meaning, actions } = findingView(kind, locale);
      expect(title).toMatch(locale === "ar" ? /^\p{Script=Arabic}/u : /^[A-Z]/);
      expect(title).not.toMatch(/[.؟!]$/u);
      expect(meaning).toMatch(/^[^.]+\.$/u);
      expect(meaning.length).toBeLessThan(140);
      expect(actions.map(({ action }) => action)).toEqual(FINDINGS[kind].actions);
      for (const { title: name, effect } of actions) {
        expect(name).not.toMatch(/\.$/);
        expect(effect).toMatch(/^[^.]+\.$/u);
      }
    }
  });

  it("has no two kinds with the same words", () => {
    for (const locale of LOCALES) {
      const said = KINDS.map((kind) => findingView(kind, locale).title);
      expect(new Set(said).size).toBe(KINDS.length);
    }
  });

  it("asks for a note only where nothing but the operator's word closes it", () => {
    const asked = findingView("money_without_order", "en").actions.filter(({ needs_note }) => needs_note);
    expect(asked.map(({ action }) => action)).toEqual(["mark_resolved"]);
  });

  it("allows what the kind allows and nothing else", () => {
    expect(allowsAction("webhook_dead", "replay_webhook")).toBe(true);
    expect(allowsAction("webhook_dead", "return_money")).toBe(false);
    expect(allowsAction("card_testing", "mark_resolved")).toBe(true);
  });
});

describe("why an action could not be carried out", () => {
  it.each(FINDING_PROBLEMS)("%s is said in every language, with the same values", (code) => {
    const values = Object.fromEntries(
      valuesIn(findings_en.problems[code]).map((name) => [name, `<${name}>`]),
    );
    expect(valuesIn(findings_ar.problems[code])).toEqual(valuesIn(findings_en.problems[code]));
    for (const locale of LOCALES) {
      const said = findingProblem(code, values, locale);
      expect(said).not.toMatch(/[{}]/);
      for (const value of Object.values(values)) expect(said).toContain(value);
    }
    expect(findingProblem(code, values, "ar")).toMatch(/\p{Script=Arabic}/u);
  });
});

describe("what was done about a finding", () => {
  const values = { status: "authorized", order_id: "order_1" };

  it.each(FINDING_DEEDS)("%s is kept in English and read in every language", (deed) => {
    const kept = findingDeed(deed, values);
    expect(resolutionView(kept, "en")).toBe(kept);
    expect(resolutionView(kept, "ar")).toMatch(/^\p{Script=Arabic}[^{}]*$/u);
    expect(resolutionView(`${kept}: as agreed: "ok"\nby phone`, "ar")).toBe(
      `${resolutionView(kept, "ar")}: as agreed: "ok"\nby phone`,
    );
  });

  it("keeps its values", () => {
    expect(resolutionView("placed order order_42: late", "ar")).toMatch(/order_42: late$/);
    expect(resolutionView("checked again: the payment is captured", "ar")).toContain("captured");
  });

  it("is left as it is where it is in nobody's words but a person's", () => {
    expect(resolutionView("somebody called the bank", "ar")).toBe("somebody called the bank");
    expect(resolutionView("", "ar")).toBe("");
  });
});

/** The names in a text's braces. */
function valuesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
}
