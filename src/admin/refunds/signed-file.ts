/** What a file of text holds at most beside letters, digits and signs: ends of lines and tabs. */
const PRINTABLE = /^[\t\n\r\x20-\x7e]*$/;

/** A signed file as the API takes it: text as it is, anything else in base64. */
export function textOfSigned(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return PRINTABLE.test(letters) ? letters.trim() : btoa(letters);
}
