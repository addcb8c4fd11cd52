import { useId, useState, type ReactElement } from "react";
import { summaryAmounts, type CartView, type SummaryAmounts } from "../client";
import type { TextKey } from "../locales";
import { Icon } from "./icon";
import { useWording } from "./wording-context";

type Row = Readonly<{
  of: Exclude<keyof SummaryAmounts, "items" | "total">;
  label: TextKey;
  sign: 1 | -1;
  /** Shown even when it is zero. */
  always: boolean;
}>;

/** What the total is made of, in the order it is shown. */
const ROWS: readonly Row[] = [
  { of: "subtotal", label: "summary.subtotal", sign: 1, always: true },
  { of: "discount", label: "summary.discount", sign: -1, always: false },
  { of: "shipping", label: "summary.shipping", sign: 1, always: true },
  { of: "tax", label: "summary.tax", sign: 1, always: false },
  { of: "credit", label: "summary.credit", sign: -1, always: false },
];

/** What is being paid. On a phone one line with the total; the rest opens on a press. */
export function OrderSummary({ cart }: Readonly<{ cart: CartView }>): ReactElement {
  const { t, money, number } = useWording();
  const [isOpen, setOpen] = useState(false);
  const detailId = useId();
  const titleId = useId();
  const amounts = summaryAmounts(cart);
  const amount = (value: number): string => money(value, cart.currency_code);
  return (
    <section className="tender-summary" aria-labelledby={titleId} data-open={isOpen}>
      <h2 id={titleId} className="tender-summary__title">
        {t("summary.title")}
      </h2>
      <button
        type="button"
        className="tender-summary__toggle"
        aria-expanded={isOpen}
        aria-controls={detailId}
        onClick={() => setOpen(!isOpen)}
      >
        <span>{t(isOpen ? "summary.hide" : "summary.show")}</span>
        <Icon name="chevron_down" className="tender-summary__chevron" />
        <strong>{amount(amounts.total)}</strong>
      </button>
      <div id={detailId} className="tender-summary__detail">
        <ul className="tender-summary__items">
          {cart.items.map((item, at) => (
            <li key={item.id}>
              <span className="tender-summary__quantity" aria-hidden="true">
                {number(item.quantity)}
              </span>
              <span className="tender-summary__item">
                <bdi>{item.title}</bdi>
                <span className="tender-summary__variant">
                  {item.variant_title && <bdi>{item.variant_title}</bdi>}
                  <span className="tender-hidden">
                    {t("summary.quantity", { count: number(item.quantity) })}
                  </span>
                </span>
              </span>
              <span>{amount(amounts.items[at] ?? item.subtotal)}</span>
            </li>
          ))}
        </ul>
        <dl className="tender-facts">
          {ROWS.filter(({ of, always }) => always || amounts[of] !== 0).map(({ of, label, sign }) => (
            <div key={of}>
              <dt>{t(label)}</dt>
              <dd>{amount(sign * amounts[of])}</dd>
            </div>
          ))}
          <div className="tender-facts__total">
            <dt>{t("summary.total")}</dt>
            <dd>{amount(amounts.total)}</dd>
          </div>
        </dl>
        <Recipient cart={cart} />
      </div>
    </section>
  );
}

function Recipient({ cart }: Readonly<{ cart: CartView }>): ReactElement | null {
  const { t, locale } = useWording();
  const address = cart.shipping_address;
  const place = address && [
    [address.first_name, address.last_name].filter(Boolean).join(" "),
    address.address_1,
    [address.postal_code, address.city].filter(Boolean).join(" "),
    address.country_code && countryName(address.country_code, locale),
  ];
  const lines = (place ?? []).filter((line): line is string => Boolean(line));
  if (!cart.email && lines.length === 0) return null;
  return (
    <dl className="tender-summary__recipient">
      {cart.email && (
        <div>
          <dt>{t("summary.contact")}</dt>
          <dd>
            <bdi dir="ltr">{cart.email}</bdi>
          </dd>
        </div>
      )}
      {lines.length > 0 && (
        <div>
          <dt>{t("summary.ship_to")}</dt>
          <dd>
            {lines.map((line) => (
              <span key={line} className="tender-summary__line">
                <bdi>{line}</bdi>
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code.toUpperCase()) ?? code;
  } catch {
    // A code that is no region's is shown as it is.
    return code.toUpperCase();
  }
}
