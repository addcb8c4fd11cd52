import type { ReactElement, ReactNode } from "react";
import { Icon } from "./icon";
import { StoreLink } from "./store-link";
import { useWording } from "./wording-context";

type GatewayFormGoneProps = Readonly<{
  /** `failed`: its script is blocked or broken; `not_offered`: not for this cart or on this device. */
  why: "failed" | "not_offered";
  /** It can still be paid with, on a page of the service's. */
  worksWithoutScript: boolean;
  /** Whether the cart can be paid another way. */
  hasOtherWays: boolean;
  /** The store's own site, for when there is no other way. */
  storeUrl: string | undefined;
  onTryAgain: () => void;
  /** What is asked before going to the service's page. */
  children?: ReactNode;
}>;

/** In place of a gateway's form that cannot be used: what happened, and every way on. */
export function GatewayFormGone(props: GatewayFormGoneProps): ReactElement {
  const { why, worksWithoutScript, hasOtherWays, storeUrl, onTryAgain, children } = props;
  const { t } = useWording();
  if (worksWithoutScript) {
    return (
      <div className="tender-own-form__gone">
        <div className="tender-own-form__gone" role="status">
          {why === "failed" && <Said text={t("form.button_unavailable")} />}
          <p className="tender-option__note">{t("options.redirect_help")}</p>
        </div>
        {children}
      </div>
    );
  }
  return (
    <div className="tender-own-form__gone" role="status">
      <Said text={t(why === "failed" ? "form.unavailable" : "form.not_offered")} />
      {hasOtherWays && <p>{t("form.other_ways")}</p>}
      {why === "failed" && (
        <button type="button" className="tender-button tender-button--secondary" onClick={onTryAgain}>
          {t("form.try_again")}
        </button>
      )}
      {!hasOtherWays && <StoreLink url={storeUrl} />}
    </div>
  );
}

function Said({ text }: Readonly<{ text: string }>): ReactElement {
  return (
    <p className="tender-own-form__said">
      <Icon name="info" />
      <span>{text}</span>
    </p>
  );
}
