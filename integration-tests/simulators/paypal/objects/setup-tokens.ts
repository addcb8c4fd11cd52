import { found, type Account } from "../account";
import type { PaymentTokenRequest, SetupToken, SetupTokenRequest } from "../contract/types";
import { refuse } from "../errors";
import { newId } from "../ids";
import type { Instrument, PaymentTokenRecord, SetupTokenRecord } from "../records";
import { DAY_MS } from "../time";
import { approvedBy, cardOf } from "./instruments";
import { link } from "./links";
import { savedSource } from "./token-view";
import { savePaymentToken } from "./vaulting";

/** How long a setup token can be made a payment token. */
const SETUP_TOKEN_LIVES_MS = 3 * DAY_MS;

/**
 * Starts to save a payment method. A wallet waits for its payer, and so does a card that is to be verified.
 * @throws PaypalRefusal for a card that cannot be one, or a source that is not played
 */
export function createSetupToken(
  account: Account,
  { payment_source, customer }: SetupTokenRequest,
): SetupTokenRecord {
  const { card, paypal, venmo } = payment_source;
  const kind = card ? "card" : paypal ? "paypal" : venmo ? "venmo" : null;
  if (kind === null) {
    throw refuse("PAYMENT_SOURCE_CANNOT_BE_USED", { field: "/payment_source" });
  }
  const context: Readonly<{ return_url?: string; cancel_url?: string }> =
    (card ?? paypal)?.experience_context ?? {};
  const verified = card?.verification_method?.startsWith("SCA_") ?? false;
  const token: SetupTokenRecord = {
    id: newId(),
    customer_id: customer?.id ?? newId(10),
    kind,
    instrument: card?.number === undefined ? null : cardInstrument(account, card),
    status: card
      ? card.number === undefined
        ? "CREATED"
        : verified
          ? "PAYER_ACTION_REQUIRED"
          : "APPROVED"
      : "PAYER_ACTION_REQUIRED",
    created_ms: account.clock.now(),
    return_url: context.return_url ?? null,
    cancel_url: context.cancel_url ?? null,
  };
  account.setup_tokens.set(token.id, token);
  return token;
}

/** The payer agrees to have it saved. @throws PaypalRefusal when nothing is asked */
export function approveSetupToken(token: SetupTokenRecord, payer_email?: string): void {
  if (token.status !== "PAYER_ACTION_REQUIRED") {
    throw refuse("PAYMENT_ALREADY_APPROVED");
  }
  if (token.kind !== "card") {
    token.instrument = approvedBy(token.kind, payer_email, null);
  }
  token.status = "APPROVED";
}

/**
 * Saves a payment method for good: a card, or what a setup token stands for.
 * @throws PaypalRefusal PAYER_ACTION_REQUIRED before the payer agreed, TOKEN_EXPIRED, INVALID_RESOURCE_ID
 */
export function createPaymentToken(
  account: Account,
  { payment_source, customer }: PaymentTokenRequest,
): PaymentTokenRecord {
  const { card, token } = payment_source;
  if (card) {
    return savePaymentToken(account, cardInstrument(account, card), customer?.id ?? null);
  }
  if (!token) {
    throw refuse("ONE_OF_PARAMETERS_REQUIRED", { field: "/payment_source" });
  }
  const setup = found(account.setup_tokens, token.id);
  if (account.clock.now() > setup.created_ms + SETUP_TOKEN_LIVES_MS) {
    throw refuse("TOKEN_EXPIRED");
  }
  if (setup.status === "VAULTED") {
    throw refuse("TOKEN_ALREADY_VAULTED");
  }
  if (setup.status !== "APPROVED" || !setup.instrument) {
    throw refuse("PAYER_ACTION_REQUIRED");
  }
  setup.status = "VAULTED";
  return savePaymentToken(account, setup.instrument, customer?.id ?? setup.customer_id);
}

export function setupTokenView(account: Account, token: SetupTokenRecord): SetupToken {
  const { id, customer_id, kind, instrument, status } = token;
  return {
    id,
    customer: { id: customer_id },
    status,
    payment_source: instrument ? savedSource(instrument) : { [kind]: {} },
    links: [
      link(account, `/v3/vault/setup-tokens/${id}`, "self", "GET"),
      ...(status === "PAYER_ACTION_REQUIRED"
        ? [link(account, `/agreements/approve?token=${id}`, "approve", "GET")]
        : []),
      ...(status === "APPROVED" ? [link(account, "/v3/vault/payment-tokens", "confirm", "POST")] : []),
    ],
  };
}

function cardInstrument(account: Account, card: Parameters<typeof cardOf>[0]): Instrument {
  return {
    kind: "card",
    card: cardOf(card, account.clock.now()),
    payment_token_id: null,
    vault: null,
    verification: "NONE",
    merchant_initiated: false,
  };
}
