import type { ReactElement } from "react";

type BusyButtonProps = Readonly<{
  /** What a press does. */
  label: string;
  /** What is going on while `busy`. */
  busyLabel: string;
  busy: boolean;
  /** Nothing can be done with it yet. */
  disabled?: boolean;
  type?: "submit" | "button";
  onClick?: (() => void) | undefined;
}>;

/** The one primary button of a state. It shows progress in itself, and is deaf while busy. */
export function BusyButton({
  label,
  busyLabel,
  busy,
  disabled = false,
  type = "button",
  onClick,
}: BusyButtonProps): ReactElement {
  return (
    <button
      type={type}
      className="tender-button tender-button--primary"
      aria-disabled={busy || disabled}
      aria-busy={busy}
      onClick={(event) => {
        // Not the `disabled` attribute: it would take the focus away while the payment runs.
        if (busy || disabled) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy && <span className="tender-spinner" aria-hidden="true" />}
      <span>{busy ? busyLabel : label}</span>
    </button>
  );
}
