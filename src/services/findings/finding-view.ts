import { FINDINGS, type FindingAction, type FindingKind } from "../../gateway/findings";
import { findings_ar } from "../texts/findings-ar";
import { findings_en } from "../texts/findings-en";
import type { Locale } from "../texts/types";
import type { FindingTexts } from "./types";

/** What an operator reads about a kind of finding: what it means, and what each of its actions does. */
export type FindingView = Readonly<{
  title: string;
  meaning: string;
  actions: readonly Readonly<{ action: FindingAction; title: string; effect: string; needs_note: boolean }>[];
}>;

/** Puts a kind of finding into words. */
export function findingView(kind: FindingKind, locale: Locale): FindingView {
  const texts = TEXTS[locale];
  return {
    ...texts.kinds[kind],
    actions: FINDINGS[kind].actions.map((action) => ({
      action,
      ...texts.actions[action],
      needs_note: needsNote(action),
    })),
  };
}

/** True for an action that closes a finding on the operator's word alone. */
export function needsNote(action: FindingAction): boolean {
  return action === "mark_resolved";
}

/** True when the kind allows the action. */
export function allowsAction(kind: FindingKind, action: FindingAction): boolean {
  return FINDINGS[kind].actions.some((allowed) => allowed === action);
}

const TEXTS: Readonly<Record<Locale, FindingTexts>> = { en: findings_en, ar: findings_ar };
