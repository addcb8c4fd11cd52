/** What stands where something is not shown. */
export const MASK = "•••";

export type Redacted =
  null | boolean | number | string | readonly Redacted[] | { readonly [name: string]: Redacted };

/** The body of a webhook as an operator may see it. */
export type RedactedPayload = Readonly<{
  /** `other`: neither JSON nor a form, and not shown at all; `empty`: there was no body. */
  format: "json" | "form" | "other" | "empty";
  content: Redacted;
  bytes: number;
}>;

/**
 * The body of a webhook, whatever it may be, without what is nobody's business: the structure and the values of fields
 * known to be technical are shown, everything else is masked. A field is shown for its name, where none of the names
 * around it speaks of a person or a means of payment, and its value looks like an id, a word, a time or a figure. A name
 * that may tell of anything, such as "value", is believed only where all names around it are known to be about payments.
 */
export function redactPayload(payload: string): RedactedPayload {
  const bytes = Buffer.byteLength(payload);
  if (payload.trim() === "") {
    return { format: "empty", content: null, bytes };
  }
  const json = parsedJson(payload);
  if (json !== undefined) {
    return { format: "json", content: redact(json, TOP), bytes };
  }
  const form = parsedForm(payload);
  return form
    ? { format: "form", content: redact(form, TOP), bytes }
    : { format: "other", content: null, bytes };
}

/** Limits on what is shown: a body may be half a megabyte of anything. */
const MOST = { depth: 16, entries: 100, text: 120 } as const;

/** Fields whose values say what happened to which payment. Names are compared without case, `_` and `-`. */
const TECHNICAL = new Set(
  [
    "id object type event event_type event_name event_version resource_type resource_version topic action kind category",
    "status state substatus previous_status reason reason_code code error_code decline_code response_code advice_code result_code",
    "success livemode live test api_version version paid captured refunded disputed final closed confirmed",
    "amount value total currency currency_code amount_captured amount_received amount_refunded amount_capturable",
    "amount_authorized fee net minor_amount exponent",
    "created created_at create_time update_time updated updated_at time timestamp date event_date expires_at valid_until",
    "reference payment_id payment_intent charge order_id refund_id capture_id authorization_id dispute_id event_id transaction_id",
    "psp_reference original_reference merchant_reference provider network pending_webhooks sequence attempt attempts tries rel method",
    "confirmations txid vout height",
  ]
    .join(" ")
    .split(" ")
    .map(plain),
);

/** Technical names that tell of anything: shown only where every field around them is known to be about payments. */
const VAGUE = new Set([
  "id",
  "type",
  "kind",
  "category",
  "code",
  "value",
  "date",
  "time",
  "reference",
  "total",
]);

/** Fields that are about payments, in the known services' words. */
const ABOUT_PAYMENTS =
  /^(data|object|event|resource|links?|items?|results?|error|payment|paymentintent|transaction|charge|latestcharge|order|refund|capture|authorization|dispute|purchaseunit|supplementarydata|relatedids|sellerreceivablebreakdown|sellerpayablebreakdown|statusdetails|lastpaymenterror|request)s?$|amount|fee$|fees$/;

/** Inside a field with one of these in its name nothing is shown. */
const PERSONAL =
  /contact|birth|dob|individual|identity|gender|national|tax|passport|document|payer|payee|customer|person|owner|holder|recipient|shopper|buyer|user|email|phone|address|shipping|billing|card|bank|iban|account|wallet|token|secret|password|key|signature|(?<!re)source|instrument|paymentmethod|metadata|custom|note|description|device|browser|ipaddress/;

/** Ids, words, times and figures: no spaces, no `@`, nothing percent-encoded, no `+` before it as with telephones. */
const LOOKS_TECHNICAL = /^[\w-][\w.:+-]*$/;

/** What opens something: keys, tokens and client secrets of the known services' makes, and signed tokens. */
const OPENS_SOMETHING = /secret|passw|^(?:sk|rk|pk|tok|src|whsec)[_-]|^ey[\w-]+\.[\w-]+\./i;

/** A field's name, as programs write them; others may be data, such as an address that something is filed under. */
const LOOKS_LIKE_NAME = /^[a-z_$][\w$.-]{0,63}$/i;

type Place = Readonly<{ name: string; personal: boolean; known: boolean; depth: number }>;

const TOP: Place = { name: "", personal: false, known: true, depth: 0 };

function redact(value: unknown, { name, personal, known, depth }: Place): Redacted {
  if (Array.isArray(value)) {
    if (depth >= MOST.depth) return MASK;
    const shown = value
      .slice(0, MOST.entries)
      .map((one) => redact(one, { name, personal, known, depth: depth + 1 }));
    return value.length > MOST.entries ? [...shown, MASK] : shown;
  }
  if (typeof value === "object" && value !== null) {
    if (depth >= MOST.depth) return MASK;
    const entries = Object.entries(value);
    const is_known = known && (name === "" || ABOUT_PAYMENTS.test(plain(name)));
    const shown = entries.slice(0, MOST.entries).map(([field, inner]): [string, Redacted] => {
      const is_name = LOOKS_LIKE_NAME.test(field) && !holdsCardNumber(field);
      return [
        is_name ? field : MASK,
        redact(inner, {
          name: field,
          personal: personal || !is_name || PERSONAL.test(plain(field)),
          known: is_known,
          depth: depth + 1,
        }),
      ];
    });
    return Object.fromEntries(entries.length > MOST.entries ? [...shown, [MASK, MASK]] : shown);
  }
  if (value === null) return null;
  const field = plain(name);
  return !personal && TECHNICAL.has(field) && (known || !VAGUE.has(field)) ? technical(value) : MASK;
}

function technical(value: unknown): Redacted {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") {
    return Number.isFinite(value) &&
      Math.abs(value) <= Number.MAX_SAFE_INTEGER &&
      !holdsCardNumber(String(value))
      ? value
      : MASK;
  }
  const shows =
    typeof value === "string" &&
    value.length <= MOST.text &&
    LOOKS_TECHNICAL.test(value) &&
    !OPENS_SOMETHING.test(value) &&
    !holdsCardNumber(value) &&
    !isIban(value);
  return shows ? value : MASK;
}

/** Digits in a row, or in groups, that are as long as a card's number and have its check digit (ISO/IEC 7812-1, Luhn). */
function holdsCardNumber(text: string): boolean {
  return [...text.matchAll(/(?<!\d)\d(?:[ ._-]?\d){12,18}(?!\d)/g)].some(([digits]) =>
    hasCheckDigit(digits.replaceAll(/\D/g, "")),
  );
}

function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const counted = at % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}

/** An account's number with its check digits (ISO 13616). */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/i.test(text)) {
    return false;
  }
  const figures = [...text.slice(4), ...text.slice(0, 4)].map((sign) => parseInt(sign, 36)).join("");
  return BigInt(figures) % 97n === 1n;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

function parsedJson(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** A form's fields; one that comes several times is a list. */
function parsedForm(payload: string): Record<string, unknown> | undefined {
  if (!/^[^\s=&<{]+=[^\s<{]*$/.test(payload.trim())) {
    return undefined;
  }
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(payload.trim())) {
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
