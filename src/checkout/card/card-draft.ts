import type { TextKey } from "../locales";
import { cvcDigitsOf, digitsOf, isCardNumber } from "./card-number";
import { isPast, parseExpiry } from "./expiry";

/** What is typed into the card form, as shown. It lives in the form's state only. */
export type CardDraft = Readonly<{ number: string; expiry: string; cvc: string }>;
export type CardField = keyof CardDraft;
export type CardErrors = Partial<Record<CardField, Readonly<{ key: TextKey; count?: number }>>>;

export const CARD_FIELDS: readonly CardField[] = ["number", "expiry", "cvc"];
export const EMPTY_CARD: CardDraft = { number: "", expiry: "", cvc: "" };

/** What is wrong with a draft; an empty object when it can be sent. */
export function checkCard(draft: CardDraft, now?: Date): CardErrors {
  const errors: CardErrors = {};
  const expiry = parseExpiry(draft.expiry);
  const cvcDigits = cvcDigitsOf(draft.number);

  if (digitsOf(draft.number) === "") errors.number = { key: "card.error.number_missing" };
  else if (!isCardNumber(draft.number)) errors.number = { key: "card.error.number_wrong" };

  if (!expiry) errors.expiry = { key: "card.error.expiry_missing" };
  else if (isPast(expiry, now)) errors.expiry = { key: "card.error.expiry_past" };

  if (draft.cvc === "") errors.cvc = { key: "card.error.cvc_missing" };
  else if (draft.cvc.length !== cvcDigits) errors.cvc = { key: "card.error.cvc_short", count: cvcDigits };

  return errors;
}

/** The draft as the confirmation takes it, or null when it cannot be sent. */
export function toConfirmData(draft: CardDraft): { card: Record<string, string | number> } | null {
  const expiry = parseExpiry(draft.expiry);
  if (!expiry || Object.keys(checkCard(draft)).length > 0) return null;
  return { card: { number: digitsOf(draft.number), ...expiry, cvc: draft.cvc } };
}

/** Which field a refusal is about, guessed from the words of its code; the emptied security code otherwise. */
export function fieldInNeed(declineCode: string): CardField {
  if (/expir/i.test(declineCode)) return "expiry";
  if (/number/i.test(declineCode)) return "number";
  return "cvc";
}
