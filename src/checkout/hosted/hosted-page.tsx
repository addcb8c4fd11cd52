import { useEffect, useState, type MouseEvent, type ReactElement } from "react";
import type { HostedBoot } from "../../api/checkout/schemas";
import { BlockedPanel, TenderCheckout, WordingProvider, type DoneOrder } from "../components";
import type { GatewayForm } from "../gateway-form";
import { LOCALES, wordingOf, type Locale } from "../locales";
import { PlacedOrder } from "./placed-order";

type HostedPageProps = Readonly<{ boot: HostedBoot; forms: readonly GatewayForm[] }>;

/** The page at `/checkout/:cart_id`: the store's name, the language switch, and the checkout. */
export function HostedPage({ boot, forms }: HostedPageProps): ReactElement {
  const [locale, setLocale] = useState<Locale>(() => rememberedLocale() ?? boot.locale);
  const [order, setOrder] = useState<DoneOrder | null>(boot.order);
  const wording = wordingOf(locale, boot.digits);
  const title = order ? wording.t("done.title") : wording.t("page.title");

  useEffect(() => {
    document.documentElement.lang = wording.locale;
    document.documentElement.dir = wording.dir;
    rememberLocale(wording.locale);
    document.title = boot.store_name === "" ? title : `${title} · ${boot.store_name}`;
  }, [wording.locale, wording.dir, title, boot.store_name]);

  return (
    <WordingProvider value={wording}>
      <div className="hosted">
        <header className="hosted__header">
          <h1 className="hosted__store">
            <bdi>{boot.store_name === "" ? wording.t("page.title") : boot.store_name}</bdi>
          </h1>
          <LanguageSwitch locale={locale} label={wording.t("language.switch")} onChange={setLocale} />
        </header>
        <main>
          <Body boot={boot} forms={forms} locale={locale} dir={wording.dir} onOrder={setOrder} />
        </main>
      </div>
    </WordingProvider>
  );
}

type BodyProps = HostedPageProps &
  Readonly<{
    locale: Locale;
    dir: "ltr" | "rtl";
    onOrder: (order: DoneOrder) => void;
  }>;

function Body({ boot, forms, locale, dir, onOrder }: BodyProps): ReactElement {
  const storeUrl = boot.store_url ?? undefined;
  if (boot.blocked === null && boot.order === null) {
    return (
      <TenderCheckout
        cartId={boot.cart_id}
        baseUrl=""
        publishableKey={boot.publishable_key}
        locale={locale}
        digits={boot.digits}
        anotherWayAfter_s={boot.unknown_blocks_ms / 1_000}
        storeUrl={storeUrl}
        forms={forms}
        onOrder={onOrder}
      />
    );
  }
  return (
    <div className="tender" dir={dir} lang={locale}>
      <div className="tender__main">
        {boot.order ? (
          <PlacedOrder boot={boot} order={boot.order} forms={forms} locale={locale} />
        ) : (
          <BlockedPanel reason={boot.blocked ?? "failed"} storeUrl={storeUrl} onRetry={null} />
        )}
      </div>
    </div>
  );
}

type LanguageSwitchProps = Readonly<{ locale: Locale; label: string; onChange: (locale: Locale) => void }>;

/** Links, so that they work by themselves; a plain click changes the language in place and keeps what is typed. */
function LanguageSwitch({ locale, label, onChange }: LanguageSwitchProps): ReactElement {
  function choose(event: MouseEvent, next: Locale): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    window.history.replaceState(window.history.state, "", addressIn(next));
    onChange(next);
  }

  return (
    <nav className="hosted__languages" aria-label={label}>
      {LOCALES.map((one) => (
        <a
          key={one}
          href={addressIn(one)}
          lang={one}
          hrefLang={one}
          aria-current={one === locale ? "true" : undefined}
          onClick={(event) => choose(event, one)}
        >
          {wordingOf(one).t("language.name")}
        </a>
      ))}
    </nav>
  );
}

function addressIn(locale: Locale): string {
  const address = new URL(window.location.href);
  address.searchParams.set("locale", locale);
  return `${address.pathname}${address.search}`;
}

const LOCALE_KEY = "tender:locale";

/** The language chosen before the bank's page was opened, which sends the shopper back without naming one. */
function rememberedLocale(): Locale | undefined {
  if (new URL(window.location.href).searchParams.has("locale")) return undefined;
  try {
    const remembered = window.sessionStorage.getItem(LOCALE_KEY);
    return LOCALES.find((locale) => locale === remembered);
  } catch {
    // Storage may be switched off; the server's choice is good enough.
    return undefined;
  }
}

function rememberLocale(locale: Locale): void {
  try {
    window.sessionStorage.setItem(LOCALE_KEY, locale);
  } catch {
    // As above: only a return from the bank then falls back to the browser's language.
    return;
  }
}
