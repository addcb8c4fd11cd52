import { GatewayUnavailable, InvalidPaymentData } from "../../gateway/errors";
import type {
  CallContext,
  Customers,
  PayingCustomer,
  SavedMethod,
  SavedMethods,
} from "../../gateway/payment-gateway";
import {
  NothingAnswer,
  PaymentTokenAnswer,
  PaymentTokensAnswer,
  SetupTokenAnswer,
  type OrderAnswer,
} from "./answers";
import type { PayPalClient } from "./client";
import { unitOf } from "./payments";
import { isMissing, moveErrorOf, rethrowMove, rethrowWithoutMoney } from "./refusal-errors";
import { customerOf, requestIdOf } from "./requests";
import { asksToKeep } from "./shopper-data";

/** Saved methods are read and removed without a caller's signal. */
const TIMEOUT_MS = 10_000;
const PAGE = 20;

/** Vault v3, `merchant_customer_id`. */
const CUSTOMER_ID = /^[0-9a-zA-Z\-_.^*$@#]{1,64}$/;

/** The customers of one account, and the wallets and cards that PayPal keeps for them (Payment Method Tokens v3). */
export class PayPalVault implements Customers, SavedMethods {
  constructor(private readonly client: PayPalClient) {}

  /**
   * PayPal's customer for ours. PayPal makes one with the first setup token only, so that one is made and left to lapse:
   * PayPal forgets it within days, the customer it does not.
   */
  async ensure({ id }: PayingCustomer, { idempotency_key, signal }: CallContext): Promise<string> {
    if (id === undefined || !CUSTOMER_ID.test(id)) {
      throw new GatewayUnavailable("PayPal keeps nothing for a customer without a usable id.", {
        refused_by_us: true,
      });
    }
    const { customer } = await this.client
      .call(signal, SetupTokenAnswer, ({ vault }) =>
        vault.createSetupToken({
          paypalRequestId: requestIdOf(idempotency_key),
          body: { paymentSource: { card: {} }, customer: { merchantCustomerId: id } },
        }),
      )
      .catch(rethrowMove);
    return customer.id;
  }

  /** Who has something kept already is known; PayPal makes a customer to keep something for only. */
  isNeededFor(data: unknown): boolean {
    return asksToKeep(data);
  }

  /** All that is kept and can be paid with from here, first page. */
  async list(customer_id: string): Promise<SavedMethod[]> {
    try {
      const { paymentTokens } = await this.client.call(limit(), PaymentTokensAnswer, ({ vault }) =>
        vault.listCustomerPaymentTokens({ customerId: customer_id, pageSize: PAGE }),
      );
      return paymentTokens.flatMap(savedMethodOf);
    } catch (error) {
      if (isMissing(error)) {
        return [];
      }
      throw moveErrorOf(error);
    }
  }

  /** Forgets one, if it is the customer's. */
  async remove(customer_id: string, saved_method_id: string): Promise<void> {
    if ((await this.ownerOf(saved_method_id, limit())) !== customer_id) {
      return;
    }
    await this.client
      .call(limit(), NothingAnswer, ({ vault }) => vault.deletePaymentToken(saved_method_id))
      .catch((error: unknown) => {
        if (!isMissing(error)) {
          throw moveErrorOf(error);
        }
      });
  }

  /**
   * Sees to it that an order is paid with its own customer's saved methods only.
   * @throws InvalidPaymentData for one that is another's, or gone; GatewayUnavailable where PayPal cannot be asked, before
   * anything was paid
   */
  async assertOwner(order: OrderAnswer, saved_method_id: string, signal: AbortSignal): Promise<void> {
    const owner = await this.ownerOf(saved_method_id, signal).catch(rethrowWithoutMoney);
    if (owner === undefined || owner !== customerOf(unitOf(order))) {
      throw new InvalidPaymentData("This saved payment method is not the customer's, or is gone.");
    }
  }

  private async ownerOf(id: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const { customer } = await this.client.call(signal, PaymentTokenAnswer, ({ vault }) =>
        vault.getPaymentToken(id),
      );
      return customer?.id;
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw moveErrorOf(error);
    }
  }
}

function savedMethodOf({ id, paymentSource }: PaymentTokenAnswer): SavedMethod[] {
  const { card, paypal, venmo } = paymentSource;
  if (card) {
    const [year, month] = (card.expiry ?? "").split("-").map(Number);
    return [
      {
        id,
        method: "card",
        ...(card.brand !== undefined && { brand: card.brand.toLowerCase() }),
        ...(card.lastDigits !== undefined && { last4: card.lastDigits }),
        ...(month && { exp_month: month }),
        ...(year && { exp_year: year }),
      },
    ];
  }
  const method = paypal ? "paypal" : venmo ? "venmo" : undefined;
  return method === undefined ? [] : [{ id, method }];
}

function limit(): AbortSignal {
  return AbortSignal.timeout(TIMEOUT_MS);
}
