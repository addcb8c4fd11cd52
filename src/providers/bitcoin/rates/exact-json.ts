/** A whole string, or a number outside of one. Only for text that is known to be JSON. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON with every number as the string of its digits, as written: `{"eur": 0.1}` gives `{ eur: "0.1" }`.
 * `JSON.parse` makes floats of them, and Node.js 20 does not hand their text to a reviver.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  JSON.parse(text);
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  );
}
