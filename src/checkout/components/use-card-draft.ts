import { useState } from "react";
import {
  CARD_FIELDS,
  checkCard,
  EMPTY_CARD,
  toConfirmData,
  type CardDraft,
  type CardErrors,
  type CardField,
} from "../card/card-draft";

export interface CardDraftState {
  draft: CardDraft;
  /** Errors of the fields the shopper has left, or of all after trying to pay. */
  errors: CardErrors;
  focus: Readonly<{ field: CardField }> | null;
  change: (draft: CardDraft) => void;
  leave: (field: CardField) => void;
  /** What to confirm with, or null after showing what is wrong and asking for the focus there. */
  submit: () => ReturnType<typeof toConfirmData>;
  /** Keeps everything but the security code, which is asked for anew each time. */
  forgetCvc: () => void;
  forgetAll: () => void;
  /** Null leaves the focus where it is. */
  focusOn: (field: CardField | null) => void;
}

/** What is typed into the card form. It is kept here while the page shows something else, and nowhere else. */
export function useCardDraft(): CardDraftState {
  const [draft, setDraft] = useState(EMPTY_CARD);
  const [checked, setChecked] = useState<readonly CardField[]>([]);
  const [focus, setFocus] = useState<Readonly<{ field: CardField }> | null>(null);
  const all = checkCard(draft);

  return {
    draft,
    errors: Object.fromEntries(checked.filter((field) => all[field]).map((field) => [field, all[field]])),
    focus,
    change: setDraft,
    leave: (field) => {
      // An empty field that was only passed through is not a mistake yet.
      if (draft[field] !== "" && !checked.includes(field)) setChecked([...checked, field]);
    },
    submit: () => {
      setChecked(CARD_FIELDS);
      const field = CARD_FIELDS.find((name) => all[name]);
      if (field) setFocus({ field });
      return field ? null : toConfirmData(draft);
    },
    forgetCvc: () => {
      setDraft((before) => ({ ...before, cvc: "" }));
      setChecked([]);
    },
    forgetAll: () => {
      setDraft(EMPTY_CARD);
      setChecked([]);
    },
    focusOn: (field) => setFocus(field && { field }),
  };
}
