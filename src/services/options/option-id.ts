/** The id of a payment option: `pp_stripe_main:card`. Provider ids never contain a colon; a method may. */
export function optionId(provider_id: string, method: string): string {
  return `${provider_id}:${method}`;
}

/** The parts of an option id; undefined for what is none. */
export function parseOptionId(option_id: string): { provider_id: string; method: string } | undefined {
  const colon = option_id.indexOf(":");
  return colon > 0 && colon < option_id.length - 1
    ? { provider_id: option_id.slice(0, colon), method: option_id.slice(colon + 1) }
    : undefined;
}
