import { useEffect, useRef, type ReactElement, type ReactNode } from "react";
import { Icon } from "./icon";

type PanelProps = Readonly<{
  title: string;
  icon?: string;
  tone?: "calm" | "care" | "good";
  busy?: boolean;
  children?: ReactNode;
}>;

/** A state that takes the whole column. Its heading takes the focus, so that it is read first and Tab goes on from it. */
export function Panel({ title, icon, tone = "calm", busy = false, children }: PanelProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="tender-panel" data-tone={tone}>
      {busy ? (
        <span className="tender-panel__mark">
          <span className="tender-spinner tender-spinner--large" aria-hidden="true" />
        </span>
      ) : (
        icon && (
          <span className="tender-panel__mark">
            <Icon name={icon} />
          </span>
        )
      )}
      <h2 ref={heading} tabIndex={-1} className="tender-panel__title">
        {title}
      </h2>
      {children}
    </div>
  );
}
