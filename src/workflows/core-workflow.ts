import type { IWorkflowEngineService, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { messageOf } from "../gateway";

/** Why one of Medusa's workflows failed: what its engine leaves of the error that was thrown, a plain object. */
export type WorkflowFailure = Readonly<{
  message: string;
  /** Of a `MedusaError`. */
  type?: unknown;
  /** Of a `GatewayError`. */
  kind?: unknown;
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
  const { type, kind } = Object(error) as { type?: unknown; kind?: unknown };
  return { message: messageOf(error), type, kind };
}
