import { useRef, type ReactElement } from "react";
import type { CoinPayment } from "./client";
import { CopyButton } from "./copy-button";
import { Glyph } from "./glyphs";
import { QrCode } from "./qr-code";
import { fill, type Texts } from "./texts";

type RequestProps = Readonly<{
  payment: CoinPayment;
  /** What the payment is worth in all, as written. */
  total: string;
  money: (amount: number, currency_code: string) => string;
  texts: Texts;
  onSay: (text: string) => void;
}>;

/** What is to be sent where: as text to copy, as a code to scan, and as a link to open. */
export function Request({ payment, total, money, texts, onSay }: RequestProps): ReactElement {
  const { address, coin_title, missing, rate, ticker } = payment;
  const amount = useRef<HTMLElement>(null);
  const place = useRef<HTMLParagraphElement>(null);
  return (
    <div className="tender-coins__request">
      <div className="tender-coins__part">
        <p className="tender-coins__label">{texts.amount}</p>
        <p className="tender-coins__amount" dir="ltr">
          <span ref={amount}>{missing}</span> <span className="tender-coins__ticker">{ticker}</span>
        </p>
        <p className="tender-coins__worth">
          {fill(payment.phase === "partial" ? texts.rate : texts.worth, {
            total,
            price: money(rate.price, rate.currency),
            ticker,
          })}
        </p>
        <CopyButton
          text={missing}
          source={amount}
          label={texts.copy_amount}
          done={texts.amount_copied}
          {...{ texts, onSay }}
        />
      </div>
      {payment.qr !== null && <QrCode text={payment.qr} label={texts.qr} />}
      {payment.uri !== null && (
        <a className="tender-button tender-button--primary" href={payment.uri}>
          <Glyph name="wallet" />
          <span>{texts.open_wallet}</span>
        </a>
      )}
      {payment.demo_wallet_url !== null && (
        <a
          className="tender-button tender-button--secondary"
          href={payment.demo_wallet_url}
          target="_blank"
          rel="noopener noreferrer"
        >
          <span>{texts.demo_wallet}</span> <span className="tender-hidden">({texts.new_tab})</span>
        </a>
      )}
      <div className="tender-coins__part">
        <p className="tender-coins__label">{fill(texts.address, { coin: coin_title })}</p>
        <p className="tender-coins__address" dir="ltr" ref={place}>
          {groupsOf(address).map((group, at) => (
            <span key={at}>{group}</span>
          ))}
        </p>
        <CopyButton
          text={address}
          source={place}
          label={texts.copy_address}
          done={texts.address_copied}
          {...{ texts, onSay }}
        />
        <p className="tender-coins__only">{fill(texts.only, { ticker, coin: coin_title })}</p>
      </div>
    </div>
  );
}

/** Groups of four can be compared with what a wallet shows, from the first to the last. */
function groupsOf(address: string): readonly string[] {
  return address.match(/.{1,4}/g) ?? [];
}
