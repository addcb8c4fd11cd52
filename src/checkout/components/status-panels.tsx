import { useEffect, useState, type ReactElement } from "react";
import type { BlockedReason } from "../flow";
import { Panel } from "./panel";
import { StoreLink } from "./store-link";
import { useWording } from "./wording-context";

/** Said before the bank's page opens. */
export function StepUpPanel({
  amount,
  onContinue,
  onBack,
}: Readonly<{ amount: string; onContinue: () => void; onBack: () => void }>): ReactElement {
  const { t } = useWording();
  return (
    <Panel title={t("step_up.title")} icon="shield">
      <p className="tender-panel__text">{t("step_up.body", { amount })}</p>
      <button type="button" className="tender-button tender-button--primary" onClick={onContinue}>
        {t("step_up.continue")}
      </button>
      <button type="button" className="tender-button tender-button--quiet" onClick={onBack}>
        {t("step_up.back")}
      </button>
    </Panel>
  );
}

/** A window that is not through after this long may not be in sight at all. */
const ACTING_TAKES_LONG_AFTER_MS = 20_000;

/** The gateway's script asks the shopper something in a window over this page. */
export function ActingPanel({ onBack }: Readonly<{ onBack: () => void }>): ReactElement {
  const { t } = useWording();
  const [since] = useState(Date.now);
  const takesLong = useIsPast(since + ACTING_TAKES_LONG_AFTER_MS);
  return (
    <Panel title={t("acting.title")} busy>
      <p className="tender-panel__text">{t("acting.body")}</p>
      {takesLong && (
        <div className="tender-panel__more">
          <p className="tender-panel__text">{t("acting.takes_long")}</p>
          <button type="button" className="tender-button tender-button--quiet" onClick={onBack}>
            {t("step_up.back")}
          </button>
        </div>
      )}
    </Panel>
  );
}

/** A browser that has not left after this long may not leave at all. */
const LEAVING_TAKES_LONG_AFTER_MS = 3_000;

/** The browser is on its way to the bank's page. */
export function LeavingPanel({
  url,
  onBack,
}: Readonly<{
  /** The bank's page; null where there is none that a browser may be sent to. */
  url: string | null;
  onBack: () => void;
}>): ReactElement {
  const { t } = useWording();
  const [since] = useState(Date.now);
  const takesLong = useIsPast(since + LEAVING_TAKES_LONG_AFTER_MS);
  return (
    <Panel title={t("leaving.title")} busy>
      <p className="tender-panel__text">{t("leaving.body")}</p>
      {takesLong && (
        <div className="tender-panel__more">
          <p className="tender-panel__text">{t("leaving.takes_long")}</p>
          {url !== null && (
            <a className="tender-button tender-button--primary" href={url}>
              {t("step_up.continue")}
            </a>
          )}
          <button type="button" className="tender-button tender-button--quiet" onClick={onBack}>
            {t("step_up.back")}
          </button>
        </div>
      )}
    </Panel>
  );
}

/** Money may have moved; the shopper is told not to pay again until it is known. */
export function CheckingPanel({
  since,
  anotherWayAfter_s,
  onAnotherWay,
}: Readonly<{
  /** When the waiting began, in milliseconds since 1970; a reload does not begin it anew. */
  since: number;
  anotherWayAfter_s: number;
  onAnotherWay: () => void;
}>): ReactElement {
  const { t } = useWording();
  const takesLong = useIsPast(since + anotherWayAfter_s * 1_000);
  return (
    <Panel title={t("checking.title")} busy>
      <p className="tender-panel__text tender-panel__text--strong">{t("checking.body")}</p>
      <div className="tender-progress" role="progressbar" aria-label={t("checking.progress")}>
        <span />
      </div>
      <p className="tender-panel__text">{t("checking.keep")}</p>
      {takesLong && (
        <div className="tender-panel__more">
          <p className="tender-panel__text">{t("checking.another_way_help")}</p>
          <button type="button" className="tender-button tender-button--secondary" onClick={onAnotherWay}>
            {t("checking.another_way")}
          </button>
        </div>
      )}
    </Panel>
  );
}

/** Whether a moment, in milliseconds since 1970, is over; true from then on. */
function useIsPast(moment: number): boolean {
  const [isPast, setPast] = useState(() => Date.now() >= moment);
  useEffect(() => {
    const left_ms = moment - Date.now();
    setPast(left_ms <= 0);
    if (left_ms <= 0) return undefined;
    const timer = setTimeout(() => setPast(true), left_ms);
    return () => clearTimeout(timer);
  }, [moment]);
  return isPast;
}

/** A limit holds: how long it still does, and the way on once it is over. */
export function WaitPanel({
  retryAt,
  storeUrl,
  onRetry,
}: Readonly<{ retryAt: number; storeUrl?: string | undefined; onRetry: () => void }>): ReactElement {
  const { t, soon } = useWording();
  const [left_s, setLeft] = useState(() => secondsUntil(retryAt));

  useEffect(() => {
    setLeft(secondsUntil(retryAt));
    const timer = setInterval(() => setLeft(secondsUntil(retryAt)), 1_000);
    return () => clearInterval(timer);
  }, [retryAt]);

  return (
    <Panel title={t("blocked.wait.title")} icon="info">
      {left_s > 0 && <p className="tender-panel__text">{t("blocked.wait.body", { when: soon(left_s) })}</p>}
      {/* Only the end is announced, not every second before it. */}
      <p className="tender-panel__text" role="status">
        {left_s > 0 ? "" : t("blocked.wait.over")}
      </p>
      {left_s <= 0 && (
        <button type="button" className="tender-button tender-button--secondary" onClick={onRetry}>
          {t("blocked.retry")}
        </button>
      )}
      <StoreLink url={storeUrl} />
    </Panel>
  );
}

function secondsUntil(moment: number): number {
  return Math.max(0, Math.ceil((moment - Date.now()) / 1_000));
}

/** Nothing can be paid here, and why. */
export function BlockedPanel({
  reason,
  storeUrl,
  onRetry,
}: Readonly<{
  reason: Exclude<BlockedReason, "wait">;
  storeUrl?: string | undefined;
  onRetry: (() => void) | null;
}>): ReactElement {
  const { t } = useWording();
  return (
    <Panel title={t(`blocked.${reason}.title`)} icon="info">
      <p className="tender-panel__text">{t(`blocked.${reason}.body`)}</p>
      {onRetry && (
        <button type="button" className="tender-button tender-button--secondary" onClick={onRetry}>
          {t("blocked.retry")}
        </button>
      )}
      <StoreLink url={storeUrl} />
    </Panel>
  );
}
