import { digitsOf } from "./card-number";

/**
 * Where the caret belongs after a field's text was written anew: behind the digit it stood behind.
 * @param shown the text as it is shown now
 * @param typed the text before that, as the browser had it
 * @param at where the caret stood in `typed`
 */
export function caretIn(shown: string, typed: string, at: number): number {
  if (at >= typed.length) return shown.length;
  // A zero put before the month is a digit more, in front of the caret.
  const added = Math.max(0, digitsOf(shown).length - digitsOf(typed).length);
  const digitsBefore = digitsOf(typed.slice(0, at)).length;
  return digitsBefore === 0 ? 0 : behindDigit(shown, digitsBefore + added);
}

function behindDigit(text: string, count: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (digitsOf(text.charAt(at)) !== "") seen += 1;
    if (seen === count) return at + 1;
  }
  return text.length;
}
