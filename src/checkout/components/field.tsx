import { forwardRef, useId, type ComponentPropsWithoutRef, type ReactNode } from "react";

type FieldProps = Readonly<{
  label: string;
  /** What is wrong, or undefined. */
  error: string | undefined;
  help?: string | undefined;
  /** Shown at the end of the field, e.g. the card's brand. */
  end?: ReactNode;
}> &
  ComponentPropsWithoutRef<"input">;

/** A labelled text field whose error and help are tied to it. Numbers in it run left to right in every language. */
export const Field = forwardRef<HTMLInputElement, FieldProps>(function Field(
  { label, error, help, end, className = "", ...input },
  ref,
) {
  const id = useId();
  const described = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(" ");
  return (
    <div className={`tender-field ${className}`}>
      <label className="tender-field__label" htmlFor={id}>
        {label}
      </label>
      <div className="tender-field__box">
        <input
          {...input}
          ref={ref}
          id={id}
          dir="ltr"
          className="tender-field__input"
          aria-invalid={error !== undefined}
          aria-describedby={described === "" ? undefined : described}
        />
        {end}
      </div>
      {help && (
        <p id={`${id}-help`} className={error ? "tender-hidden" : "tender-field__help"}>
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="tender-field__error">
          {error}
        </p>
      )}
    </div>
  );
});
