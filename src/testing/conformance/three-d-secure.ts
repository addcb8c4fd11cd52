import assert from "node:assert/strict";
import type { AttemptRecord } from "../../gateway";
import type { ChallengeDecision } from "../harness";
import type { SessionRow } from "../medusa-payments";
import { assertApproved, assertMoved, assertUnpaid, rejection } from "./expect";
import { promiseIf, type ConformanceContext, type ConformanceTheme, type GatewayFacts } from "./promise";
import type { Shop } from "./shop";

const hasChallenge = ({ samples }: GatewayFacts): boolean => samples.three_d_secure !== undefined;

/** The service has a card that is refused for want of authentication. */
const asksForIt = ({ samples }: GatewayFacts): boolean =>
  samples.three_d_secure !== undefined && samples.declines.authenticate !== undefined;

/** The issuer asks the shopper to prove who they are. */
export const threeDSecure: ConformanceTheme = {
  title: "3-D Secure",
  promises: [
    promiseIf(
      hasChallenge,
      "sends the shopper to the issuer's page and charges nothing until then",
      async (context) => {
        const { store, session, attempt } = await challenged(context);
        assert.equal(attempt.status, "action_required");
        assert.ok(
          attempt.next_action?.type === "redirect" && attempt.next_action.reason === "three_d_secure",
        );
        const error = await rejection(
          store.medusa.authorizePaymentSession(session.id),
          "authorizing before the challenge",
        );
        assert.equal("type" in error && error.type, "payment_requires_more_error");
        assertUnpaid(await store.row(session));
      },
    ),
    promiseIf(hasChallenge, "a challenge that is passed is paid, once", async (context) => {
      const { store, session } = await decided(context, "approve");
      const attempt = await store.confirm(session, { data: undefined });
      assertApproved(attempt);
      await store.medusa.authorizePaymentSession(session.id);
      assertMoved(await store.row(session), { authorized_minor: 10_000n });
    }),
    promiseIf(
      hasChallenge,
      "a challenge that is passed is paid by Medusa's own completion too",
      async (context) => {
        const { store, session } = await decided(context, "approve");
        await store.medusa.authorizePaymentSession(session.id);
        assertMoved(await store.row(session), { authorized_minor: 10_000n });
      },
    ),
    promiseIf(
      hasChallenge,
      "a challenge that is failed is a refusal, and the shopper may pay again",
      async (context) => {
        const { store, session } = await decided(context, "fail");
        const attempt = await store.confirm(session, { data: undefined });
        assert.equal(attempt.status, "declined");
        assert.equal(attempt.decline?.category, "authenticate");
        const error = await rejection(
          store.medusa.authorizePaymentSession(session.id),
          "authorizing after a failed challenge",
        );
        assert.equal("type" in error && error.type, "payment_authorization_error");
        assertUnpaid(await store.row(session));
        const payment = await store.pay({ payment_collection_id: session.payment_collection_id });
        assertMoved(await store.row(payment), { authorized_minor: 10_000n });
      },
    ),
    promiseIf(
      hasChallenge,
      "Medusa's own completion sees a failed challenge as a refusal",
      async (context) => {
        const { store, session } = await decided(context, "fail");
        const error = await rejection(
          store.medusa.authorizePaymentSession(session.id),
          "authorizing after a failed challenge",
        );
        assert.equal("type" in error && error.type, "payment_authorization_error");
        assertUnpaid(await store.row(session));
      },
    ),
    promiseIf(
      hasChallenge,
      "a challenge that is closed stays open and can still be passed",
      async (context) => {
        const { store, session, url } = await decided(context, "close");
        const attempt = await store.confirm(session, { data: undefined });
        assert.equal(attempt.status, "action_required");
        assertUnpaid(await store.row(session));
        await context.service.completeChallenge?.(url, "approve");
        assertApproved(await store.confirm(session, { data: undefined }));
      },
    ),
    promiseIf(
      asksForIt,
      "a card that was refused for want of 3-D Secure is challenged once asked to, and paid when that is passed",
      async (context) => {
        const { store, session, attempt } = await askedToAuthenticate(context);
        assert.equal(attempt.status, "action_required");
        assert.ok(attempt.next_action?.type === "redirect", "a challenge is a redirect");
        assert.equal(attempt.next_action.reason, "three_d_secure");
        assertUnpaid(await store.row(session));
        await context.service.completeChallenge?.(attempt.next_action.url, "approve");
        assertApproved(await store.confirm(session, { data: undefined }));
        assertMoved(await store.row(session), { authorized_minor: 10_000n });
      },
    ),
    promiseIf(
      asksForIt,
      "a challenge that was asked for and is failed is a refusal, and charges nothing",
      async (context) => {
        const { store, session, attempt } = await askedToAuthenticate(context);
        assert.ok(attempt.next_action?.type === "redirect", "a challenge is a redirect");
        await context.service.completeChallenge?.(attempt.next_action.url, "fail");
        const refused = await store.confirm(session, { data: undefined });
        assert.equal(refused.status, "declined");
        assert.equal(refused.decline?.category, "authenticate");
        assertUnpaid(await store.row(session));
      },
    ),
    promiseIf(
      hasChallenge,
      "a shopper who comes back from a challenge may send another card instead",
      async (context) => {
        const { store, session } = await challenged(context);
        assertApproved(await store.confirm(session));
        assertMoved(await store.row(session), { authorized_minor: 10_000n });
      },
    ),
  ],
};

async function challenged(
  context: ConformanceContext,
): Promise<{ store: Shop; session: SessionRow; attempt: AttemptRecord }> {
  const store = context.shop();
  const session = await store.open();
  const attempt = await store.confirm(session, context.samples.three_d_secure);
  return { store, session, attempt };
}

/** As recovery does it: the refused card is sent once more under the same attempt, and the payer is to be asked. */
async function askedToAuthenticate(
  context: ConformanceContext,
): Promise<{ store: Shop; session: SessionRow; attempt: AttemptRecord }> {
  const store = context.shop();
  const session = await store.open();
  const sample = context.samples.declines.authenticate;
  assert.ok(sample);
  const refused = await store.confirm(session, sample);
  assert.equal(refused.status, "declined");
  await store.journal.changeAttempt(refused.id, "ready", { decline: null });
  const attempt = await store.confirm(session, sample, { authenticate: true });
  return { store, session, attempt };
}

async function decided(
  context: ConformanceContext,
  decision: ChallengeDecision,
): Promise<{ store: Shop; session: SessionRow; url: string }> {
  const { store, session, attempt } = await challenged(context);
  assert.ok(attempt.next_action?.type === "redirect", "a challenge is a redirect");
  assert.ok(context.service.completeChallenge, "a three_d_secure sample needs completeChallenge");
  await context.service.completeChallenge(attempt.next_action.url, decision);
  return { store, session, url: attempt.next_action.url };
}
