import type { Limits } from "./limits-schema";

export type CardTestingRules = Exclude<Limits["card_testing"], false>;

/** What the store as a whole saw within the last minutes, whatever the address. */
export type TryTally = Readonly<{
  /** Refused by a bank. */
  refused: number;
  refused_carts: number;
  paid_carts: number;
  /** Not let through to a bank any more, and over how many carts. */
  blocked: number;
  blocked_carts: number;
  addresses: number;
  /** Refused or not let through, from no address that counts. */
  unaddressed: number;
}>;

/**
 * Many refusals over many carts, and few carts that get paid: somebody tries stolen cards. Counted by carts where
 * one could repeat itself for nothing. Once the stricter limits hold hardly anything is refused by a bank any more,
 * so what they keep back goes on proving the attack.
 */
export function looksLikeCardTesting(tally: TryTally, rules: CardTestingRules, tightened: boolean): boolean {
  const refusals = tally.refused + (tightened ? tally.blocked : 0);
  const carts = tally.refused_carts + (tightened ? tally.blocked_carts : 0);
  return (
    refusals >= rules.refusals &&
    carts >= rules.carts &&
    carts >= rules.refused_share * (carts + tally.paid_carts)
  );
}
