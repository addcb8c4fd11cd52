/** What a field of a log line may hold; what is undefined is left out. */
export type LogValue = string | number | undefined;

/** Longest value of a field. A finding's sentence fits; what a stranger sends is cut. */
const MOST_CHARACTERS = 300;

/**
 * One line of `logfmt`: the event, then `name=value` pairs, a value with anything unusual in it in double quotes as in
 * JSON. Values come from outside too (types of webhooks, words of gateways): line breaks and control characters are
 * taken out, so that nobody can forge a line, and so are runs of digits as long as a card number.
 */
export function logLine(event: string, fields: Readonly<Record<string, LogValue>>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${inLine(value)}`],
  );
  return [event, ...pairs].join(" ");
}

function inLine(value: string | number): string {
  const text = cleaned(String(value));
  return /^[\w.:/-]+$/.test(text) ? text : JSON.stringify(text);
}

/** Twelve digits and more: the shortest card numbers have twelve (ISO/IEC 7812-1). Ids of ours hold letters between. */
const LIKE_A_CARD_NUMBER = /\d(?:[ -]?\d){11,}/g;

/** `%` would be a placeholder to the logger. */
const UNFIT_FOR_A_LINE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}%]+/gu;

function cleaned(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS)
    .replace(UNFIT_FOR_A_LINE, " ")
    .replace(LIKE_A_CARD_NUMBER, "[digits]");
}
