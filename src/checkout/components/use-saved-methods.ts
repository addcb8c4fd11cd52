import { useEffect, useState } from "react";
import type { PaymentOptionView, SavedMethodView, TenderClient } from "../client";

/** A gateway that takes longer to tell what is saved holds nobody up: the form for anything else shows then. */
const WAITED_FOR_MS = 1_500;

/** What a logged-in customer has saved, and which of it the shopper means to pay with. */
export interface SavedMethods {
  /** False for the moment in which nobody knows what is saved: a form drawn then would be replaced at once. */
  isKnown: boolean;
  /** It was told after the form was shown, into which the shopper may have typed by now. */
  isLate: boolean;
  of(option: PaymentOptionView): readonly SavedMethodView[];
  /**
   * The one to pay with: the first until the shopper chooses, or none where it is late; undefined for other details, or
   * where nothing is saved.
   */
  chosen(option: PaymentOptionView): SavedMethodView | undefined;
  /** `null`: other details than those saved. */
  choose(option: PaymentOptionView, id: string | null): void;
}

/** Reads what is saved once. Where it cannot be read the cart is paid without: nothing is shown then. */
export function useSavedMethods(client: TenderClient, cartId: string): SavedMethods {
  const [saved, setSaved] = useState<readonly SavedMethodView[]>([]);
  const [isKnown, setIsKnown] = useState(false);
  const [isLate, setIsLate] = useState(false);
  const [choices, setChoices] = useState<Readonly<Record<string, string | null>>>({});

  useEffect(() => {
    let isWanted = true;
    let isWaitedFor = true;
    const know = (): void => {
      isWaitedFor = false;
      if (isWanted) setIsKnown(true);
    };
    const timer = setTimeout(know, WAITED_FOR_MS);
    client
      .listSavedMethods(cartId)
      .then(
        (methods) => {
          if (!isWanted) return;
          // What comes now must not take the place of details the shopper may be typing.
          setIsLate(!isWaitedFor);
          setSaved(methods.filter(isUsable));
        },
        () => undefined,
      )
      .finally(know);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [client, cartId]);

  const of = ({ id }: PaymentOptionView) => saved.filter(({ option_id }) => option_id === id);
  return {
    isKnown,
    isLate,
    of,
    chosen: (option) => {
      const choice = choices[option.id];
      const methods = of(option);
      if (choice === undefined) return isLate ? undefined : methods[0];
      return methods.find(({ id }) => id === choice);
    },
    choose: (option, id) => setChoices((before) => ({ ...before, [option.id]: id })),
  };
}

/** A card lapses with the end of its month. */
function isUsable({ exp_month, exp_year }: SavedMethodView): boolean {
  return exp_month === null || exp_year === null || new Date(exp_year, exp_month, 1) > new Date();
}
