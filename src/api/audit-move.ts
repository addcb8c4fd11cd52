import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf } from "../gateway";
import { auditMove, readMoved, type AuditedMove } from "../workflows/operate/audit-move";

/**
 * Around Medusa's own routes of captures and refunds: the log of changes says who did it, once it succeeded. The answer waits
 * for the line, and is never changed by it: the money has moved.
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
      const answer = res.json.bind(res);
      res.json = (body) => {
        if (res.statusCode >= 300) return answer(body);
        const { actor_id } = (req as AuthenticatedMedusaRequest).auth_context;
        void auditMove(scope, { actor_id, move, before })
          .catch(tell)
          .finally(() => answer(body));
        return res;
      };
    }
    next();
  };
}
