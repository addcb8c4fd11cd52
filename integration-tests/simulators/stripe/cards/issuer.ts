import { DECLINES, type Decline } from "./declines";
import type { TestCard } from "./test-cards";

export type IssuerAnswer =
  | Readonly<{ type: "approved" }>
  | Readonly<{ type: "declined"; decline: Decline }>
  | Readonly<{ type: "challenge" }>;

export type IssuerQuestion = Readonly<{
  off_session: boolean;
  /** The card was set up for payments without the shopper. */
  set_up: boolean;
  /** The shopper has passed 3-D Secure for this payment. */
  authenticated: boolean;
  /** The merchant asked for 3-D Secure. */
  requested: boolean;
}>;

/** What the issuer of a test card answers. */
export function askIssuer(card: TestCard, question: IssuerQuestion): IssuerAnswer {
  if (card.authentication === "lookup_fails") {
    return { type: "declined", decline: DECLINES.generic_decline };
  }
  if (card.authentication === "demanded" && !question.authenticated && !question.requested) {
    return { type: "declined", decline: DECLINES.authentication_required };
  }
  if (mustAuthenticate(card, question)) {
    return question.off_session
      ? { type: "declined", decline: DECLINES.authentication_required }
      : { type: "challenge" };
  }
  return card.decline === undefined ? { type: "approved" } : { type: "declined", decline: card.decline };
}

function mustAuthenticate(
  { authentication }: TestCard,
  { off_session, set_up, authenticated, requested }: IssuerQuestion,
): boolean {
  if (authentication === undefined || authenticated) {
    return false;
  }
  switch (authentication) {
    case "always":
      return true;
    case "unless_set_up":
      return !(off_session && set_up);
    case "already_set_up":
      return !off_session;
    case "optional":
    case "demanded":
      return requested && !off_session;
    case "lookup_fails":
      return false;
  }
}
