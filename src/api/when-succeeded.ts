import type { MedusaNextFunction, MedusaResponse } from "@medusajs/framework/http";

/**
 * Does the work once a route of Medusa's has succeeded, before its answer is sent. It is sent unless the work answered by
 * itself; an error of the work is answered in its place.
 */
export function whenSucceeded(
  res: MedusaResponse,
  next: MedusaNextFunction,
  work: () => Promise<void>,
): void {
  const answer = res.json.bind(res);
  res.json = (body) => {
    res.json = answer;
    if (res.statusCode >= 300) {
      return answer(body);
    }
    work()
      .then(() => res.headersSent || answer(body))
      .catch(next);
    return res;
  };
}
