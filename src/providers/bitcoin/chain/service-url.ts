/**
 * Reads the address of a node or service as an operator configured it.
 *
 * @param what the option's name, for the messages of errors, which never repeat the address
 * @throws Error that says what the address must be
 */
export function readServiceUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new Error(`${what} must be an http or https address, such as http://127.0.0.1:8332.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Error(`${what} must not hold username and password: they have options of their own.`);
  }
  return url;
}
