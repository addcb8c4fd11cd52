import { invalidRequest } from "./errors";

/** Presentment currencies (docs: Supported currencies). */
const SUPPORTED = new Set(
  (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf " +
    "clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils " +
    "inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk " +
    "mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp " +
    "sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw"
  ).split(" "),
);

/** In the smallest unit (docs: Minimum and maximum charge amounts). Others may be one unit. */
const MINIMUM: Readonly<Record<string, number>> = {
  ...{
    usd: 50,
    aed: 200,
    aud: 50,
    brl: 50,
    cad: 50,
    chf: 50,
    czk: 1500,
    dkk: 250,
    eur: 50,
    gbp: 30,
    hkd: 400,
  },
  ...{ huf: 17500, inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300 },
  ...{ sgd: 50, thb: 1000 },
};

const MAXIMUM = 99_999_999;

/** Docs: Zero-decimal currencies. */
const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const THREE_DECIMAL = new Set("bhd jod kwd omr tnd".split(" "));

/** Amounts that must end in zeros: three decimals of which the last is 0, and whole units written with two. */
const MULTIPLE_OF: Readonly<Record<string, number>> = {
  ...{ bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 },
  ...{ isk: 100, ugx: 100 },
};

/** @throws StripeRefusal for what Stripe cannot charge */
export function checkAmount(amount: number, currency: string, param = "amount"): void {
  const code = currency.toLowerCase();
  if (!SUPPORTED.has(code)) {
    throw invalidRequest(
      `Invalid currency: ${code}. Stripe currently supports these currencies: ${[...SUPPORTED].join(", ")}`,
      { param: "currency" },
    );
  }
  if (amount < 1) {
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param,
    });
  }
  const minimum = MINIMUM[code] ?? 1;
  if (amount < minimum) {
    throw invalidRequest(`Amount must be at least ${displayed(minimum, code)}`, {
      code: "amount_too_small",
      param,
    });
  }
  if (amount > MAXIMUM) {
    throw invalidRequest(`Amount must be no more than ${displayed(MAXIMUM, code)}`, {
      code: "amount_too_large",
      param,
    });
  }
  const multiple = MULTIPLE_OF[code] ?? 1;
  if (amount % multiple !== 0) {
    throw invalidRequest(`Invalid ${param}. In ${code} it must be a multiple of ${multiple}.`, { param });
  }
}

/** An amount as Stripe's messages say it, e.g. `12.50 eur`. */
export function displayed(amount: number, currency: string): string {
  const decimals = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  const digits = String(amount).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return `${decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`} ${currency}`;
}
