import type {
  IPaymentModuleService,
  Logger,
  MedusaContainer,
  PaymentSessionDTO,
} from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import type { TenderContext } from "../../gateway";
import { withCartLock } from "./cart-lock";
import { findPaymentCollection, type PayableCart } from "./load-cart";

/** Making a collection is quick: who waits longer than this is better told. */
const LOCK_PATIENCE_MS = 5_000;

/** Medusa's payment module with what it generates for every model and leaves out of its types. */
type PaymentModule = IPaymentModuleService & {
  deletePaymentSessions(ids: string[]): Promise<void>;
  deleteCaptures(ids: string[]): Promise<void>;
  deleteRefunds(ids: string[]): Promise<void>;
};

export function paymentModule(container: MedusaContainer): PaymentModule {
  return container.resolve<PaymentModule>(Modules.PAYMENT);
}

/**
 * The cart's payment collection at the cart's present total, made and linked when there is none. Returns its id.
 * (Medusa's workflow for this re-reads the cart; here it is known already.)
 */
export async function ensurePaymentCollection(
  container: MedusaContainer,
  cart: PayableCart,
): Promise<string> {
  const payment = paymentModule(container);
  if (cart.payment_collection_id) {
    const collection = await payment.retrievePaymentCollection(cart.payment_collection_id, {
      select: ["id", "amount", "raw_amount", "currency_code"],
    });
    const { raw_amount } = collection as typeof collection & { raw_amount?: { value: string } };
    if (raw_amount?.value !== decimalOf(cart) || collection.currency_code !== cart.currency_code) {
      await payment.updatePaymentCollections(collection.id, {
        amount: cart.raw_total,
        currency_code: cart.currency_code,
      });
    }
    return cart.payment_collection_id;
  }
  return createPaymentCollection(container, cart);
}

/** Opens a session with the provider. Throws what the provider throws. */
export function openSession(
  container: MedusaContainer,
  cart: PayableCart,
  input: {
    payment_collection_id: string;
    provider_id: string;
    context: { tender?: TenderContext; customer?: unknown; account_holder?: unknown };
    data: Record<string, unknown>;
  },
): Promise<PaymentSessionDTO> {
  return paymentModule(container).createPaymentSession(input.payment_collection_id, {
    provider_id: input.provider_id,
    amount: cart.raw_total,
    currency_code: cart.currency_code,
    context: input.context as never,
    data: input.data,
  });
}

/**
 * Closes the collection's sessions, or those that `closes` says. Another plugin's provider may throw while deleting,
 * which in Medusa's own flow leaves the shopper stuck with it (medusajs/medusa#14027): then the session alone is removed.
 */
export async function closeSessions(
  container: MedusaContainer,
  payment_collection_id: string,
  closes: (session: Pick<PaymentSessionDTO, "id" | "provider_id">) => Promise<boolean> = async () => true,
): Promise<void> {
  const payment = paymentModule(container);
  const sessions = await payment.listPaymentSessions(
    { payment_collection_id },
    { select: ["id", "provider_id"] },
  );
  await Promise.all(
    sessions.map(async ({ id, provider_id }) => {
      if (!(await closes({ id, provider_id }))) {
        return;
      }
      try {
        await payment.deletePaymentSession(id);
      } catch (error) {
        const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
        logger.warn(
          `${provider_id} could not delete payment session ${id} (${String(error)}); it is removed anyway.`,
        );
        await payment.deletePaymentSessions([id]);
      }
    }),
  );
}

/** Under the cart's lock, as Medusa does it: two tabs must not make two collections. No gateway is called here. */
async function createPaymentCollection(container: MedusaContainer, cart: PayableCart): Promise<string> {
  const findOrMake = async () => {
    const existing = await findPaymentCollection(container, cart.id);
    if (existing) {
      return existing;
    }
    const link = container.resolve(ContainerRegistrationKeys.LINK);
    const collection = await paymentModule(container).createPaymentCollections({
      currency_code: cart.currency_code,
      amount: cart.raw_total,
    });
    await link.create({
      [Modules.CART]: { cart_id: cart.id },
      [Modules.PAYMENT]: { payment_collection_id: collection.id },
    });
    return collection.id;
  };
  return withCartLock(container, cart.id, findOrMake, LOCK_PATIENCE_MS);
}

function decimalOf(cart: PayableCart): string {
  const { raw_total } = cart;
  return typeof raw_total === "object" && "value" in raw_total ? String(raw_total.value) : String(raw_total);
}
