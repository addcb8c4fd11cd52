import type { ReactElement } from "react";
import type { DeclineView, PaymentOptionView } from "../client";
import { formOf } from "../flow";
import type { TextKey } from "../locales";
import { Icon } from "./icon";
import { Mark } from "./mark";
import { Panel } from "./panel";
import { StoreLink } from "./store-link";
import { useWording } from "./wording-context";

type DeclinePanelProps = Readonly<{
  decline: DeclineView;
  /** The other ways to pay, the likeliest to work first. */
  alternatives: readonly PaymentOptionView[];
  /** The refused option, where trying it again can help. */
  again: PaymentOptionView | null;
  /** The store's own site, for a refusal that nothing here can mend. */
  storeUrl?: string | undefined;
  onChoose: (optionId: string) => void;
  /** Looks again at what the cart can be paid with. */
  onLookAgain: () => void;
}>;

/** What happened, that nothing was charged, and the ways on. A way is only opened here, never charged. */
export function DeclinePanel(props: DeclinePanelProps): ReactElement {
  const { decline, alternatives, again, storeUrl, onChoose, onLookAgain } = props;
  const { t } = useWording();
  const isDeadEnd = alternatives.length === 0 && again === null;
  return (
    <Panel title={decline.message} icon="alert" tone="care">
      <p className="tender-panel__text">{t(adviceKey(alternatives.length > 0, again !== null))}</p>
      {alternatives.length > 0 && (
        <ul className="tender-ways" aria-label={t("declined.alternatives")}>
          {alternatives.map((option) => (
            <li key={option.id}>
              <button type="button" className="tender-way" onClick={() => onChoose(option.id)}>
                <Mark name={option.icon} />
                <span className="tender-way__text">
                  <span className="tender-way__title">{option.title}</span>
                  {option.description && <span className="tender-way__help">{option.description}</span>}
                </span>
                <Icon name="chevron" className="tender-way__chevron tender-mirrored" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {again && (
        <button
          type="button"
          className={`tender-button ${alternatives.length > 0 ? "tender-button--quiet" : "tender-button--secondary"}`}
          onClick={() => onChoose(again.id)}
        >
          {t(againKey(decline, again), { method: again.title })}
        </button>
      )}
      {isDeadEnd && <LookAgain onLookAgain={onLookAgain} />}
      {isDeadEnd && <StoreLink url={storeUrl} />}
    </Panel>
  );
}

function LookAgain({ onLookAgain }: Pick<DeclinePanelProps, "onLookAgain">): ReactElement {
  const { t } = useWording();
  return (
    <button type="button" className="tender-button tender-button--secondary" onClick={onLookAgain}>
      {t("declined.look_again")}
    </button>
  );
}

function adviceKey(hasAlternatives: boolean, canTryAgain: boolean): TextKey {
  if (hasAlternatives) return "declined.nothing_charged";
  return canTryAgain ? "declined.nothing_charged_retry" : "declined.nothing_charged_stop";
}

function againKey(decline: DeclineView, option: PaymentOptionView): TextKey {
  // A card is a card, whoever draws its fields.
  if (formOf(option) !== "card_fields" && option.method !== "card") return "declined.again";
  return CARD_AGAIN[decline.recovery] ?? "declined.another_card";
}

/** What trying a card again means; where nothing else is said, with another card. */
const CARD_AGAIN: Readonly<Partial<Record<DeclineView["recovery"], TextKey>>> = {
  fix_details: "declined.fix_card",
  retry: "declined.same_card",
  authenticate: "declined.same_card",
};
