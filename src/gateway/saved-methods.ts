import { logger } from "@medusajs/framework/logger";
import type {
  CreateAccountHolderInput,
  CreateAccountHolderOutput,
  DeletePaymentMethodInput,
  DeletePaymentMethodOutput,
  ListPaymentMethodsInput,
  ListPaymentMethodsOutput,
} from "@medusajs/framework/types";
import { messageOf } from "./errors";
import type { GatewayCaller } from "./gateway-caller";
import type { Customers, PayingCustomer, SavedMethods } from "./payment-gateway";
import { stringIn } from "./provider-inputs";

/** What Medusa takes for "none was made". */
type NoAccountHolder = Readonly<Record<string, never>>;

/**
 * Medusa's account holder calls over a gateway's customers. Keeping a method is optional: where the customer cannot be made,
 * Medusa is told that there is none, and the payment goes on without.
 * @param caller with a circuit of its own, so that what is down with the customers keeps nobody from paying
 */
export function accountHolderCreator(provider_id: string, customers: Customers, caller: GatewayCaller) {
  return async ({
    context,
  }: CreateAccountHolderInput): Promise<CreateAccountHolderOutput | NoAccountHolder> => {
    const customer: PayingCustomer = { id: context.customer.id, email: context.customer.email };
    const idempotency_key = `${provider_id}:customer:${context.customer.id}`;
    try {
      const id = await caller.read((signal) => customers.ensure(customer, { idempotency_key, signal }), {
        kind: "customer",
      });
      return { id, data: { id } };
    } catch (error) {
      logger.warn(
        `${provider_id} has no record of customer ${context.customer.id}, who pays without keeping anything: ${messageOf(error)}`,
      );
      return {};
    }
  };
}

export function savedMethodsLister(saved_methods: SavedMethods) {
  return async ({ context }: ListPaymentMethodsInput): Promise<ListPaymentMethodsOutput> => {
    const holder = stringIn(context?.account_holder?.data, "id");
    const methods = holder ? await saved_methods.list(holder) : [];
    return methods.map(({ id, ...data }) => ({ id, data }));
  };
}

export function savedMethodRemover(saved_methods: SavedMethods) {
  return async ({ data, context }: DeletePaymentMethodInput): Promise<DeletePaymentMethodOutput> => {
    const holder = stringIn(context?.account_holder?.data, "id");
    if (holder) {
      await saved_methods.remove(holder, data.id);
    }
    return {};
  };
}
