/** A request the bank turns down. Nothing changed. The message is a sentence for whoever sent the request. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /**
   * @param status the HTTP status to answer with
   * @param code a stable word for programs
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** 400: the request cannot be understood. */
export function invalid(message: string): Refusal {
  return new Refusal(400, "invalid_request", message);
}
