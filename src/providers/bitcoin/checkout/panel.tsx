import { useCallback, useEffect, useRef, useState, type ReactElement } from "react";
import type { GatewayPanelProps } from "../../../checkout/gateway-form";
import { paymentOf, type CoinPayment, type Phase } from "./client";
import { Countdown } from "./countdown";
import { Glyph, type GlyphName } from "./glyphs";
import { Leaving } from "./leaving";
import { useLooks } from "./looks";
import { Request } from "./request";
import { isThrough, standingOf } from "./standing";
import { Steps } from "./steps";
import { coins, coinTexts, fill, type Texts } from "./texts";
import { deadline_ms, useSecondsLeft, type Seen } from "./time-left";

/** A payment from its address to its last confirmation; its looks tell how it goes. */
export function CoinPanel(props: GatewayPanelProps): ReactElement | null {
  const { seen, isOffline } = useLooks(props, standingOfAttempt);
  const payment = paymentOf(seen.attempt);
  const { ways } = props;
  const hasEnded = ways !== null && isThrough(seen.attempt);

  useEffect(() => {
    if (hasEnded) ways?.done();
    // New functions from the page are no news.
  }, [hasEnded]);

  // A payment that its gateway tells nothing of any more: the store knows what became of it.
  useEffect(() => {
    if (payment === null) ways?.done();
  }, [payment === null]);

  return payment && <Shown {...props} seen={seen} payment={payment} isOffline={isOffline} />;
}

function standingOfAttempt(attempt: Seen["attempt"]): Phase {
  const payment = paymentOf(attempt);
  return payment ? standingOf(attempt, payment) : "settled";
}

type ShownProps = GatewayPanelProps & Readonly<{ seen: Seen; payment: CoinPayment; isOffline: boolean }>;

function Shown({ seen, payment, isOffline, locale, money, number, ways }: ShownProps): ReactElement {
  const texts = coinTexts(locale);
  const left_s = useSecondsLeft(deadline_ms(seen, payment));
  const told = standingOf(seen.attempt, payment);
  const isPayable = told === "awaiting" || told === "partial";
  // The store says so at its next look; until then nobody should send what was worth this much until just now.
  const standing = isPayable && left_s === 0 ? "expired" : told;
  const isCut = isOffline && standing !== "settled";
  const news = isCut ? texts.offline : newsOf(standing, payment, texts);
  const [said, say] = useAnnouncement(news, `${isCut} ${standing} ${payment.received}`);
  const heading = useHeadingFocus(ways !== null);
  // Beneath the order's own heading it is one of the next level.
  const Heading = ways ? "h2" : "h3";
  const total = money(seen.attempt.amount, seen.attempt.currency_code);

  return (
    <section className="tender-coins" data-standing={standing} lang={locale}>
      <p className="tender-hidden" role="status">
        {said}
      </p>
      <Heading ref={heading} tabIndex={-1} className="tender-coins__title">
        {titleOf(standing, payment, texts)}
      </Heading>
      <Warnings payment={payment} texts={texts} isOffline={isCut} />
      {standing === "partial" && (
        <Note glyph="info" title={partialText(payment, texts)}>
          {texts.partial_help}
        </Note>
      )}
      {standing === "awaiting" || standing === "partial" ? (
        <>
          <Countdown left_s={left_s} texts={texts} onSay={say} />
          <Request {...{ payment, total, money, texts }} onSay={say} />
          <Steps {...{ payment, standing, texts, number }} />
          {ways && <Leaving payment={payment} texts={texts} onLeave={ways.anotherWay} />}
        </>
      ) : standing === "expired" ? (
        <Expired payment={payment} texts={texts} ways={ways} />
      ) : (
        <Paid {...{ payment, standing, texts, number }} isOrdered={ways === null} />
      )}
    </section>
  );
}

type PartProps = Readonly<{ payment: CoinPayment; texts: Texts }>;

