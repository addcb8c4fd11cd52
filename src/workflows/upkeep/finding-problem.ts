import { MedusaError } from "@medusajs/framework/utils";
import { findingProblem, type FindingProblemCode, type TextValues } from "../../services";

/** Why an operator's action could not be carried out. Its message is English; `code` and `values` say it in any language. */
export class FindingProblem extends MedusaError {
  constructor(
    readonly problem: FindingProblemCode,
    readonly values: TextValues = {},
  ) {
    super(TYPE_OF[problem] ?? MedusaError.Types.NOT_ALLOWED, findingProblem(problem, values, "en"));
  }
}

/** All others are of the type `NOT_ALLOWED`. */
const TYPE_OF: Readonly<Partial<Record<FindingProblemCode, string>>> = {
  unknown_finding: MedusaError.Types.NOT_FOUND,
  note_missing: MedusaError.Types.INVALID_DATA,
  not_compared: MedusaError.Types.CONFLICT,
  order_waits: MedusaError.Types.CONFLICT,
  in_use: MedusaError.Types.CONFLICT,
};
