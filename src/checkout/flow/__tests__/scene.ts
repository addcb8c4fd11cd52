import type { ConfirmOutcome, TenderClient } from "../../client";
import type { AttemptMemory } from "../attempt-memory";
import { createCheckoutFlow, type CheckoutFlow } from "../checkout-flow";
import { createCheckoutStore, type CheckoutStore } from "../store";
import { attempt, CART, OFFER } from "./support";

/** What a card form hands over. */
export const DATA = { card: { number: "4242424242424242" } };
export const ORDERED: Extract<ConfirmOutcome, { type: "order" }> = {
  type: "order",
  order: { id: "order_1", display_id: 7, email: null, currency_code: "eur", total: 24 },
};
/** When the memory says that waiting began. */
export const SINCE = 1_000;

/** A running checkout with everything around it in the test's hands. */
export type Scene = {
  flow: CheckoutFlow;
  store: CheckoutStore;
  client: jest.Mocked<TenderClient>;
  memory: jest.Mocked<AttemptMemory>;
  visited: string[];
};

/** A checkout that is not open yet; every call of its client succeeds until the test says otherwise. */
export function scene(
  remembered: { attemptId: string | null; returned: boolean } = { attemptId: null, returned: false },
  store: CheckoutStore = createCheckoutStore(),
): Scene {
  const visited: string[] = [];
  const client: jest.Mocked<TenderClient> = {
    setLocale: jest.fn(),
    getCart: jest.fn().mockResolvedValue(CART),
    listOptions: jest.fn().mockResolvedValue({ payment_options: OFFER.options, declined_options: [] }),
    listSavedMethods: jest.fn().mockResolvedValue([]),
    startAttempt: jest.fn().mockResolvedValue({ type: "started", payment_attempt: attempt("ready") }),
    getAttempt: jest.fn().mockResolvedValue(attempt("ready")),
    confirmAttempt: jest.fn().mockResolvedValue(ORDERED),
    placeOrder: jest.fn().mockResolvedValue(ORDERED),
  };
  const memory: jest.Mocked<AttemptMemory> = {
    read: jest.fn().mockReturnValue(remembered),
    write: jest.fn(),
    makeLinkable: jest.fn(),
    settleReturn: jest.fn(),
    forget: jest.fn(),
    waitingSince: jest.fn().mockReturnValue(SINCE),
  };
  const navigate = (url: string): void => void visited.push(url);
  return {
    flow: createCheckoutFlow({ client, cartId: "cart_1", store, memory, navigate }),
    store,
    client,
    memory,
    visited,
  };
}
