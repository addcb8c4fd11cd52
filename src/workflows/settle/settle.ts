import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { AttemptRecord, GatewayPaymentProvider, Observed } from "../../gateway";
import { BegunMoves } from "./begun-moves";
import { confirmAgreed } from "./confirm-agreed";
import { endTry } from "../limits/end-try";
import { findCartOf } from "../medusa/find-attempt-cart";
import { tenderModule } from "../medusa/load-cart";
import { mirrorMoves } from "./mirror-moves";
import { findProvider } from "../medusa/payment-providers";
import { settleCanceledOrder } from "./settle-canceled-order";
import { settleMoney } from "./settle-money";
import { settlePayment } from "./settle-payment";
import { watchMoney } from "./watch-money";

/**
 * Reads the attempt's payment from its gateway and brings everything to what it says: the attempt, the journal, the
 * cart's order, Medusa's captures and refunds, the findings. All news comes here: webhooks, the return from a bank's
 * page, a waiting page, the reconciler. Idempotent; one at a time per attempt.
 *
 * Throws `NOT_FOUND` for an unknown attempt or a provider that is not installed, `CONFLICT` when somebody else is
 * busy with the attempt for too long, and a `GatewayError` when the gateway cannot be read.
 */
export async function settleAttempt(container: MedusaContainer, attempt_id: string): Promise<AttemptRecord> {
  const settled = await settle(container, attempt_id, (gateway, work) =>
    gateway.attempts.whenFree(attempt_id, work),
  );
  if (!settled) {
    throw new MedusaError(
      MedusaError.Types.CONFLICT,
      `Payment attempt ${attempt_id} is being worked on. Try again in a minute.`,
    );
  }
  return settled.attempt;
}

/** {@link settleAttempt} for one who does not wait: undefined when somebody else is busy with the attempt. */
export async function settleIfFree(
  container: MedusaContainer,
  attempt_id: string,
): Promise<AttemptRecord | undefined> {
  return (await settleUnlessBusy(container, attempt_id))?.attempt;
}

/**
 * {@link settleIfFree} for news that comes once. Where the disputes could not be read, which it may be about, they are
 * looked at again within the hour; looks that come by themselves find them later.
 */
export async function settleNews(
  container: MedusaContainer,
  attempt_id: string,
): Promise<AttemptRecord | undefined> {
  const settled = await settleUnlessBusy(container, attempt_id);
  if (settled?.disputes_unread) {
    await tenderModule(container).lookWithin(attempt_id, DISPUTES_AGAIN_MS);
  }
  return settled?.attempt;
}

const DISPUTES_AGAIN_MS = 60 * 60_000;

function settleUnlessBusy(container: MedusaContainer, attempt_id: string): Promise<Settlement | undefined> {
  return settle(container, attempt_id, (gateway, work) => gateway.attempts.claims.ifFree(attempt_id, work));
}

/** What became of the attempt, and whether its gateway could not tell of disputes. */
type Settlement = Readonly<{ attempt: AttemptRecord; disputes_unread: boolean }>;

/** Runs the work under the attempt's claim, or answers something else when it cannot. */
type Claiming = (
  gateway: GatewayPaymentProvider,
  work: (former: AttemptRecord) => Promise<Settled>,
) => Promise<Settled | AttemptRecord | undefined>;

/** `begun`: nothing that was done since is in what the gateway said. */
type Settled = Readonly<{ former: AttemptRecord; observed: Observed; begun: BegunMoves }>;

async function settle(
  container: MedusaContainer,
  attempt_id: string,
  claiming: Claiming,
): Promise<Settlement | undefined> {
  const found = await tenderModule(container).findAttempt({ id: attempt_id });
  const provider = found && findProvider(container, found.provider_id);
  if (!found || !provider) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      found ? `${found.provider_id} is not installed.` : `Payment attempt ${attempt_id} was not found.`,
    );
  }
  const settled = await (provider === "foreign"
    ? settleForeign(container, found)
    : settleOwn(container, found, provider, claiming));
  await (settled && endTry(container, settled.attempt));
  return settled;
}

async function settleOwn(
  container: MedusaContainer,
  found: AttemptRecord,
  gateway: GatewayPaymentProvider,
  claiming: Claiming,
): Promise<Settlement | undefined> {
  const settled = await claiming(gateway, async (former) => {
    const begun = await BegunMoves.of(container, former.id);
    const observed = await confirmAgreed(container, gateway, await gateway.attempts.observe(former));
    if (observed.snapshot) {
      await gateway.money.closeLostMoves(observed.attempt, observed.snapshot);
    }
    await settleMoney(container, former, observed);
    return { former, observed, begun };
  });
  if (!settled || !("observed" in settled)) {
    return undefined;
  }
  const attempt = (await tenderModule(container).findAttempt({ id: found.id })) ?? settled.observed.attempt;
  const {
    begun,
    observed: { snapshot },
  } = settled;
  if (snapshot) {
    await watchMoney(container, gateway, attempt, snapshot, begun);
    if (attempt.order_id) {
      await mirrorMoves(container, gateway, attempt, snapshot, begun);
      await settleCanceledOrder(container, gateway, attempt, snapshot);
    }
  }
  return { attempt, disputes_unread: snapshot?.disputes_unread === true };
}

/** Another plugin's payment: what is approved places its order, nothing else can be known of it. */
async function settleForeign(container: MedusaContainer, attempt: AttemptRecord): Promise<Settlement> {
  const cart_id = await findCartOf(container, attempt);
  if (cart_id) {
    await settlePayment(container, cart_id, attempt);
  }
  const settled = await tenderModule(container).findAttempt({ id: attempt.id });
  return { attempt: settled ?? attempt, disputes_unread: false };
}
