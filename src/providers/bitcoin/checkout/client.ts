import type { GatewayPanelProps } from "../../../checkout/gateway-form";

type Told = Pick<GatewayPanelProps["attempt"], "client">;

/** What the gateway tells of an option, before there is a payment. */
export type CoinOption = Readonly<{
  coin_title: string;
  /** How long the shopper has to pay, in minutes; null where the gateway does not say. */
  expires_in_min: number | null;
}>;

/** In which state the gateway says that a payment is. */
export type Phase = "awaiting" | "partial" | "confirming" | "settled" | "expired";

const PHASES: readonly Phase[] = ["awaiting", "partial", "confirming", "settled", "expired"];

/** What the gateway tells of a payment. Amounts are decimals of the coin, as text. */
export type CoinPayment = Readonly<{
  /** The scheme of its addresses, such as `bitcoin`. */
  coin: string;
  coin_title: string;
  ticker: string;
  test_mode: boolean;
  phase: Phase;
  address: string;
  /** A link for wallets, for the amount that is missing; null where nothing is. */
  uri: string | null;
  /** The same, as the QR code holds it. */
  qr: string | null;
  missing: string;
  received: string;
  /** Of one coin, in the currency's main unit. */
  rate: Readonly<{ price: number; currency: string }>;
  confirmations: number;
  confirmations_needed: number;
  /** By the store's clock, in milliseconds since 1970. */
  expires_at_ms: number;
  /** The page of the demo's wallet; null where the chain is a real one. */
  demo_wallet_url: string | null;
}>;

/** What this form needs of an option; null for one that is not its. */
export function optionOf({ client }: Told): CoinOption | null {
  const { form, coin, coin_title, ticker, expires_in_min } = client;
  if (form !== "coins" || !isText(coin) || !isText(coin_title) || !isText(ticker)) return null;
  return { coin_title, expires_in_min: isCount(expires_in_min) ? expires_in_min : null };
}

/** What this form needs of an attempt; null for one that is not its, or has no address yet. */
export function paymentOf({ client }: Told): CoinPayment | null {
  const { coin, coin_title, ticker, address, uri, qr, missing, received } = client;
  const phase = PHASES.find((one) => one === client["phase"]);
  const rate = rateOf(client["rate"]);
  const expires_at_ms = Date.parse(String(client["expires_at"]));
  if (!phase || !rate || Number.isNaN(expires_at_ms)) return null;
  if (!isText(coin) || !isText(coin_title) || !isText(ticker)) return null;
  if (!isText(address) || !isText(missing) || !isText(received)) return null;
  return {
    coin,
    coin_title,
    ticker,
    test_mode: client["test_mode"] === true,
    phase,
    address,
    // With any other scheme something else than a wallet would open.
    uri: isText(uri) && uri.startsWith(`${coin}:`) ? uri : null,
    qr: isText(qr) ? qr : null,
    missing,
    received,
    rate,
    confirmations: isCount(client["confirmations"]) ? client["confirmations"] : 0,
    confirmations_needed: isCount(client["confirmations_needed"]) ? client["confirmations_needed"] : 1,
    expires_at_ms,
    demo_wallet_url: demoWalletUrl(client["simulated"], { address, missing }),
  };
}

function rateOf(rate: unknown): CoinPayment["rate"] | null {
  if (!isObject(rate) || !isText(rate["currency"])) return null;
  const price = Number(rate["price"]);
  return Number.isFinite(price) && price > 0 ? { price, currency: rate["currency"] } : null;
}

/** The demo's wallet with what is to be paid filled in. */
function demoWalletUrl(
  simulated: unknown,
  { address, missing }: Pick<CoinPayment, "address" | "missing">,
): string | null {
  if (!isObject(simulated) || !isText(simulated["pay_url"])) return null;
  const [path = "", query = ""] = simulated["pay_url"].split("?");
  // A page of the store's own or of the web; anything else (javascript:, data:) would run in this page.
  if (!/^(https?:\/)?\/[^\\]*$/.test(path)) return null;
  const filled = new URLSearchParams(query);
  filled.set("address", address);
  filled.set("amount", missing);
  return `${path}?${filled.toString()}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
