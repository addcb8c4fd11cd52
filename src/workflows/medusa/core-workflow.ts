import type { IWorkflowEngineService, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import { messageOf } from "../../gateway";

/** Why one of Medusa's workflows failed: what its engine leaves of the error that was thrown, a plain object. */
export type WorkflowFailure = Readonly<{
  message: string;
  /** Of a `MedusaError`. */
  type?: unknown;
  /** Of a `GatewayError`. */
  kind?: unknown;
  /** Of the database or the network. */
  code?: unknown;
}>;

/** Runs one of Medusa's own workflows to its end. Undefined when it succeeded. */
export async function runCoreWorkflow(
  container: MedusaContainer,
  workflow_id: string,
  input: object,
): Promise<WorkflowFailure | undefined> {
  const engine = container.resolve<IWorkflowEngineService>(Modules.WORKFLOW_ENGINE);
  const { errors } = await engine.run(workflow_id, { input, throwOnError: false });
  const error: unknown = errors?.[0]?.error;
  if (error === undefined) {
    return undefined;
  }
  const { type, kind, code } = Object(error) as { type?: unknown; kind?: unknown; code?: unknown };
  return { message: messageOf(error), type, kind, code };
}

/**
 * Codes of what passes: of PostgreSQL the classes connection lost, rolled back for another, out of resources, locked,
 * stopped by hand and system error (appendix A of its manual); of Node what a broken connection says.
 */
const PASSING_CODE = /^(?:(?:08|40|53|55|57|58)[0-9A-Z]{3}|E[A-Z]{4,})$/;

/** What Medusa's providers of locks, knex and pg say without a code. */
const PASSING_WORDS =
  /acquir(?:e|ing) (?:a )?(?:lock|connection)|is already locked|connection (?:terminated|ended)|timeout exceeded/i;

/** True where the same may succeed a little later: somebody holds the cart, or the database did not answer. */
export function mayPass({ message, type, code }: WorkflowFailure): boolean {
  return (
    type === MedusaError.Types.CONFLICT ||
    (typeof code === "string" && PASSING_CODE.test(code)) ||
    (type === undefined && PASSING_WORDS.test(message))
  );
}
