import type { ReactElement } from "react";
import type { CoinPayment, Phase } from "./client";
import { Glyph } from "./glyphs";
import { fill, type Texts } from "./texts";

type StepsProps = Readonly<{
  payment: CoinPayment;
  standing: Phase;
  texts: Texts;
  number: (value: number) => string;
}>;

/** Where a payment is among its three steps; the number of those that are done. */
const STEPS_DONE: Readonly<Record<Phase, number>> = {
  awaiting: 0,
  partial: 0,
  confirming: 2,
  settled: 3,
  expired: 0,
};

/** Paid, seen, confirmed: what is done, what is waited for, and what comes. */
export function Steps({ payment, standing, texts, number }: StepsProps): ReactElement {
  const done = STEPS_DONE[standing];
  const confirmations = fill(texts.confirmations, {
    count: number(Math.min(payment.confirmations, payment.confirmations_needed)),
    needed: number(payment.confirmations_needed),
  });
  const labels = [
    texts.awaiting,
    texts.seen,
    standing === "confirming" ? confirmations : texts.confirmed,
  ] as const;
  // Once it is there nobody waits for it any more.
  const shown = done > 0 ? labels.slice(1) : labels;
  const first = labels.length - shown.length;
  return (
    <ol className="tender-coins__steps" aria-label={texts.progress}>
      {shown.map((label, at) => {
        const state = first + at < done ? "done" : first + at === done ? "now" : "later";
        return (
          <li key={label} data-state={state} aria-current={state === "now" ? "step" : undefined}>
            <span className="tender-coins__dot" aria-hidden="true">
              {state === "done" && <Glyph name="check" />}
              {state === "now" && <span className="tender-spinner" />}
            </span>
            <span>{label}</span>
            {state === "now" && standing === "confirming" && (
              <progress
                className="tender-coins__bar"
                max={payment.confirmations_needed}
                value={payment.confirmations}
                aria-hidden="true"
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}
