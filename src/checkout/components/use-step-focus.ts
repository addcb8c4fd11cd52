import { useEffect, useRef, type RefObject } from "react";
import type { CheckoutState } from "../flow";

type StepFocusConfig = Readonly<{
  state: CheckoutState;
  /** The shopper comes from another state of the page, so the focus has to be put somewhere. */
  arrives: boolean;
  /** A field of the form takes the focus on arriving. */
  isFieldWanted?: boolean;
}>;

/**
 * Puts the focus where the shopper has to look, which scrolls there too: on arriving, when there is something to
 * tell, and when a wallet's sheet closes whose opener is gone. Other changes must not pull the focus away.
 */
export function useStepFocus(
  step: RefObject<HTMLElement | null>,
  { state, arrives, isFieldWanted = false }: StepFocusConfig,
): void {
  const { phase, notice, sheetOpen } = state;
  const wasOpen = useRef(sheetOpen);
  const isShown = phase === "choosing" || phase === "paying";

  function focusFirst(...selectors: readonly string[]): void {
    const found = selectors.map((selector) => step.current?.querySelector<HTMLElement>(selector));
    found.find(Boolean)?.focus();
  }

  useEffect(() => {
    if (isShown && arrives && !sheetOpen && !isFieldWanted && !notice) focusFirst("input:checked", "button");
    // Only on arriving, be it that the step was kept out of sight meanwhile.
  }, [isShown]);

  useEffect(() => {
    // The phase too: the same thing may have to be told twice, with a payment between.
    if (phase === "choosing" && notice) focusFirst("[data-notice]");
  }, [phase, notice]);

  useEffect(() => {
    const hasClosed = wasOpen.current && !sheetOpen;
    wasOpen.current = sheetOpen;
    // The sheet gives the focus back to what opened it; after a refusal that was a button which is gone.
    if (hasClosed && document.activeElement === document.body) focusFirst("input:checked", "button");
  }, [sheetOpen]);
}
