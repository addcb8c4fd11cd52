import { MedusaError } from "@medusajs/framework/utils";
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { assertSessionsMatchTotal } from "../workflows/pay/assert-sessions-match-total";
import { findTriedId } from "../workflows/limits/find-tried-id";
import { beginTry, nothingUnlessAsked, type Try, type TryOutcome } from "../workflows/limits/guard-tries";
import { refusalCounts } from "../workflows/limits/refusal-counts";
import { answeringProblems } from "./answer";
import { askerIn } from "./asker";

/**
 * Before Medusa's own completion, which authorizes too: its refusals are counted like those of our confirm. And it does
 * not compare the session's amount with the cart's total when the cart was changed outside its workflows, and would
 * place an order of 1000 for 100.
 */
export async function guardCompletion(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  await answeringProblems(req, res, async () => {
    const cart_id = req.params.id ?? "";
    const attempt_id = await findTriedId(req.scope, cart_id);
    const asker = askerIn(req, cart_id);
    const begun = await beginTry(req.scope, { ...asker, attempt_id, counts_after_refusal: true });
    endWithAnswer(req, res, begun);
    await assertSessionsMatchTotal(req.scope, cart_id);
    next();
  }).catch(next);
}

/** The answer of Medusa's route is the only thing that tells what came of it. */
function endWithAnswer(req: MedusaRequest, res: MedusaResponse, begun: Try): void {
  const cart_id = req.params.id ?? "";
  const json = res.json.bind(res);
  let body: unknown;
  res.json = (answer) => {
    body = answer;
    return json(answer);
  };
  const outcome = async (): Promise<TryOutcome> => {
    const told = outcomeOf(res.writableFinished ? res.statusCode : 0, body);
    switch (told) {
      case "refused":
        return (await refusalCounts(req.scope, cart_id, begun.began)) ? "refused" : "nothing";
      case "nothing":
        return nothingUnlessAsked(req.scope, cart_id, begun.began);
      default:
        return told;
    }
  };
  res.once("close", () => {
    outcome().then(begun.end, () => begun.end("refused"));
  });
}

/** A challenge of the bank tells nothing yet; Medusa's route is called again after it. */
function outcomeOf(status: number, body: unknown): TryOutcome {
  const { type, error } = Object(body) as { type?: unknown; error?: { type?: unknown } };
  if (status === 200 && type === "order") {
    return "paid";
  }
  if (status === 200 && error?.type === MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR) {
    return "refused";
  }
  const challenged = status === 200 && error?.type === MedusaError.Types.PAYMENT_REQUIRES_MORE_ERROR;
  return challenged || status === 0 || status >= 500 ? "undecided" : "nothing";
}
