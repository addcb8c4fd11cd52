import { useEffect, useId, useRef, useState, type ReactElement } from "react";
import type { CoinPayment } from "./client";
import { coins, fill, type Texts } from "./texts";

type LeavingProps = Readonly<{ payment: CoinPayment; texts: Texts; onLeave: () => void }>;

/** The way back to the other ways to pay, which asks first: what was sent already would be paid twice. */
export function Leaving({ payment, texts, onLeave }: LeavingProps): ReactElement {
  const [isAsked, setAsked] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  const titleId = useId();
  const helpId = useId();

  useEffect(() => {
    if (isAsked) question.current?.focus();
    else if (wasAsked.current) opener.current?.focus();
    wasAsked.current = isAsked;
  }, [isAsked]);

  if (!isAsked) {
    return (
      <button
        ref={opener}
        type="button"
        className="tender-button tender-button--quiet"
        onClick={() => setAsked(true)}
      >
        {texts.another_way}
      </button>
    );
  }
  const help =
    payment.phase === "partial"
      ? fill(texts.leave_partial, { received: coins(payment.received, payment.ticker) })
      : texts.leave_help;
  return (
    <div
      ref={question}
      className="tender-coins__question"
      role="group"
      tabIndex={-1}
      aria-labelledby={titleId}
      aria-describedby={helpId}
      onKeyDown={({ key }) => {
        if (key === "Escape") setAsked(false);
      }}
    >
      <p id={titleId} className="tender-coins__asked">
        {texts.leave}
      </p>
      <p id={helpId} className="tender-panel__text">
        {help}
      </p>
      <button
        type="button"
        className="tender-button tender-button--secondary"
        onClick={() => setAsked(false)}
      >
        {texts.stay}
      </button>
      <button type="button" className="tender-button tender-button--quiet" onClick={onLeave}>
        {texts.go}
      </button>
    </div>
  );
}
