/** The API refused a request for a reason this client has no value for. Nothing was charged by it. */
export class TenderApiError extends Error {
  override readonly name = "TenderApiError";

  /**
   * @param status the HTTP status
   * @param type Medusa's error type, e.g. `not_found`
   * @param retry_after_s where a limit was reached: when to try again
   */
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly retry_after_s: number | null = null,
  ) {
    super(message);
  }
}

/**
 * No usable answer came: the connection failed, timed out, or the server broke while answering. The request
 * may have been carried out all the same, so it must be looked up before it is repeated.
 */
export class TenderConnectionError extends Error {
  override readonly name = "TenderConnectionError";

  constructor(options?: { cause?: unknown }) {
    super("The store did not answer.", options);
  }
}
