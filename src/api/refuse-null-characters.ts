import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { MedusaError } from "@medusajs/framework/utils";

const NULL_CHARACTER = "\u0000";

/**
 * PostgreSQL keeps no text with the character U+0000, so nothing has an id with it: 404. In a query or a body it is
 * refused: 400. Otherwise each would end as an error of the database.
 */
export function refuseNullCharacters(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction,
): void {
  if (/%00/.test(req.originalUrl.split("?", 1)[0] ?? "")) {
    next(new MedusaError(MedusaError.Types.NOT_FOUND, "There is nothing at this address."));
    return;
  }
  if (holdsNull(req.query) || holdsNull(req.body)) {
    next(new MedusaError(MedusaError.Types.INVALID_DATA, "The character U+0000 cannot be part of a text."));
    return;
  }
  next();
}

function holdsNull(value: unknown): boolean {
  if (typeof value === "string") {
    return value.includes(NULL_CHARACTER);
  }
  return (
    typeof value === "object" &&
    value !== null &&
    !Buffer.isBuffer(value) &&
    Object.entries(value).some(([name, inner]) => name.includes(NULL_CHARACTER) || holdsNull(inner))
  );
}
