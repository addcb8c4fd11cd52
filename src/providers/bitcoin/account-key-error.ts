/**
 * Why an operator's account key is not taken:
 *
 * - `private_key`: it can spend; whoever has read it has the coins.
 * - `wrong_network`: another chain's key.
 * - `bad_checksum`: mistyped or cut off.
 * - `wrong_depth`: a key above or below the account.
 * - `unsupported`: a kind of account that is not offered.
 * - `unreadable`: none of the forms a key may have.
 */
export type AccountKeyProblem =
  "private_key" | "wrong_network" | "bad_checksum" | "wrong_depth" | "unsupported" | "unreadable";

/** An account key that is not taken. The message says what to enter instead, and never repeats what was entered. */
export class AccountKeyError extends Error {
  override readonly name = "AccountKeyError";

  constructor(
    readonly problem: AccountKeyProblem,
    message: string,
  ) {
    super(message);
  }
}
