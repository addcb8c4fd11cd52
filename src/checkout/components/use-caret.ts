import { useEffect, useLayoutEffect, useRef } from "react";
import { caretIn } from "../card/caret";

/** A form that is first drawn on a server has no caret there, and React complains of layout effects. */
const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * Keeps the caret at its digit while a field's text is written anew in groups. Call what it returns with the field,
 * still as the browser has it, and the text that will be shown.
 */
export function useCaret(): (input: HTMLInputElement, shown: string) => void {
  const kept = useRef<Readonly<{ input: HTMLInputElement; at: number }> | null>(null);

  // Before the browser paints, and after React has put the new text into the field, which moves the caret to its end.
  useBrowserLayoutEffect(() => {
    const caret = kept.current;
    kept.current = null;
    // Autofill also changes fields that do not have the focus, and must not pull it there.
    if (caret?.input.matches(":focus")) caret.input.setSelectionRange(caret.at, caret.at);
  });

  return (input, shown) => {
    kept.current = { input, at: caretIn(shown, input.value, input.selectionStart ?? input.value.length) };
  };
}
