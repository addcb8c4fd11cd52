import { FINDINGS, type FindingAction, type FindingKind } from "../../gateway/findings";
import { findings_ar } from "../texts/findings-ar";
import { findings_en } from "../texts/findings-en";
import type { Locale } from "../texts/types";
import { FINDING_DEEDS, type FindingDeed, type FindingProblemCode, type FindingTexts } from "./types";

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

/** What stands in a text's braces. */
export type TextValues = Readonly<Record<string, string>>;

/** Why an action could not be carried out, in words. */
export function findingProblem(code: FindingProblemCode, values: TextValues, locale: Locale): string {
  return filled(TEXTS[locale].problems[code], values);
}

/** What was done about a finding, as it is kept: in English. */
export function findingDeed(deed: FindingDeed, values: TextValues = {}): string {
  return filled(TEXTS.en.deeds[deed], values);
}

/** What a finding's record says was done, in another language; an operator's note and words not ours stay as they are. */
export function resolutionView(resolution: string, locale: Locale): string {
  for (const deed of FINDING_DEEDS) {
    const { values, note } = readDeed(deed, resolution) ?? {};
    if (values) {
      return filled(TEXTS[locale].deeds[deed], values) + (note === undefined ? "" : `: ${note}`);
    }
  }
  return resolution;
}

function readDeed(deed: FindingDeed, resolution: string) {
  const pattern = TEXTS.en.deeds[deed]
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)\}/g, String.raw`(?<$1>[^\s:]+)`);
  const found = new RegExp(`^${pattern}(?:: (?<note>[^]*))?$`).exec(resolution);
  if (!found) {
    return undefined;
  }
  const { note, ...values } = found.groups ?? {};
  return { values: values as TextValues, note };
}

function filled(text: string, values: TextValues): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
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
