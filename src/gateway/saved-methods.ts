import type {
  CreateAccountHolderInput,
  CreateAccountHolderOutput,
  DeletePaymentMethodInput,
  DeletePaymentMethodOutput,
  ListPaymentMethodsInput,
  ListPaymentMethodsOutput,
} from "@medusajs/framework/types";
import { GatewayUnavailable, isGatewayError } from "./errors";
import type { GatewayCaller } from "./gateway-caller";
import type { Customers, PayingCustomer, SavedMethods } from "./payment-gateway";
import { stringIn } from "./provider-inputs";

/** Medusa's account holder calls over a gateway's customers. */
export function accountHolderCreator(provider_id: string, customers: Customers, caller: GatewayCaller) {
  return async ({ context }: CreateAccountHolderInput): Promise<CreateAccountHolderOutput> => {
    const customer: PayingCustomer = { id: context.customer.id, email: context.customer.email };
    const idempotency_key = `${provider_id}:customer:${context.customer.id}`;
    const id = await caller
      .read((signal) => customers.ensure(customer, { idempotency_key, signal }), { kind: "customer" })
      .catch(unreachable);
    return { id, data: { id } };
  };
}

/** No money moves when a customer is made: no answer is as good as no call, and another provider may be tried. */
function unreachable(error: unknown): never {
  throw isGatewayError(error) && error.kind === "unknown"
    ? new GatewayUnavailable(error.message, { cause: error })
    : error;
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