function Warnings({ payment, texts, isOffline }: PartProps & Readonly<{ isOffline: boolean }>): ReactElement {
  const isSimulated = payment.demo_wallet_url !== null;
  return (
    <>
      {(payment.test_mode || isSimulated) && (
        <p className="tender-coins__badge">
          <Glyph name="info" />
          <span>{isSimulated ? texts.simulated : texts.test_network}</span>
        </p>
      )}
      {isOffline && <Note glyph="info">{texts.offline}</Note>}
    </>
  );
}

type NoteProps = Readonly<{ glyph: GlyphName; title?: string; children: string }>;

function Note({ glyph, title, children }: NoteProps): ReactElement {
  return (
    <div className="tender-notice">
      <Glyph name={glyph} />
      <div>
        {title !== undefined && <p className="tender-coins__asked">{title}</p>}
        <p>{children}</p>
      </div>
    </div>
  );
}

type PaidProps = PartProps &
  Readonly<{ standing: Phase; isOrdered: boolean; number: (value: number) => string }>;

function Paid({ payment, standing, texts, number, isOrdered }: PaidProps): ReactElement {
  const help = standing === "settled" ? texts.settled_help : texts.confirming_help;
  return (
    <>
      <p className="tender-panel__text">
        {fill(help, { received: coins(payment.received, payment.ticker) })}
      </p>
      <Steps {...{ payment, standing, texts, number }} />
      {standing === "confirming" && (
        <p className="tender-panel__text">{isOrdered ? texts.may_close : texts.moves_on}</p>
      )}
    </>
  );
}

function Expired({ payment, texts, ways }: PartProps & Pick<GatewayPanelProps, "ways">): ReactElement {
  const hasReceived = Number(payment.received) > 0;
  const sent = fill(hasReceived ? texts.expired_partial : texts.expired_sent, {
    received: coins(payment.received, payment.ticker),
  });
  const next = hasReceived ? texts.expired_whole : texts.expired_unsent;
  return (
    <>
      <p className="tender-panel__text tender-panel__text--strong">{sent}</p>
      <p className="tender-panel__text">{ways ? next : texts.expired_ordered}</p>
      {ways && (
        <>
          <button type="button" className="tender-button tender-button--primary" onClick={ways.again}>
            {texts.again}
          </button>
          <button type="button" className="tender-button tender-button--quiet" onClick={ways.anotherWay}>
            {texts.another_way}
          </button>
        </>
      )}
    </>
  );
}

function titleOf(standing: Phase, payment: CoinPayment, texts: Texts): string {
  switch (standing) {
    case "awaiting":
    case "partial":
      return fill(texts.title, { coin: payment.coin_title });
    default:
      return texts[standing];
  }
}

function partialText({ received, missing, ticker }: CoinPayment, texts: Texts): string {
  return fill(texts.partial, { received: coins(received, ticker), missing: coins(missing, ticker) });
}

function newsOf(standing: Phase, payment: CoinPayment, texts: Texts): string {
  return standing === "partial" ? partialText(payment, texts) : titleOf(standing, payment, texts);
}

/**
 * What a screen reader hears without the focus moving: the news whenever it is another, and what is said in between.
 * @param key tells one news from another, whatever the language
 */
function useAnnouncement(news: string, key: string): readonly [string, (text: string) => void] {
  const [said, setSaid] = useState("");
  const known = useRef(key);
  useEffect(() => {
    // What the page opens with is read by itself.
    if (known.current !== key) setSaid(news);
    known.current = key;
  }, [key]);
  const say = useCallback((text: string) => {
    // The same words once more are only read as new where they were gone before.
    setSaid("");
    setTimeout(() => setSaid(text), 100);
  }, []);
  return [said, say];
}

/** The heading takes the focus where the panel is all that the page shows, so that it is read first. */
function useHeadingFocus(isAlone: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isAlone) heading.current?.focus();
    // Only on arriving.
  }, []);
  return heading;
}
