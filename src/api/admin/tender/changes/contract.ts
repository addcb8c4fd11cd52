import { z } from "@medusajs/framework/zod";
import { pageOf } from "../paging/schemas";

export const ChangesQuery = pageOf({ subject: z.string().max(200).optional() });
export type ChangesQuery = z.infer<typeof ChangesQuery>;

/** One change that an operator made; times are ISO 8601 in UTC. */
export type AdminPaymentChange = Readonly<{
  id: string;
  /** Id of a user of the admin, or of an API key. */
  actor_id: string;
  /** The user's e-mail address, where there is one. */
  actor_email: string | null;
  /** What was done, e.g. `provider_setting.update`. */
  action: string;
  /** Id of what it was done to. */
  subject: string;
  before: unknown;
  after: unknown;
  created_at: string;
}>;

/** `GET /admin/tender/changes`: newest first. */
export type AdminPaymentChangesResult = Readonly<{
  changes: readonly AdminPaymentChange[];
  next_cursor: string | null;
}>;
