import { FINDINGS, type FindingKind } from "../../../gateway/findings";
import { LOCALES } from "../../texts/types";
import { allowsAction, findingView } from "../finding-view";

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
