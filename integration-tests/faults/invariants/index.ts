import type { Lane } from "../schedule/lane";
import { attemptsChangeInTurn } from "./attempts-change-in-turn";
import { booksAgree } from "./books-agree";
import { readBooks, type Books } from "./books";
import type { Invariant } from "./invariant";
import { moneyMovesOnce } from "./money-moves-once";
import { oneLivePayment } from "./one-live-payment";
import { operationsAreClosed } from "./operations-are-closed";
import { ordersAreCovered } from "./orders-are-covered";
import { webhooksAreFinal } from "./webhooks-are-final";

/** What must hold after every schedule. */
export const INVARIANTS: readonly Invariant[] = [
  oneLivePayment,
  booksAgree,
  ordersAreCovered,
  moneyMovesOnce,
  operationsAreClosed,
  webhooksAreFinal,
  attemptsChangeInTurn,
];

/** What did not hold. */
export type Violation = Readonly<{ invariant: string; detail: string }>;

export type Checked = Readonly<{
  violations: readonly Violation[];
  /** Kinds of findings that explained a difference. */
  excused: readonly string[];
  books: Books;
}>;

/** Checks one schedule that is at rest. @param rested_at Unix ms by the common clock */
export async function checkLane(lane: Lane, rested_at: number): Promise<Checked> {
  const books = await readBooks(lane, rested_at);
  const verdicts = INVARIANTS.map(({ name, check }) => ({ name, ...verdictOf(check(books)) }));
  return {
    violations: verdicts.flatMap(({ name, broken }) => broken.map((detail) => ({ invariant: name, detail }))),
    excused: verdicts.flatMap(({ excused }) => excused),
    books,
  };
}

function verdictOf({ broken, excused }: ReturnType<Invariant["check"]>) {
  return { broken, excused };
}
