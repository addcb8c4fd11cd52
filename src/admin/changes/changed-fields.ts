/** A field before and after; `undefined` where it was not there. */
export type ChangedField = Readonly<{ name: string; before: string | undefined; after: string | undefined }>;

/** What of a change differs, field by field. Fields inside others are named with points, as in `titles.en`. */
export function changedFields(before: unknown, after: unknown): ChangedField[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({ name, before: was.get(name), after: is.get(name) }))
    .filter((field) => field.before !== field.after);
}

/** Values as text, by name; a bare value has the empty name. */
function fieldsOf(value: unknown, name = ""): Map<string, string> {
  if (value === null || value === undefined) {
    return new Map();
  }
  if (typeof value === "object" && !Array.isArray(value)) {
    return new Map(
      Object.entries(value).flatMap(([inner, one]) => [
        ...fieldsOf(one, name === "" ? inner : `${name}.${inner}`),
      ]),
    );
  }
  return new Map([[name, typeof value === "string" ? value : JSON.stringify(value)]]);
}
