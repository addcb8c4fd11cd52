/**
 * The text of a member of a JSON object, as it stands there.
 * @param json an object that `JSON.parse` takes
 * @returns the last one of the name, as `JSON.parse` does; empty when there is none
 */
export function memberText(json: string, name: string): string {
  let found = "";
  let depth = 0;
  let start = 0;
  let key: string | undefined;
  // Strings whole, so that what looks like JSON within them is not taken for it.
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/gs)) {
    const closes = token === "}" || token === "]";
    if (depth === 1 && key === undefined && token.startsWith('"')) {
      key = JSON.parse(token) as string;
    } else if (depth === 1 && token === ":") {
      start = index + 1;
    } else if (depth === 1 && (token === "," || closes)) {
      found = key === name ? json.slice(start, index).trim() : found;
      key = undefined;
    }
    depth += token === "{" || token === "[" ? 1 : closes ? -1 : 0;
  }
  return found;
}
