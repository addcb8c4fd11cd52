import { useCallback, useState, type ReactElement } from "react";
import type { GatewayForm, GatewayPanelProps } from "../gateway-form";
import { Loading } from "./gateway-fields-slot";
import { Panel } from "./panel";
import { useGatewayParts } from "./use-gateway-parts";
import { useWording } from "./wording-context";

type GatewayPanelSlotProps = Pick<GatewayPanelProps, "attempt" | "look" | "ways"> &
  Readonly<{ form: GatewayForm }>;

/** The place of what a gateway draws for a payment: shows that it is being loaded, and what to do where it cannot be. */
export function GatewayPanelSlot({ form, attempt, look, ways }: GatewayPanelSlotProps): ReactElement {
  const { t, locale, money, number } = useWording();
  const [tries, setTries] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const onFailure = useCallback(() => setFailed(true), []);
  const Drawn = useGatewayParts(form, tries, onFailure)?.Panel;

  if (Drawn) {
    return <Drawn key={attempt.id} {...{ attempt, look, ways, locale, money, number }} />;
  }
  if (!hasFailed) return <Loading lines={2} label={t("form.loading")} />;
  return (
    <Panel title={t("panel.unavailable.title")} icon="alert" tone="care">
      <p className="tender-panel__text">{t("panel.unavailable.body")}</p>
      <button
        type="button"
        className="tender-button tender-button--secondary"
        onClick={() => {
          setFailed(false);
          setTries(tries + 1);
        }}
      >
        {t("form.try_again")}
      </button>
      {ways && (
        <button type="button" className="tender-button tender-button--quiet" onClick={ways.anotherWay}>
          {t("step_up.back")}
        </button>
      )}
    </Panel>
  );
}
