import { STORM_KINDS, type Storm } from "./storm";

/** A storm as one word of the command line: `kill:31:80:0:0` (kind, request, delay, duration, jump in ms). */
export function stormWord({ kind, at_request, delay_ms, lasts_ms, jump_ms }: Storm): string {
  return [kind, at_request, delay_ms, lasts_ms, jump_ms].join(":");
}

/** Reads what `stormWord` wrote. @throws Error naming the kinds there are */
export function readStorm(word: string): Storm {
  const [name, ...numbers] = word.split(":");
  const kind = STORM_KINDS.find((known) => known === name);
  if (!kind) {
    throw new Error(`There is no storm "${name}"; there are ${STORM_KINDS.join(", ")}.`);
  }
  const [at_request = 12, delay_ms = 50, lasts_ms = 1_000, jump_ms = 60_000] = numbers.map(Number);
  return { kind, at_request, delay_ms, lasts_ms, jump_ms };
}
