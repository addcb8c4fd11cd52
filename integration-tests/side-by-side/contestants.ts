import { createRequire } from "node:module";
import type { MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "../simulators/stripe";
import { openSession, sessionData } from "../support/medusas-session";
import type { Answer, Shopper } from "../support/shopper";
import type { Running } from "../support/suite";

/** Without its types: those of its older SDK would take the place of the ones in use. */
const plugin = createRequire(require.resolve("@medusajs/payment-stripe"));
const { Stripe: OlderStripe } = plugin("stripe") as { Stripe: new (key: string, config: object) => object };

export type Name = "tender" | "official";

/** One of the two plugins in the same store, with an account of its own at the same simulator. */
export type Contestant = Readonly<{
  name: Name;
  provider_id: string;
  api_key: string;
  webhook_secret: string;
  /** The shopper chooses to pay by card, or by another of Stripe's methods. */
  choose(shopper: Shopper, method?: string): Promise<Answer>;
  /** The shopper presses "Pay" on a page as the plugin's documentation has it. */
  pay(shopper: Shopper, chosen: Answer, payment_method: string): Promise<Answer>;
}>;

/** The simulator and the two that are compared. */
export class Arena {
  private running_simulator: StripeSimulator | undefined;

  readonly contestants: readonly Contestant[] = [
    {
      name: "tender",
      provider_id: "pp_stripe_main",
      api_key: "sk_test_of_tender",
      webhook_secret: "whsec_of_tender",
      choose: (shopper, method = "card") => shopper.start(`pp_stripe_main:${method}`),
      pay: (shopper, chosen, payment_method) =>
        shopper.confirm(chosen.body.payment_attempt.id, { payment_method }),
    },
    {
      name: "official",
      provider_id: "pp_stripe_stripe",
      api_key: "sk_test_of_the_official",
      webhook_secret: "whsec_of_the_official",
      choose: (shopper, method = "card") =>
        openSession(shopper, "pp_stripe_stripe", {
          payment_method_types: [method],
          // What is no card cannot wait for its capture, and the plugin's one option is for all methods.
          ...(method !== "card" && { capture_method: "automatic" }),
        }),
      pay: async (shopper, _, payment_method) => {
        await this.confirmInPage(String((await sessionData(shopper)).id), payment_method);
        return shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      },
    },
  ];

  get simulator(): StripeSimulator {
    if (!this.running_simulator) {
      throw new Error("The Stripe simulator has not been started.");
    }
    return this.running_simulator;
  }

  /** For `withRunningStore`. */
  async start(): Promise<Record<string, string>> {
    const [ours, official] = this.contestants as readonly [Contestant, Contestant];
    this.running_simulator = await startStripeSimulator({
      accounts: this.contestants.map(({ api_key }) => ({ secret_key: api_key })),
    });
    return {
      STRIPE_GATEWAY_API_KEY: ours.api_key,
      STRIPE_GATEWAY_WEBHOOK_SECRET: ours.webhook_secret,
      STRIPE_GATEWAY_API_URL: this.simulator.url,
      STRIPE_GATEWAY_METHODS: "card,sepa_debit",
      STRIPE_PLUGIN_API_KEY: official.api_key,
      STRIPE_PLUGIN_WEBHOOK_SECRET: official.webhook_secret,
    };
  }

  /** Gives the official plugin its own SDK, with that SDK's own settings, at the simulator: it has no option for that. */
  redirectOfficial(container: MedusaContainer): void {
    const { host, port } = this.simulator;
    const [, { provider_id, api_key }] = this.contestants as readonly [Contestant, Contestant];
    const payment = container.resolve(Modules.PAYMENT) as unknown as {
      __container__: Record<string, object>;
    };
    const stripe_ = new OlderStripe(api_key, { host, port, protocol: "http" });
    Object.assign(payment.__container__[provider_id]!, { stripe_ });
  }

  /** Each account tells the store its news. */
  subscribe(running: Running): void {
    for (const { provider_id, api_key, webhook_secret } of this.contestants) {
      const url = `${running.base_url()}/hooks/payment/${provider_id.replace("pp_", "")}`;
      this.simulator.api.subscribe([{ url, secrets: [webhook_secret] }], api_key);
    }
  }

  /** As Stripe.js does it in the shopper's browser; what it is refused with the page shows, nobody else. */
  async confirmInPage(intent_id: string, payment_method: string): Promise<void> {
    const contestant = this.contestants.find(({ api_key }) =>
      this.simulator.api.ledger(api_key).some(({ id }) => id === intent_id),
    )!;
    await this.stripeJs(contestant)
      .paymentIntents.confirm(intent_id, {
        payment_method,
        mandate_data: { customer_acceptance: { type: "offline" } },
      })
      .catch((error: unknown) => {
        if (!(error instanceof Stripe.errors.StripeCardError)) {
          throw error;
        }
      });
  }

  /** A bank account, as Stripe.js makes a payment method of it. */
  async bankAccount(contestant: Contestant): Promise<string> {
    const { id } = await this.stripeJs(contestant).paymentMethods.create({
      type: "sepa_debit",
      sepa_debit: { iban: "DE89370400440532013000" },
      billing_details: { name: "Ada", email: "ada@example.com" },
    });
    return id;
  }

  private stripeJs({ api_key }: Contestant): Stripe {
    return new Stripe(api_key, this.simulator.sdk);
  }

  async stop(): Promise<void> {
    await this.running_simulator?.stop();
  }
}
