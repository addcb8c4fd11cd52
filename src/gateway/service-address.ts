/** What is wrong with an address that is not safe, for a message that names the option. */
export const UNSAFE_ADDRESS = "must be an https address, or one of this machine";

/**
 * Whether a gateway may talk to its service there: over https, or over plain http on this machine only, since keys
 * and card data would cross any other network readable. Every gateway holds the addresses an operator sets to this.
 *
 * @param address an absolute URL; anything else is not safe
 */
export function isSafeServiceAddress(address: string): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** RFC 6761 (localhost), RFC 1122 3.2.1.3 (127.0.0.0/8), RFC 4291 2.5.3 (::1); `URL` has brought them into one form. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
