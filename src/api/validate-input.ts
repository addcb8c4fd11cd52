import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { MedusaError } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";

/** Parses a body into `req.validatedBody`; 400 with what is wrong for one that does not fit. */
export function validateBody(schema: z.ZodType) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const parsed = schema.safeParse(req.body ?? {});
    if (!parsed.success) {
      next(new MedusaError(MedusaError.Types.INVALID_DATA, z.prettifyError(parsed.error)));
      return;
    }
    req.validatedBody = parsed.data;
    next();
  };
}

/** Parses a query into `req.validatedQuery`; 400 with what is wrong for one that does not fit. */
export function validateQuery(schema: z.ZodType<Record<string, unknown>>) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const parsed = schema.safeParse(req.query);
    if (!parsed.success) {
      next(new MedusaError(MedusaError.Types.INVALID_DATA, z.prettifyError(parsed.error)));
      return;
    }
    req.validatedQuery = parsed.data;
    next();
  };
}
