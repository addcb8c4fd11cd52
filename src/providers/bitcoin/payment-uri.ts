import type { Chain } from "./chains";
import { coinsText } from "./coin-amount";

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

/** `URLSearchParams` would write a space as +, which BIP321's percent-encoding does not know. */
function queryOf({ amount_sats, label, message }: PaymentRequest): string {
  const values = {
    amount: amount_sats === undefined ? undefined : payable(amount_sats),
    label,
    message,
  };
  const query = Object.entries(values).flatMap(([key, value]) =>
    value ? [`${key}=${encodeURIComponent(value)}`] : [],
  );
  return query.length > 0 ? `?${query.join("&")}` : "";
}

function payable(amount_sats: bigint): string {
  if (amount_sats <= 0n) {
    throw new RangeError("An amount to be paid is more than zero satoshis.");
  }
  return coinsText(amount_sats);
}
