import { useCallback, useEffect, useRef, useState, type ReactElement, type ReactNode, type Ref } from "react";
import type { AddressView, PaymentAttemptView, PaymentOptionView } from "../client";
import { worksWithoutScript } from "../flow";
import type { Collected, GatewayFieldsHandle, GatewayForm } from "../gateway-form";
import { GatewayFormGone } from "./gateway-form-gone";
import { TestMode } from "./test-mode";
import { useFormTheme } from "./use-form-theme";
import { useGatewayParts } from "./use-gateway-parts";
import { useWording } from "./wording-context";

/** A form that is not there after this long is not waited for. It may still appear. */
const LOADING_TAKES_LONG_AFTER_MS = 15_000;

type Standing =
  | "loading"
  | "ready"
  /** Its script is blocked or failed. */
  | "failed"
  /** The service does not offer it for this cart or on this device. */
  | "not_offered";

/** How an option can be paid with once that is known: with the form, by the service's page instead, or not at all. */
export type FormReport = "ready" | "without_script" | "unusable";

type GatewayFieldsSlotProps = Readonly<{
  form: GatewayForm;
  option: PaymentOptionView;
  email: string | null;
  billing: AddressView | null;
  /** What is to be paid, as written. */
  amount: string;
  /** What is paid with is to be kept for next time. */
  save: boolean;
  /** The box that asks for it, where there is one: above a button, which pays at once, and below fields. */
  saveBox: ReactNode;
  disabled: boolean;
  /** Whether the cart can be paid another way. */
  hasOtherWays: boolean;
  /** The store's own site, for when there is no other way. */
  storeUrl: string | undefined;
  handle?: Ref<GatewayFieldsHandle>;
  onReport: (optionId: string, report: FormReport) => void;
  onBegin: () => Promise<PaymentAttemptView | null>;
  onApproved?: (collect: () => Promise<Collected>) => boolean;
}>;

/**
 * The place of a gateway's own form: shows that it is being loaded, and what to do where it cannot be. An express button
 * that cannot be used leaves nothing behind.
 */
export function GatewayFieldsSlot(props: GatewayFieldsSlotProps): ReactElement | null {
  const { form, option, save, saveBox, disabled, handle, onReport, onBegin, onApproved } = props;
  const { t, locale, dir } = useWording();
  const place = useRef<HTMLDivElement>(null);
  const theme = useFormTheme(place);
  const [tries, setTries] = useState(0);
  const [standing, setStanding] = useState<Standing>("loading");
  const onward = worksWithoutScript(option);

  const report = useCallback(
    (next: Standing) => {
      setStanding(next);
      onReport(option.id, next === "ready" ? "ready" : onward ? "without_script" : "unusable");
    },
    [onReport, option.id, onward],
  );
  const onReady = useCallback(() => report("ready"), [report]);
  const onUnavailable = useCallback(() => report("failed"), [report]);
  const onNotOffered = useCallback(() => report("not_offered"), [report]);
  const parts = useGatewayParts(form, tries, onUnavailable);

  useEffect(() => {
    if (standing !== "loading") return undefined;
    const timer = setTimeout(onUnavailable, LOADING_TAKES_LONG_AFTER_MS);
    return () => clearTimeout(timer);
  }, [standing, onUnavailable]);

  function tryAgain(): void {
    setStanding("loading");
    setTries(tries + 1);
  }

  const isGone = standing === "failed" || standing === "not_offered";
  const isButton = option.express || form.hasOwnButton?.(option) === true;
  if (isGone && option.express) return null;
  return (
    <div className="tender-own-form" ref={place} data-standing={isGone ? "unavailable" : standing}>
      {standing === "loading" && <Loading lines={isButton ? 1 : 2} label={t("form.loading")} />}
      {isGone && (
        <GatewayFormGone
          why={standing}
          worksWithoutScript={onward}
          hasOtherWays={props.hasOtherWays}
          storeUrl={props.storeUrl}
          onTryAgain={tryAgain}
        >
          {saveBox}
        </GatewayFormGone>
      )}
      {/* Kept while it is late: it may appear after all. Hidden, not absent, while it loads: it measures itself. */}
      {parts && theme && (
        <div className="tender-own-form__fields" data-hidden={standing !== "ready"}>
          {option.client["test_mode"] === true && !option.express && <TestMode />}
          {isButton && !option.express && (
            <p className="tender-own-form__help">{t("form.button_help", { amount: props.amount })}</p>
          )}
          {isButton && !isGone && saveBox}
          <parts.Fields
            key={tries}
            {...(handle && { ref: handle })}
            option={option}
            email={props.email}
            billing={props.billing}
            locale={locale}
            direction={dir}
            theme={theme}
            save={save}
            disabled={disabled}
            onReady={onReady}
            onUnavailable={onUnavailable}
            onNotOffered={onNotOffered}
            begin={onBegin}
            onApproved={onApproved ?? (() => false)}
          />
          {!isButton && !isGone && saveBox}
        </div>
      )}
    </div>
  );
}

/** The shape of a form that is being loaded. */
export function Loading({ lines, label }: Readonly<{ lines: number; label: string }>): ReactElement {
  return (
    <div className="tender-own-form__loading" data-lines={lines}>
      <p className="tender-hidden">{label}</p>
      <span />
      {lines > 1 && <span />}
    </div>
  );
}
