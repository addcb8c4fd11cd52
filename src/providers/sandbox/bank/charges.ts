import {
  instrumentOfCard,
  instrumentOfToken,
  isExpired,
  mistakeIn,
  testCardFor,
  type TypedCard,
} from "./cards";
import type { Ledger } from "./ledger";
import type { BankDecline, BankInstrument, BankPayment } from "./records";
import { Refusal } from "./refusal";
import type { ConfirmRequest } from "./requests";
import { cardByToken, declineFor, type TestCard } from "./test-cards";

type Expiry = Readonly<{ exp_month: number; exp_year: number }>;

/** What becomes of charging an instrument, before anything is written down. */
export type Charge = Readonly<{
  instrument?: BankInstrument;
  /** Expiry of the card to keep once it is accepted. */
  save?: Expiry;
  /** Expiry of the card to keep although it is refused. */
  save_now?: Expiry;
}> &
  (Readonly<{ type: "approve" | "three_d_secure" }> | Readonly<{ type: "decline"; decline: BankDecline }>);

/** The wallet's card when its sheet is confirmed without naming one. */
const DEFAULT_WALLET_TOKEN = "tok_visa";

/**
 * Looks at the instrument a confirm brings, or else at the one given when the payment was made.
 *
 * @throws Refusal 400 when there is none or it does not fit the method, 404 when it does not exist
 */
export function chargeFor(
  ledger: Ledger,
  account: Readonly<{ provider: string; api_key: string }>,
  payment: BankPayment,
  request: ConfirmRequest,
  now: number,
): Charge {
  const { card, wallet } = request;
  const proof: Proof = { asked_for: request.authenticate };
  if (payment.method !== "card") {
    return walletCharge(account, payment, request);
  }
  if (wallet) {
    throw new Refusal(
      400,
      "instrument_not_for_method",
      "A card payment takes a card, a token or a saved card.",
    );
  }
  if (card) {
    return typedCharge(account, card, now, proof);
  }
  const brought = request.token !== undefined || request.saved_method_id !== undefined;
  const { token, saved_method_id } = brought ? request : (payment.source ?? {});
  if (saved_method_id !== undefined) {
    return savedCharge(ledger, payment, saved_method_id, now, proof);
  }
  if (token === undefined) {
    throw new Refusal(400, "instrument_required", "This payment needs a card, a token or a saved card.");
  }
  const row = knownToken(token);
  return ruled(row, instrumentOfToken(row, account.api_key), proof);
}

/** What decides whether the payer has to prove who they are. */
type Proof = Readonly<{
  /** The card was saved before. */
  saved?: true;
  /** The merchant asks for it. */
  asked_for?: true;
}>;

function typedCharge(
  account: Readonly<{ api_key: string }>,
  card: TypedCard,
  now: number,
  proof: Proof,
): Charge {
  const mistake = mistakeIn(card, now);
  if (mistake) {
    return { type: "decline", decline: declineFor(mistake) };
  }
  const row = testCardFor(card);
  if (!row) {
    // Perhaps somebody's real card: nothing of it is kept, not even its last digits.
    return { type: "decline", decline: declineFor("testmode_decline") };
  }
  const expiry = card.save ? { exp_month: card.exp_month, exp_year: card.exp_year } : undefined;
  return {
    ...ruled(row, instrumentOfCard(card, row, account.api_key), proof),
    save: expiry,
    save_now: row.saved_despite_decline ? expiry : undefined,
  };
}

function savedCharge(ledger: Ledger, payment: BankPayment, id: string, now: number, proof: Proof): Charge {
  const saved = ledger.saved_methods.get(id);
  // Somebody else's card is as unknown as one that does not exist.
  if (!saved || saved.provider !== payment.provider || saved.customer_id !== payment.customer_id) {
    throw new Refusal(404, "saved_method_unknown", "There is no such saved card.");
  }
  if (isExpired(saved, now)) {
    return { type: "decline", decline: declineFor("expired_card"), instrument: saved.instrument };
  }
  return ruled(knownToken(saved.instrument.test_token), saved.instrument, { ...proof, saved: true });
}

function walletCharge(
  account: Readonly<{ api_key: string }>,
  payment: BankPayment,
  { authenticate, card, token, saved_method_id, wallet }: ConfirmRequest,
): Charge {
  if (card ?? saved_method_id ?? payment.source?.saved_method_id) {
    throw new Refusal(
      400,
      "instrument_not_for_method",
      `This ${payment.method} payment takes a wallet or a token.`,
    );
  }
  const row = knownToken(wallet?.token ?? token ?? payment.source?.token ?? DEFAULT_WALLET_TOKEN);
  const instrument = { ...instrumentOfToken(row, account.api_key), wallet: payment.method };
  return ruled(row, instrument, { asked_for: authenticate });
}

function knownToken(token: string): TestCard {
  const row = cardByToken(token);
  if (!row) {
    throw new Refusal(404, "token_unknown", "There is no such test token.");
  }
  return row;
}

function ruled(row: TestCard, instrument: BankInstrument, { saved, asked_for }: Proof): Charge {
  const { behaviour, challenged_on_request } = row;
  if (asked_for && challenged_on_request) {
    return { type: "three_d_secure", instrument };
  }
  if (behaviour.type === "three_d_secure") {
    const trusted = saved && behaviour.unless_saved && !asked_for;
    return { type: trusted ? "approve" : "three_d_secure", instrument };
  }
  return { ...behaviour, instrument };
}
