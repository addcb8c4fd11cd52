import type { MedusaResponse } from "@medusajs/framework/http";
import { MedusaError } from "@medusajs/framework/utils";
import { findingProblem, localeOf } from "../../../../services";
import type { AdminFindingProblem } from "./contract";
import { FindingProblem } from "../../../../workflows/upkeep/finding-problem";

/** Runs a route's work and answers why it cannot be done in the operator's language; other errors go on to Medusa. */
export async function answeringFindingProblems(
  res: MedusaResponse<AdminFindingProblem>,
  locale: string | undefined,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof FindingProblem)) {
      throw error;
    }
    const { problem, values, type } = error;
    const body: AdminFindingProblem = {
      type,
      code: problem,
      message: findingProblem(problem, values, localeOf(locale)),
    };
    res.status(problem.startsWith("gateway_") ? 503 : (STATUS_OF_TYPE[type] ?? 400)).json(body);
  }
}

/** As Medusa answers them; of a conflict it would keep the words to itself. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  [MedusaError.Types.NOT_FOUND]: 404,
  [MedusaError.Types.CONFLICT]: 409,
};
