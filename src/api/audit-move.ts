import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf } from "../gateway";
import { beforeAnswer } from "./before-answer";
import { auditBegunByHand, auditMove, readMoved, type AuditedMove } from "../workflows/operate/audit-move";

/**
 * Around Medusa's own routes of captures and refunds: the log of changes says who did it, once it succeeded or people are
 * to carry it out. The answer waits for the line, and is never changed by it: the money has moved.
 */
export function auditing(move: AuditedMove) {
  return async (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    const { params, scope } = req;
    const payment_id = params.id ?? "";
    const tell = (error: unknown) => {
      const logger = scope.resolve(ContainerRegistrationKeys.LOGGER);
      logger.error(`The ${move} of payment ${payment_id} could not be logged: ${messageOf(error)}`);
    };
    const before = await readMoved(scope, payment_id).catch(tell);
    if (before) {
      beforeAnswer(res, next, async (succeeded) => {
        if (!succeeded && !before.by_hand) return;
        const { actor_id } = (req as AuthenticatedMedusaRequest).auth_context;
        const asked = { actor_id, move, amount: amountIn(req), before };
        await (succeeded ? auditMove(scope, asked) : auditBegunByHand(scope, asked)).catch(tell);
      });
    }
    next();
  };
}

function amountIn({ validatedBody }: MedusaRequest): number | undefined {
  const { amount } = Object(validatedBody) as { amount?: unknown };
  return typeof amount === "number" ? amount : undefined;
}
