import type { BankPage } from "../gateways/gateway";
import type { LaneSpec } from "../lanes";
import { inWords, send, type Answer } from "../system/http";
import type { Stage } from "../system/stage";
import type { Tally } from "./tally";
import { Timeline } from "./timeline";
import { toDecimal } from "./money";

/** Something an operator asked for, however often it was repeated until it was answered. */
export type Ask = {
  kind: "capture" | "refund" | "cancel_order";
  payment_id: string;
  amount_minor: number;
  /** What the dashboard showed when the operator first asked. */
  seen?: Readonly<{ id: string; amount_minor: number; captured_minor: number; refunded_minor: number }>;
  /** Status of each answer; 0 for none. */
  statuses: number[];
};

/** Counts every request of every lane; a storm breaks loose at one of them. */
export type Traffic = { count(): void };

/** What one schedule has to play with: its place in the store, its cart, and what it has learnt so far. */
export class Lane {
  readonly timeline = new Timeline();
  /** Unix ms by the common clock. */
  readonly began_at: number;
  cart_id = "";
  line_item_id = "";
  /** The attempt the shopper sees. */
  attempt:
    | Readonly<{
        id: string;
        option_id: string;
        client: Readonly<Record<string, unknown>>;
        page?: Readonly<{ url: string; reason: BankPage }>;
      }>
    | undefined;
  order_id: string | undefined;
  /** What the pages of all attempts so far were given for the gateway's own script, oldest first. */
  readonly handed_out: { account: string; client: Readonly<Record<string, unknown>> }[] = [];
  readonly asks: Ask[] = [];
  /** Event ids of webhooks that were forged. */
  readonly forged: string[] = [];
  finished = false;

  constructor(
    readonly spec: LaneSpec,
    readonly seed: number,
    readonly stage: Stage,
    readonly tally: Tally,
    private readonly traffic: Traffic,
  ) {
    this.began_at = stage.now;
  }

  /** A new cart with one line. The first of its kind is filled through the Store API, the others are copies of it. */
  async fillCart(variant: number, quantity: number): Promise<void> {
    const { store, carts } = this.stage;
    const region_id = store.region_ids[this.spec.index];
    const variant_id = store.variant_ids[variant % store.variant_ids.length];
    const kind = `${region_id} ${variant_id} ${quantity}`;
    const filled = await carts.fill(kind, async () => {
      const { body } = await this.untilAnswered(() =>
        this.shop("POST", "/store/carts", {
          region_id,
          email: `shopper-${kind.replaceAll(" ", "-")}@example.com`,
          items: [{ variant_id, quantity }],
          shipping_address: { country_code: this.spec.country },
        }),
      );
      return { cart_id: body.cart.id, line_item_id: body.cart.items[0].id };
    });
    this.cart_id = filled.cart_id;
    this.line_item_id = filled.line_item_id;
    this.timeline.note(`cart ${this.cart_id}: ${quantity} of variant ${variant}`);
  }

  /** A request of the shopper's browser. */
  async shop(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.request(method, path, body, {
      "x-publishable-api-key": this.stage.store.publishable_key,
      ...headers,
    });
  }

  /** A request of the operator's dashboard. */
  async operate(method: "GET" | "POST", path: string, body?: unknown): Promise<Answer> {
    const basic = Buffer.from(`${this.stage.store.secret_key}:`).toString("base64");
    return this.request(method, path, body, { authorization: `Basic ${basic}` });
  }

  /** Writes down what an act came to, for people and for the summary. */
  note(what: string, answer: Answer): Answer {
    this.timeline.note(`${what}: ${inWords(answer)}`);
    const code = answer.body?.decline ? "declined" : (answer.body?.code ?? answer.body?.type ?? "");
    this.tally.answer(what.split(" ")[0] ?? what, answer.status, typeof code === "string" ? code : "");
    return answer;
  }

  /** Decimal amount in the lane's currency. */
  decimal(amount_minor: number): number {
    return toDecimal(amount_minor, this.spec.currency);
  }

  private async request(
    method: "GET" | "POST",
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const base_url = await this.stage.url();
    this.traffic.count();
    return send({ method, url: `${base_url}${path}`, body, headers });
  }

  /** Filling a cart is not what is being tested: it is repeated until it works. */
  private async untilAnswered(ask: () => Promise<Answer>): Promise<Answer> {
    for (let turn = 0; turn < 40; turn += 1) {
      const answer = await ask();
      if (answer.status === 200) {
        return answer;
      }
      this.timeline.note(`filling the cart: ${inWords(answer)}`);
      await pause(250);
    }
    throw new Error(`Lane ${this.spec.name} cannot fill a cart:\n${this.timeline.text}`);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
