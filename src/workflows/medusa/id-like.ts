/** Ids reach us from addresses: what cannot be one is unknown, before it confuses a database. */
export function isIdLike(id: string): boolean {
  return /^[\w-]{1,200}$/.test(id);
}
