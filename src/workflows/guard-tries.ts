import { createHmac } from "node:crypto";
import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, generateEntityId } from "@medusajs/framework/utils";
import { countersOf, weighTry, WindowCounter, type Trier, type TryCounter } from "../services";
import type { Taken } from "../modules/tender/stores/try-store";
import { tenderModule } from "./load-cart";
import { PaymentProblem } from "./payment-problem";
import { storeSecret } from "./store-secret";
import { TooManyTries } from "./too-many-tries";
import { watchForCardTesting } from "./watch-card-testing";

/** Who asks, as a request tells it. */
export type Asker = Readonly<{
  cart_id: string;
  customer_id: string | null;
  /** The network of the client's address; null where it says nothing of the shopper. */
  network: string | null;
}>;

/** What came of a try. `undecided`: money may move yet. `nothing`: it tells nothing about the card. */
export type TryOutcome = "paid" | "refused" | "undecided" | "nothing";

/** A try that was let through. Its end has to be told. */
export type Try = Readonly<{ end: (outcome: TryOutcome) => void }>;

/** A count that takes longer is done without: the limits must never be what keeps a shop from selling. */
const COUNTING_MS = 2_000;

/** Counts in this process while Postgres cannot: a flood is held back even then. */
const insurance = new WindowCounter(50_000);

const STATE_OF = { paid: "paid", refused: "refused", undecided: "held", nothing: "freed" } as const;

/**
 * Counts a try to pay before anybody is asked, so that many at the same moment cannot slip through. The same id again
 * is the same try, unless it was refused and the shopper `renews` it with payment data.
 *
 * Throws {@link TooManyTries} where a limit is reached.
 */
export async function beginTry(
  container: MedusaContainer,
  { id, renews, ...asker }: Asker & { id: string; renews: boolean },
): Promise<Try> {
  const { tries, options } = tenderModule(container);
  const trier = trierOf(container, asker);
  const counters = countersOf(trier, options.limits);
  if (counters.length === 0 || !isIdLike(id) || !isIdLike(trier.cart_id)) {
    return { end: () => undefined };
  }
  const taking = tries.take({ id, trier, counters, renews });
  const taken = await inTime(container, taking);
  if (!taken) {
    return insured(counters, (outcome) => settle(container, taking, id, outcome));
  }
  const verdict = weighTry(trier.cart_id, counters, taken.counts, taken.tightened_left_ms);
  if (!verdict.allowed) {
    await inTime(container, tries.settle(id, "blocked"));
    watchForCardTesting(container, taken.tightened_left_ms);
    throw new TooManyTries(verdict.scope, verdict.retry_after_ms);
  }
  return { end: (outcome) => settle(container, taking, id, outcome) };
}

/** Runs a try and tells its end. An error that does not say what happened leaves it undecided. */
export async function duringTry<T>(
  begun: Try,
  work: () => Promise<T>,
  outcomeOf: (result: T) => TryOutcome,
): Promise<T> {
  try {
    const result = await work();
    begun.end(outcomeOf(result));
    return result;
  } catch (error) {
    begun.end(error instanceof PaymentProblem || isRejected(error) ? "nothing" : "undecided");
    throw error;
  }
}

/**
 * For what comes before a try: nothing is begun that could not be paid anyway. Throws {@link TooManyTries}.
 */
export async function assertTryLeft(container: MedusaContainer, asker: Asker): Promise<void> {
  const { tries, options } = tenderModule(container);
  const trier = trierOf(container, asker);
  const counters = countersOf(trier, options.limits);
  if (counters.length === 0 || !isIdLike(trier.cart_id)) {
    return;
  }
  const seen = await inTime(container, tries.peek(counters));
  if (!seen) {
    return;
  }
  const counts = seen.counts.map((count) => ({ ...count, held: count.held + 1 }));
  const verdict = weighTry(trier.cart_id, counters, counts, seen.tightened_left_ms);
  if (!verdict.allowed) {
    await inTime(container, tries.noteBlocked(generateEntityId(undefined, "paytry"), trier));
    watchForCardTesting(container, seen.tightened_left_ms);
    throw new TooManyTries(verdict.scope, verdict.retry_after_ms);
  }
}

/** After the answer: the shopper does not wait for it. */
function settle(container: MedusaContainer, taking: Promise<Taken>, id: string, outcome: TryOutcome): void {
  const { tries } = tenderModule(container);
  const work = async (): Promise<void> => {
    const { taken, tightened_left_ms } = await taking;
    // What another request of the same try is doing is for that one to tell, unless it is decided.
    if (taken || outcome === "paid" || outcome === "refused") {
      await tries.settle(id, STATE_OF[outcome]);
    }
    if (outcome === "refused") {
      watchForCardTesting(container, tightened_left_ms);
    }
  };
  work().catch((error: unknown) => warn(container, error));
}

function insured(counters: readonly TryCounter[], end: Try["end"]): Try {
  const waits = counters
    .filter(({ tightened }) => !tightened)
    .map(({ key, scope, refusals, within_ms }) => ({ scope, ms: insurance.hit(key, refusals, within_ms) }));
  const over = waits.find(({ ms }) => ms > 0);
  if (over) {
    end("nothing");
    throw new TooManyTries(over.scope, over.ms);
  }
  return {
    end: (outcome) => {
      if (outcome === "paid" || outcome === "nothing") {
        counters.forEach(({ key }) => insurance.release(key));
      }
      end(outcome);
    },
  };
}

/** What the work yields, or undefined when it fails or takes too long. */
async function inTime<T>(container: MedusaContainer, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${COUNTING_MS} ms`)), COUNTING_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    warn(container, error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function warn(container: MedusaContainer, error: unknown): void {
  container
    .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    .warn(`Refused payments cannot be counted in the database just now: ${String(error)}`);
}

/** Addresses are remembered as keyed hashes only. */
function trierOf(container: MedusaContainer, { cart_id, customer_id, network }: Asker): Trier {
  const address_key =
    network === null
      ? null
      : createHmac("sha256", storeSecret(container)).update(`tender address ${network}`).digest("hex");
  return { cart_id, customer_id, address_key };
}

/** What cannot be an id is not counted; the work answers 404 for it. */
function isIdLike(id: string): boolean {
  return /^[\w-]{1,200}$/.test(id);
}

function isRejected(error: unknown): boolean {
  const { NOT_FOUND, INVALID_DATA, NOT_ALLOWED } = MedusaError.Types;
  const rejections: readonly unknown[] = [NOT_FOUND, INVALID_DATA, NOT_ALLOWED];
  return rejections.includes((Object(error) as { type?: unknown }).type);
}
