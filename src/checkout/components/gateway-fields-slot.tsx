import { useCallback, useEffect, useRef, useState, type ReactElement, type Ref } from "react";
import type { PaymentOptionView } from "../client";
import type { Collected, GatewayFieldsHandle, GatewayForm, GatewayFormParts } from "../gateway-form";
import { Icon } from "./icon";
import { StoreLink } from "./store-link";
import { TestMode } from "./test-mode";
import { useFormTheme } from "./use-form-theme";
import { useWording } from "./wording-context";

/** A form that is not there after this long is not waited for. It may still appear. */
const LOADING_TAKES_LONG_AFTER_MS = 15_000;

type Standing = "loading" | "ready" | "unavailable";

type GatewayFieldsSlotProps = Readonly<{
  form: GatewayForm;
  option: PaymentOptionView;
  email: string | null;
  disabled: boolean;
  /** Whether the cart can be paid another way. */
  hasOtherWays: boolean;
  /** The store's own site, for when there is no other way. */
  storeUrl: string | undefined;
  handle?: Ref<GatewayFieldsHandle>;
  /** Tells whether the form can be used. */
  onReport: (optionId: string, isUsable: boolean) => void;
  onApproved?: (collect: () => Promise<Collected>) => boolean;
}>;

/**
 * The place of a gateway's own form: shows that it is being loaded, and what to do where it cannot be. An express button
 * that cannot be used leaves nothing behind.
 */
export function GatewayFieldsSlot(props: GatewayFieldsSlotProps): ReactElement | null {
  const { form, option, email, disabled, hasOtherWays, storeUrl, handle, onReport, onApproved } = props;
  const { t, locale, dir } = useWording();
  const place = useRef<HTMLDivElement>(null);
  const theme = useFormTheme(place);
  const [tries, setTries] = useState(0);
  const [standing, setStanding] = useState<Standing>("loading");

  const report = useCallback(
    (next: Standing) => {
      setStanding(next);
      onReport(option.id, next === "ready");
    },
    [onReport, option.id],
  );
  const onReady = useCallback(() => report("ready"), [report]);
  const onUnavailable = useCallback(() => report("unavailable"), [report]);
  const parts = useParts(form, tries, onUnavailable);

  useEffect(() => {
    if (standing !== "loading") return undefined;
    const timer = setTimeout(onUnavailable, LOADING_TAKES_LONG_AFTER_MS);
    return () => clearTimeout(timer);
  }, [standing, onUnavailable]);

  function tryAgain(): void {
    setStanding("loading");
    setTries(tries + 1);
  }

  const isGone = standing === "unavailable";
  if (isGone && option.express) return null;
  return (
    <div className="tender-own-form" ref={place} data-standing={standing}>
      {standing === "loading" && <Loading lines={option.express ? 0 : 2} label={t("form.loading")} />}
      {isGone && <Unavailable hasOtherWays={hasOtherWays} storeUrl={storeUrl} onTryAgain={tryAgain} />}
      {/* Kept while it is late: it may appear after all. Hidden, not absent, while it loads: it measures itself. */}
      {parts && theme && (
        <div className="tender-own-form__fields" data-hidden={standing !== "ready"}>
          {option.client["test_mode"] === true && !option.express && <TestMode />}
          <parts.Fields
            key={tries}
            {...(handle && { ref: handle })}
            option={option}
            email={email}
            locale={locale}
            direction={dir}
            theme={theme}
            disabled={disabled}
            onReady={onReady}
            onUnavailable={onUnavailable}
            onApproved={onApproved ?? (() => false)}
          />
        </div>
      )}
    </div>
  );
}

function useParts(form: GatewayForm, tries: number, onFailure: () => void): GatewayFormParts | null {
  const [parts, setParts] = useState<GatewayFormParts | null>(null);
  useEffect(() => {
    let isWanted = true;
    form.load().then(
      (loaded) => isWanted && setParts(loaded),
      () => isWanted && onFailure(),
    );
    return () => {
      isWanted = false;
    };
    // A new function from the component around it is no reason to load again.
  }, [form, tries]);
  return parts;
}

function Loading({ lines, label }: Readonly<{ lines: number; label: string }>): ReactElement {
  return (
    <div className="tender-own-form__loading" data-lines={lines}>
      <p className="tender-hidden">{label}</p>
      <span />
      {lines > 1 && <span />}
    </div>
  );
}

type UnavailableProps = Pick<GatewayFieldsSlotProps, "hasOtherWays" | "storeUrl"> &
  Readonly<{ onTryAgain: () => void }>;

function Unavailable({ hasOtherWays, storeUrl, onTryAgain }: UnavailableProps): ReactElement {
  const { t } = useWording();
  return (
    <div className="tender-own-form__gone" role="status">
      <p className="tender-own-form__said">
        <Icon name="info" />
        <span>{t("form.unavailable")}</span>
      </p>
      {hasOtherWays && <p>{t("form.other_ways")}</p>}
      <button type="button" className="tender-button tender-button--secondary" onClick={onTryAgain}>
        {t("form.try_again")}
      </button>
      {!hasOtherWays && <StoreLink url={storeUrl} />}
    </div>
  );
}
