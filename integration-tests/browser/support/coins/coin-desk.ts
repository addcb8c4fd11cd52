import type { BrowserContext, Route } from "playwright-core";
import type { PaymentAttemptView, PaymentOptionView } from "../../../../src/api/store-contract";
import { CHAINS } from "../../../../src/providers/bitcoin/chains";
import { coinsText, satsFrom } from "../../../../src/providers/bitcoin/coin-amount";
import { paymentUri, paymentUriForQr } from "../../../../src/providers/bitcoin/payment-uri";

/** Of the key in BIP173's examples, on regtest; nothing is ever paid to it. */
export const ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
const CHAIN = CHAINS["bitcoin-regtest"];
const DUE = "0.00035042";
const CART = "/store/carts/cart_1";

/** What the gateway knows of the one payment under way, for tests to change. */
const UNPAID = {
  status: "action_required" as PaymentAttemptView["status"],
  phase: "awaiting",
  received: "0",
  confirmations: 0,
  left_ms: 15 * 60_000,
  isSimulated: false,
  /** The order is placed before its payment is seen. */
  isOrderFirst: false,
  isCompleted: false,
  isDown: false,
};

/** Answers a page of the fake store as a gateway for coins would have it answered. */
export class CoinDesk {
  state = { ...UNPAID };
  /** When the payment was begun, by the store's clock. */
  started = 0;
  starts = 0;
  looks = 0;

  async open(context: BrowserContext): Promise<void> {
    await context.route(`**${CART}**`, (route) => this.#answer(route));
  }

  reset(change: Partial<typeof UNPAID> = {}): void {
    this.state = { ...UNPAID, ...change };
    this.starts = 0;
    this.looks = 0;
  }

  /** What the attempt is called; each start is another. */
  get attemptId(): string {
    return `coin_${this.starts}`;
  }

  async #answer(route: Route): Promise<void> {
    if (this.state.isDown) return route.abort("connectionrefused");
    const url = new URL(route.request().url());
    const rest = url.pathname.slice(CART.length);
    const method = route.request().method();
    if (rest === "/payment-options") return this.#offer(route);
    if (rest === "") return this.#cart(route);
    if (rest === "/payment-attempts" && method === "POST") {
      const body = route.request().postDataJSON() as { option_id: string };
      return body.option_id === OPTION.id ? this.#start(route) : route.continue();
    }
    if (rest === `/payment-attempts/${this.attemptId}`) return this.#look(route);
    if (rest === `/payment-attempts/${this.attemptId}/confirm`) return this.#confirm(route);
    return route.continue();
  }

  async #offer(route: Route): Promise<void> {
    const answer = await route.fetch();
    const body = (await answer.json()) as { payment_options: PaymentOptionView[] };
    const client = { ...OPTION.client, ...(this.state.isSimulated && SIMULATED) };
    await route.fulfill({
      json: { ...body, payment_options: [{ ...OPTION, client }, ...body.payment_options] },
    });
  }

  async #cart(route: Route): Promise<void> {
    const answer = await route.fetch();
    const { cart } = (await answer.json()) as { cart: object };
    const completed_at = this.state.isCompleted ? new Date().toISOString() : null;
    await route.fulfill({ json: { cart: { ...cart, completed_at } } });
  }

  async #start(route: Route): Promise<void> {
    this.starts += 1;
    this.started = Date.now();
    if (this.starts > 1) this.state = { ...UNPAID, isSimulated: this.state.isSimulated };
    const client = {};
    const attempt = { ...this.view(), status: "ready", next_action: { type: "confirm" }, client };
    await route.fulfill({ json: { payment_attempt: attempt } });
  }

  async #look(route: Route): Promise<void> {
    this.looks += 1;
    await route.fulfill({ json: { payment_attempt: this.view() } });
  }

  async #confirm(route: Route): Promise<void> {
    const payment_attempt = this.view();
    const isApproved = ["authorized", "captured", "pending"].includes(payment_attempt.status);
    if (!isApproved && !this.state.isOrderFirst) {
      return route.fulfill({ json: { type: "action_required", payment_attempt } });
    }
    if (this.state.status === "action_required") this.state.status = "pending";
    this.state.isCompleted = true;
    await route.fulfill({ json: { type: "order", order: ORDER } });
  }

  view(): PaymentAttemptView {
    const { status, phase, received, confirmations, left_ms, isSimulated } = this.state;
    const missing_sats = satsFrom(DUE) - satsFrom(received);
    const missing = missing_sats > 0n ? coinsText(missing_sats) : "0";
    const request =
      missing_sats > 0n ? { address: ADDRESS, amount_sats: missing_sats } : { address: ADDRESS };
    return {
      id: this.attemptId,
      option_id: OPTION.id,
      provider_id: OPTION.provider_id,
      method: OPTION.method,
      status,
      amount: 24,
      currency_code: "eur",
      next_action:
        status === "pending"
          ? { type: "wait", settles_later: true }
          : status === "action_required"
            ? { type: "confirm" }
            : null,
      fallback_of: null,
      decline: null,
      read_at: new Date().toISOString(),
      client: {
        ...COIN,
        phase,
        address: ADDRESS,
        uri: paymentUri(CHAIN, request),
        qr: paymentUriForQr(CHAIN, request),
        due: DUE,
        missing,
        received,
        rate: { price: "68489.10", currency: "EUR" },
        confirmations,
        confirmations_needed: 3,
        expires_at: new Date(this.started + left_ms).toISOString(),
        ...(isSimulated && SIMULATED),
      },
    };
  }
}

const SIMULATED = { simulated: { pay_url: "/demo-wallet?chain=bitcoin-regtest" } };

const COIN = {
  chain: CHAIN.name,
  coin: CHAIN.coin,
  coin_title: "Bitcoin",
  ticker: CHAIN.ticker,
  test_mode: true,
};

export const OPTION: PaymentOptionView = {
  id: "pp_coins:bitcoin",
  provider_id: "pp_coins",
  method: "bitcoin",
  title: "Bitcoin",
  description: null,
  icon: "bitcoin",
  express: false,
  position: -1,
  can_save: false,
  client: { form: "coins", expires_in_min: 15, ...COIN },
};

const ORDER = {
  id: "order_1",
  display_id: 1042,
  email: "sam@example.com",
  currency_code: "eur",
  total: 24,
};
