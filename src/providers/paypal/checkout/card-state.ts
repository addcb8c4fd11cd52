import type { CardFieldTypes, EventPayload, EventState } from "@paypal/paypal-js/sdk-v6";
import { CARD_FIELDS } from "./card-look";

/** The name may be left out; PayPal's fields do not know that. */
const OPTIONAL: readonly CardFieldTypes[] = ["name"];

/** The fields that keep the card from being paid with. Before the first event PayPal has told of none. */
export function wrongFields(state: EventState | null): readonly CardFieldTypes[] {
  return CARD_FIELDS.filter((type) => {
    const field = state?.[type];
    if (OPTIONAL.includes(type) && (field?.isEmpty ?? true)) return false;
    return field?.isValid !== true;
  });
}

/**
 * The fields to complain about after an event of theirs: what was mended is left alone at once, what was left wrong is
 * complained about, and what is still being typed is not.
 */
export function complaintsAfter(
  before: readonly CardFieldTypes[],
  { data, sender }: EventPayload,
): readonly CardFieldTypes[] {
  const wrong = wrongFields(data);
  const field = data[sender];
  const wasLeftWrong = field !== undefined && !field.isFocused && !field.isEmpty && !field.isValid;
  return CARD_FIELDS.filter(
    (type) => wrong.includes(type) && (before.includes(type) || (wasLeftWrong && type === sender)),
  );
}
