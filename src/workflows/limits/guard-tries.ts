import { createHmac, randomBytes } from "node:crypto";
import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, generateEntityId } from "@medusajs/framework/utils";
import { countersOf, weighTry, WindowCounter, type Trier, type TryCounter } from "../../services";
import type { Taken } from "../../modules/tender/stores/try-store";
import { bankWasAsked } from "./bank-was-asked";
import { isIdLike } from "../medusa/id-like";
import { tenderModule } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
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
export type Try = Readonly<{ began: Date; end: (outcome: TryOutcome) => void }>;

export type BeginTryInput = Asker &
  Readonly<{
    attempt_id: string;
    /** What the shopper's browser sent with it. Other data is another try, the same data the same one. */
    data?: Record<string, unknown>;
    /** True where asking once more, without data, after a refusal is another try. */
    counts_after_refusal?: boolean;
  }>;

/** A count that takes longer is done without: the limits must never be what keeps a shop from selling. */
const COUNTING_MS = 2_000;

/** Counts in this process while Postgres cannot: a flood is held back even then. */
const insurance = new WindowCounter(50_000);

/**
 * Tells payment data apart without telling what it is. The key is this process's own and is never stored, so that what
 * is stored says nothing of a card. Sent again to another server, a confirm may therefore count twice.
 */
const data_key = randomBytes(32);

const STATE_OF = { paid: "paid", refused: "refused", undecided: "held", nothing: "freed" } as const;

/**
 * Counts a try to pay before anybody is asked, so that many at the same moment cannot slip through. A confirm that is
 * sent again, and one without data after the bank's page, are the same try; another card is another one.
 *
 * Throws {@link TooManyTries} where a limit is reached.
 */
export async function beginTry(
  container: MedusaContainer,
  { attempt_id, data, counts_after_refusal = false, ...asker }: BeginTryInput,
): Promise<Try> {
  const began = new Date();
  const { tries, options } = tenderModule(container);
  const trier = trierOf(container, asker);
  const counters = countersOf(trier, options.limits);
  // What cannot be an id is not counted; the work answers 404 for it.
  if (counters.length === 0 || !isIdLike(attempt_id) || !isIdLike(trier.cart_id)) {
    return { began, end: () => undefined };
  }
  const id = data ? `${attempt_id}.${digestOf(data)}` : attempt_id;
  const sends_data = data !== undefined;
  const taking = tries.take({ id, attempt_id, trier, counters, sends_data, counts_after_refusal });
  const end: Try["end"] = (outcome) => settle(container, taking, { id, attempt_id }, outcome);
  const taken = await inTime(container, taking);
  if (!taken) {
    return { began, end: insured(counters, end) };
  }
  const verdict = weighTry(trier.cart_id, counters, taken.counts, taken.tightened_left_ms);
  if (!verdict.allowed) {
    await inTime(container, tries.settle(attempt_id, "blocked", id));
    watchForCardTesting(container, taken.tightened_left_ms);
    throw new TooManyTries(verdict.scope, verdict.retry_after_ms);
  }
  return { began, end };
}

/**
 * Runs a try and tells its end. An error leaves it undecided unless it says that nothing happened and no bank was asked
 * about the card: an approval that is given back tells whoever tries cards as much as an order does.
 */
export async function duringTry<T>(
  container: MedusaContainer,
  { cart_id, begun }: Readonly<{ cart_id: string; begun: Try }>,
  work: () => Promise<T>,
  outcomeOf: (result: T) => TryOutcome,
): Promise<T> {
  try {
    const result = await work();
    begun.end(outcomeOf(result));
    return result;
  } catch (error) {
    const rejected = error instanceof PaymentProblem || isRejected(error);
    begun.end(rejected ? await nothingUnlessAsked(container, cart_id, begun.began) : "undecided");
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

/** What a try without an answer from a bank comes to; undecided when nobody can tell whether one was asked. */
export async function nothingUnlessAsked(
  container: MedusaContainer,
  cart_id: string,
  since: Date,
): Promise<TryOutcome> {
  try {
    return (await bankWasAsked(container, cart_id, since)) ? "undecided" : "nothing";
  } catch (error) {
    warn(container, error);
    return "undecided";
  }
}

/** After the answer: the shopper does not wait for it. */
function settle(
  container: MedusaContainer,
  taking: Promise<Taken>,
  { id, attempt_id }: Readonly<{ id: string; attempt_id: string }>,
  outcome: TryOutcome,
): void {
  const { tries } = tenderModule(container);
  const work = async (): Promise<void> => {
    const { taken, tightened_left_ms } = await taking;
    // What another request of the same try is doing is for that one to tell, unless it is decided.
    if (taken) {
      await tries.settle(attempt_id, STATE_OF[outcome], id);
    } else if (outcome === "paid" || outcome === "refused") {
      await tries.settle(attempt_id, STATE_OF[outcome]);
    }
    if (outcome === "refused") {
      watchForCardTesting(container, tightened_left_ms);
    }
  };
  work().catch((error: unknown) => warn(container, error));
}

/** Counts in this process; answers how to tell the end of the try. */
function insured(counters: readonly TryCounter[], end: Try["end"]): Try["end"] {
  const waits = counters
    .filter(({ tightened }) => !tightened)
    .map(({ key, scope, refusals, within_ms }) => ({ scope, ms: insurance.hit(key, refusals, within_ms) }));
  const over = waits.find(({ ms }) => ms > 0);
  if (over) {
    end("nothing");
    throw new TooManyTries(over.scope, over.ms);
  }
  return (outcome) => {
    if (outcome === "paid" || outcome === "nothing") {
      counters.forEach(({ key }) => insurance.release(key));
    }
    end(outcome);
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

function digestOf(data: Record<string, unknown>): string {
  return createHmac("sha256", data_key).update(JSON.stringify(data)).digest("hex").slice(0, 32);
}

/** Addresses are remembered as keyed hashes only. */
function trierOf(container: MedusaContainer, { cart_id, customer_id, network }: Asker): Trier {
  const address_key =
    network === null
      ? null
      : createHmac("sha256", storeSecret(container)).update(`tender address ${network}`).digest("hex");
  return { cart_id, customer_id, address_key };
}

function isRejected(error: unknown): boolean {
  const { NOT_FOUND, INVALID_DATA, NOT_ALLOWED } = MedusaError.Types;
  const rejections: readonly unknown[] = [NOT_FOUND, INVALID_DATA, NOT_ALLOWED];
  return rejections.includes((Object(error) as { type?: unknown }).type);
}
