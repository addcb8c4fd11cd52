type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** `adminArea2` is `admin_area_2`. */
type Snake<Key extends string, Before extends string = ""> = Key extends `${infer First}${infer Rest}`
  ? First extends Digit
    ? `${Before extends Digit ? "" : "_"}${First}${Snake<Rest, First>}`
    : First extends Lowercase<First>
      ? `${First}${Snake<Rest, First>}`
      : `_${Lowercase<First>}${Snake<Rest, First>}`
  : "";

/** A type of the SDK as it goes over the wire: snake case, and the words of an enum in its place. */
export type Wire<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends string ? Snake<Key> : never]: Wire<T[Key]> }
      : T;
