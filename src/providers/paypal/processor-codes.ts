import type { ProcessorResponseCode } from "@paypal/paypal-server-sdk";
import type { DeclineCategory } from "../../gateway/declines";

/** What a code means for the payment, and what PayPal calls it. */
type Row = readonly [category: DeclineCategory, words: string];

/**
 * What the card's processor says of an authorization or capture it refused (`processor_response.response_code`). Source:
 * PayPal's server SDK reference, "ProcessorResponseCode". The type sees to it that a code which comes with a new SDK does
 * not compile until it has a row.
 */
export const RESPONSES: Readonly<Record<`${ProcessorResponseCode}`, Row>> = {
  5650: ["authenticate", "SCA required"],
  7700: ["authenticate", "3-D Secure error"],
  7710: ["authenticate", "authentication failed"],
  PCNR: ["authenticate", "contingencies not resolved"],
  PPD3: ["authenticate", "3-D Secure error"],

  "0800": ["provider_transient", "bad response, reversal required"],
  "0880": ["provider_transient", "cryptographic failure"],
  "0960": ["provider_transient", "system malfunction"],
  8000: ["provider_transient", "processor system error"],
  8100: ["provider_transient", "fatal communication error"],
  8110: ["provider_transient", "retriable communication error"],
  8220: ["provider_transient", "system unavailable"],
  PPDT: ["provider_transient", "decline threshold breach"],
  PPER: ["provider_transient", "internal system error"],
  PPNT: ["provider_transient", "network error"],

  1360: ["issuer_transient", "bad processing code"],
  5920: ["issuer_transient", "issuer not available, retriable"],
  9100: ["issuer_transient", "declined, please retry"],

  "0100": ["issuer_generic", "referral"],
  1000: ["issuer_generic", "partial authorization"],
  "10BR": ["issuer_generic", "issuer rejected"],
  1393: ["issuer_generic", "transaction cannot be completed"],
  5100: ["issuer_generic", "generic decline"],
  9530: ["issuer_generic", "hold, call center"],
  PPAR: ["issuer_generic", "authorization result"],
  PPCR: ["issuer_generic", "credit error"],
  PPDV: ["issuer_generic", "authorization message"],
  PPH1: ["issuer_generic", "H1 error"],
  PPLS: ["issuer_generic", "large status code"],
  PPSD: ["issuer_generic", "status description"],

  "0500": ["issuer_refused", "do not honor"],
  "0580": ["issuer_refused", "unauthorized transaction"],
  5160: ["issuer_refused", "unauthorized user"],
  5210: ["issuer_refused", "invalid transaction"],
  5700: ["issuer_refused", "transaction not permitted"],
  5900: ["issuer_refused", "invalid issue"],
  5910: ["issuer_refused", "issuer not available, not retriable"],
  9540: ["issuer_refused", "refused card"],
  PPAG: ["issuer_refused", "adult gaming unsupported"],
  PPBG: ["issuer_refused", "bad gaming"],
  PPCO: ["issuer_refused", "country"],
  PPQC: ["issuer_refused", "quasi cash unsupported"],
  PPSE: ["issuer_refused", "American Express denied"],

  1310: ["funds_limit", "invalid amount"],
  5120: ["funds_limit", "insufficient funds"],
  5710: ["funds_limit", "transaction attempts exceed limit"],
  PPAI: ["funds_limit", "amount incompatible"],
  PPAX: ["funds_limit", "amount exceeded"],
  PPEL: ["funds_limit", "exceeds frequency limit"],
  PPNL: ["funds_limit", "exceeds network frequency limit"],

  "00N7": ["fix_data", "CVV2 failure"],
  "0890": ["fix_data", "unacceptable PIN"],
  1300: ["fix_data", "invalid data format"],
  1380: ["fix_data", "invalid expiration"],
  1382: ["fix_data", "invalid card verification value"],
  5110: ["fix_data", "CVV2 failure"],
  5130: ["fix_data", "invalid PIN"],
  5170: ["fix_data", "AVS failure"],
  5190: ["fix_data", "soft AVS"],
  5500: ["fix_data", "incorrect PIN"],
  7900: ["fix_data", "PIN error"],
  PCVV: ["fix_data", "CVV failure"],
  PPAD: ["fix_data", "billing address"],
  PPAV: ["fix_data", "AVS"],
  PPC2: ["fix_data", "CVV"],
  PPEX: ["fix_data", "expiry date"],
  PPFV: ["fix_data", "field validation failed"],
  PPII: ["fix_data", "invalid input"],
  PPPH: ["fix_data", "no phone for currency conversion"],
  PPVE: ["fix_data", "validation error"],

  "0390": ["instrument_unusable", "account not found"],
  1312: ["instrument_unusable", "invalid card issuer or acquirer"],
  1330: ["instrument_unusable", "invalid account"],
  1335: ["instrument_unusable", "invalid account, recurring"],
  1352: ["instrument_unusable", "restricted or inactive account"],
  5135: ["instrument_unusable", "PIN tries exceeded"],
  5140: ["instrument_unusable", "card closed"],
  5180: ["instrument_unusable", "invalid or restricted card"],
  5400: ["instrument_unusable", "expired card"],
  5930: ["instrument_unusable", "card not activated"],
  5950: ["instrument_unusable", "declined for an updated account"],
  6300: ["instrument_unusable", "account not on file"],
  7800: ["instrument_unusable", "BIN error"],
  PP06: ["instrument_unusable", "account closed"],
  PPAB: ["instrument_unusable", "account blocked by issuer"],
  PPEF: ["instrument_unusable", "expired funding instrument"],
  PPFE: ["instrument_unusable", "funding source already exists"],
  PPFI: ["instrument_unusable", "invalid funding instrument"],
  PPFR: ["instrument_unusable", "restricted funding instrument"],
  PPPM: ["instrument_unusable", "invalid payment method"],
  PPTE: ["instrument_unusable", "verification token expired"],
  PPTV: ["instrument_unusable", "invalid verification token"],

  1320: ["unsupported_here", "invalid currency code"],
  8030: ["unsupported_here", "unsupported operation"],
  PPAE: ["unsupported_here", "American Express disabled"],
  PPCT: ["unsupported_here", "card type unsupported"],
  PPCU: ["unsupported_here", "currency invalid"],
  PPDC: ["unsupported_here", "currency conversion unsupported"],
  PPDI: ["unsupported_here", "Diners reject"],
  PPMC: ["unsupported_here", "blocked Mastercard"],
  PPNC: ["unsupported_here", "not supported"],
  PPS4: ["unsupported_here", "currency mismatch"],
  PPTT: ["unsupported_here", "transaction type unsupported"],
  PPUC: ["unsupported_here", "currency code unsupported"],
  PPUE: ["unsupported_here", "unsupported entity"],
  PPUI: ["unsupported_here", "unsupported installment"],
  PPVC: ["unsupported_here", "validate currency"],

  5150: ["never", "pick up card"],
  9520: ["never", "lost or stolen"],
  PPRN: ["never", "reattempt not permitted"],
  PPTR: ["never", "verification token revoked"],

  9500: ["risk", "suspected fraud"],
  9510: ["risk", "security violation"],
  PPSC: ["risk", "risk score"],

  "0000": ["reconcile", "approved"],
  5200: ["reconcile", "duplicate transaction"],
  7600: ["reconcile", "approved, not captured"],
  PPIF: ["reconcile", "idempotency failure"],
  PPS1: ["reconcile", "bank authorization settled"],
  PPS2: ["reconcile", "bank authorization voided"],

  "0R00": ["session_expired", "canceled payment"],
  PPS3: ["session_expired", "bank authorization expired"],

  1317: ["merchant_config", "invalid capture date"],
  1340: ["merchant_config", "invalid terminal"],
  1350: ["merchant_config", "invalid merchant"],
  1370: ["merchant_config", "invalid merchant category"],
  1384: ["merchant_config", "invalid life cycle of transaction"],
  1390: ["merchant_config", "invalid order"],
  5800: ["merchant_config", "reversal rejected"],
  8010: ["merchant_config", "host key error"],
  8020: ["merchant_config", "configuration error"],
  PPAU: ["merchant_config", "merchant category code"],
  PPCE: ["merchant_config", "registration incomplete"],
  PPGR: ["merchant_config", "gaming refund error"],
  PPIM: ["merchant_config", "id mismatch"],
  PPIT: ["merchant_config", "invalid trace id"],
  PPLR: ["merchant_config", "late reversal"],
  PPMB: ["merchant_config", "missing business rule or data"],
  PPMD: ["merchant_config", "deprecated"],
  PPNM: ["merchant_config", "no merchant id found"],
  PPPI: ["merchant_config", "invalid product"],
  PPRE: ["merchant_config", "refund of pending unsupported"],
  PPRF: ["merchant_config", "invalid parent transaction status"],
  PPRR: ["merchant_config", "merchant not registered"],
  PPS0: ["merchant_config", "bank authorization mismatch"],
  PPS5: ["merchant_config", "card mismatch"],
  PPS6: ["merchant_config", "amount mismatch"],
  PPTF: ["merchant_config", "invalid trace reference"],
  PPTI: ["merchant_config", "invalid transaction id"],
  PPUA: ["merchant_config", "user not authorized"],
  PPUP: ["merchant_config", "unsupported point-of-sale flag"],
  PPUR: ["merchant_config", "unsupported reversal"],
  PPVT: ["merchant_config", "virtual terminal unsupported"],

  9600: ["unclassified", "unrecognized response code"],
};

/** Advice of the card networks that says something new (Mastercard merchant advice codes, which Visa's are told in). */
export const NETWORK_ADVICE: readonly string[] = ["01", "02", "03", "21"];

/** The code's category; undefined for one without a row. */
export function categoryOfResponse(code: string): DeclineCategory | undefined {
  return isResponseCode(code) ? RESPONSES[code][0] : undefined;
}

function isResponseCode(code: string): code is `${ProcessorResponseCode}` {
  return Object.hasOwn(RESPONSES, code);
}
