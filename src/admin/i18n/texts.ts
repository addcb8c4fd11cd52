/** The dashboard's name for our texts, so that they meet nobody else's. */
export const NAMESPACE = "tender";

/** Forms of a counted text that English does not have and Arabic needs. */
type MorePlurals = Readonly<{ [name in `${string}_${"zero" | "two" | "few" | "many"}`]?: string }>;

/** The same texts in another language. The compiler refuses one with a gap. */
export type TextsLike<English> = {
  readonly [Name in keyof English]: English[Name] extends string ? string : TextsLike<English[Name]>;
} & MorePlurals;
