import type { Chain } from "./chains";

const SATOSHIS = 100_000_000n;

export type PaymentRequest = Readonly<{
  address: string;
  amount_sats?: bigint;
  /** Who is paid. */
  label?: string;
  /** What for. */
  message?: string;
}>;

/**
 * The address of a payment for wallets to open (BIP321, which replaces BIP21; Litecoin's wallets take the same under
 * their own scheme).
 *
 * @throws RangeError for an amount that nobody can pay
 */
export function paymentUri(chain: Chain, request: PaymentRequest): string {
  return `${chain.uri_scheme}:${request.address}${queryOf(request)}`;
}

/**
 * The same for a QR code: scheme and segwit address in capitals, which a QR code holds in fewer modules (BIP173,
 * "Uppercase/lowercase"; BIP321 takes the scheme in any case).
 */
export function paymentUriForQr(chain: Chain, request: PaymentRequest): string {
  const is_segwit = request.address.startsWith(`${chain.network.bech32}1`);
  const path = `${chain.uri_scheme}:${request.address}`;
  return `${is_segwit ? path.toUpperCase() : path}${queryOf(request)}`;
}

/** Satoshis as the decimal of the coin that a URI holds: a period, no exponent, no zeros at the end. */
export function coinsText(amount_sats: bigint): string {
  if (amount_sats <= 0n) {
    throw new RangeError("An amount to be paid is more than zero satoshis.");
  }
  const fraction = (amount_sats % SATOSHIS).toString().padStart(8, "0").replace(/0+$/, "");
  return `${amount_sats / SATOSHIS}${fraction && `.${fraction}`}`;
}

/** `URLSearchParams` would write a space as +, which BIP321's percent-encoding does not know. */
function queryOf({ amount_sats, label, message }: PaymentRequest): string {
  const values = {
    amount: amount_sats === undefined ? undefined : coinsText(amount_sats),
    label,
    message,
  };
  const query = Object.entries(values).flatMap(([key, value]) =>
    value ? [`${key}=${encodeURIComponent(value)}`] : [],
  );
  return query.length > 0 ? `?${query.join("&")}` : "";
}
