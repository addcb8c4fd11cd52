import type { GatewayPanelProps } from "../../../../checkout/gateway-form";

type Attempt = GatewayPanelProps["attempt"];

/** What the gateway tells of a payment nobody has paid yet, over the hour that begins with `read_at`. */
export const TOLD = {
  chain: "bitcoin-regtest",
  coin: "bitcoin",
  coin_title: "Bitcoin",
  ticker: "BTC",
  test_mode: true,
  phase: "awaiting",
  address: "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080",
  uri: "bitcoin:bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080?amount=0.0005",
  qr: "BITCOIN:BCRT1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KYGT080?amount=0.0005",
  due: "0.0005",
  missing: "0.0005",
  received: "0",
  rate: { price: "48000.00", currency: "EUR" },
  confirmations: 0,
  confirmations_needed: 3,
  expires_at: "2026-01-01T01:00:00.000Z",
};

export function attempt(told: Record<string, unknown> = {}, change: Partial<Attempt> = {}): Attempt {
  return {
    id: "att_1",
    option_id: "pp_coins:bitcoin",
    provider_id: "pp_coins",
    method: "bitcoin",
    status: "action_required",
    amount: 24,
    currency_code: "eur",
    next_action: { type: "confirm" },
    fallback_of: null,
    decline: null,
    client: { ...TOLD, ...told },
    read_at: "2026-01-01T00:00:00.000Z",
    ...change,
  };
}

export function option(told: Record<string, unknown> = {}) {
  const { coin, coin_title, ticker } = TOLD;
  return {
    id: "pp_coins:bitcoin",
    provider_id: "pp_coins",
    method: "bitcoin",
    title: "Bitcoin",
    description: null,
    icon: "bitcoin",
    express: false,
    position: 0,
    can_save: false,
    client: { form: "coins", coin, coin_title, ticker, test_mode: true, ...told },
  };
}
