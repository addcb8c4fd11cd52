/** What became of attempts. */
export type Counts = Readonly<{
  attempts: number;
  approved: number;
  declined: number;
  /** The provider was not reached, or refused the request as such: no bank decided anything. */
  not_reached: number;
}>;

/** Approved of those that were approved or refused, from 0 to 1; `null` where nothing was decided. */
export function approvalRate({ approved, declined }: Pick<Counts, "approved" | "declined">): number | null {
  const decided = approved + declined;
  return decided === 0 ? null : approved / decided;
}
