import type { MedusaNextFunction, MedusaResponse } from "@medusajs/framework/http";

/**
 * Does the work once a route of Medusa's is done, before its answer is sent. It is sent unless the work answered by itself;
 * an error of the work, or of sending the answer, is answered in its place, and does not come here again.
 * @param work is told whether the route succeeded
 */
export function beforeAnswer(
  res: MedusaResponse,
  next: MedusaNextFunction,
  work: (succeeded: boolean) => Promise<void>,
): void {
  const answer = res.json.bind(res);
  res.json = (body) => {
    res.json = answer;
    work(res.statusCode < 300)
      .then(() => res.headersSent || answer(body))
      .catch(next);
    return res;
  };
}

/** {@link beforeAnswer} where the route succeeded. */
export function whenSucceeded(
  res: MedusaResponse,
  next: MedusaNextFunction,
  work: () => Promise<void>,
): void {
  beforeAnswer(res, next, async (succeeded) => (succeeded ? work() : undefined));
}
