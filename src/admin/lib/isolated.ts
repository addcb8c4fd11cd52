/** Words of any script as a part of a sentence of another, which then keeps its order (Unicode, FSI and PDI). */
export function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}
