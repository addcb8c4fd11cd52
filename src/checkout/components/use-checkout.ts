import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createTenderClient, type PaymentAttemptView, type TenderClient } from "../client";
import type { GatewayForm } from "../gateway-form";
import {
  browserMemory,
  createCheckoutFlow,
  createCheckoutStore,
  INITIAL_STATE,
  type CheckoutFlow,
  type CheckoutState,
  type CheckoutStore,
} from "../flow";

export type CheckoutSource = Readonly<{
  cartId: string;
  /** Where the Medusa server is; "" for the page's own origin. */
  baseUrl: string;
  publishableKey: string;
  locale: string;
  /** Instead of the client made from the three above, e.g. one with a fetch of your own. */
  client?: TenderClient;
  /** Opens the bank's page; the browser goes there by default. */
  navigate?: (url: string) => void;
  /** Draw the forms of gateways' own, e.g. `[stripeForm]`. Options that no form draws are left out. */
  forms?: readonly GatewayForm[];
}>;

export interface Checkout {
  client: TenderClient;
  state: CheckoutState;
  dispatch: CheckoutStore["dispatch"];
  flow: CheckoutFlow;
  reopen: () => void;
  /** Reads an attempt of the cart as it stands now. */
  look: (attemptId: string) => Promise<PaymentAttemptView>;
  /** Tells whether a gateway's own form can be used. */
  report: (optionId: string, isUsable: boolean) => void;
}

/** A running checkout of one cart. Its source is read once; only the locale may change later. */
export function useCheckout(source: CheckoutSource): Checkout {
  const locale = useRef(source.locale);
  locale.current = source.locale;
  const [{ client, store, flow }] = useState(() => assemble(source, () => locale.current));
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const [openedLocale] = useState(source.locale);

  useEffect(() => {
    void flow.open();
    return () => flow.stop();
  }, [flow]);

  useEffect(() => {
    client.setLocale(source.locale);
    if (source.locale !== openedLocale || store.getState().phase !== "loading") void flow.refresh();
  }, [client, flow, store, source.locale, openedLocale]);

  useEffect(() => {
    // "Back" from the bank's page may bring this page out of the browser's cache as it was when it was left.
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) void flow.reopen();
    };
    // A bank's page may open as an app of its own, and leave this page as it is behind it.
    const onVisible = (): void => {
      if (document.visibilityState === "visible") void flow.lookAgain();
    };
    window.addEventListener("pageshow", onShow);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      window.removeEventListener("pageshow", onShow);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [flow]);

  // The same function on every render: forms of gateways' own tell it when they are drawn anew.
  const report = useCallback(
    (optionId: string, isUsable: boolean) => store.dispatch({ type: "form_reported", optionId, isUsable }),
    [store],
  );

  const { cartId } = source;
  const look = useCallback((attemptId: string) => client.getAttempt(cartId, attemptId), [client, cartId]);

  return { client, state, dispatch: store.dispatch, flow, reopen: () => void flow.reopen(), look, report };
}

function assemble(
  source: CheckoutSource,
  locale: () => string,
): {
  client: TenderClient;
  store: CheckoutStore;
  flow: CheckoutFlow;
} {
  const client = source.client ?? createTenderClient(source);
  const store = createCheckoutStore({ ...INITIAL_STATE, forms: source.forms ?? [] });
  const navigate = source.navigate ?? ((url: string) => window.location.assign(url));
  const memory = browserMemory(source.cartId);
  return {
    client,
    store,
    flow: createCheckoutFlow({ client, cartId: source.cartId, store, memory, navigate, locale }),
  };
}
