/** A request that is turned down; nothing changed. The message is a sentence for whoever sent it. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
