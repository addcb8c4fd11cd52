import { Button, Drawer, Hint, Input, Label, Text } from "@medusajs/ui";
import { useId, useState, type FormEvent, type ReactElement, type ReactNode } from "react";
import { DrawerHeader } from "../components/drawer-header";
import { decimalOf, minorOf, parseAmount } from "../lib/amount";
import { useTexts } from "../lib/use-texts";

/**
 * A drawer that asks how much is moved: it says the most there is, what is left, and the amount once more on its button.
 */
export function AmountForm({
  title,
  most,
  currency_code,
  currency_digits,
  is_whole,
  is_moving,
  labelOf,
  explain,
  onSubmit,
  onClose,
  children,
}: Readonly<{
  title: string;
  /** In the currency's main unit. */
  most: number;
  currency_code: string;
  /** Digits that the currency has after the point. */
  currency_digits: number;
  /** All of it or nothing. */
  is_whole: boolean;
  is_moving: boolean;
  /** What the button says. */
  labelOf: (amount: string) => string;
  /** What follows, given what is left. */
  explain: (left: number) => ReactNode;
  onSubmit: (amount: number) => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}>): ReactElement {
  const { t, money } = useTexts();
  const field = useId();
  const most_minor = minorOf(most, currency_digits);
  const [text, setText] = useState(String(most));
  const typed = parseAmount(text, currency_digits);
  const minor = typed !== undefined && typed > 0n && typed <= most_minor ? typed : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (minor !== undefined) void onSubmit(decimalOf(minor, currency_digits));
  }

  return (
    <Drawer open onOpenChange={(open) => !open && !is_moving && onClose()}>
      <Drawer.Content aria-describedby={undefined}>
        <DrawerHeader title={title} />
        <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
          <Drawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
            <div className="flex flex-col gap-y-1">
              <Label htmlFor={field} size="small" weight="plus">
                {t("payment_actions.amount")} (<bdi>{currency_code.toUpperCase()}</bdi>)
              </Label>
              <Input
                id={field}
                dir="ltr"
                inputMode="decimal"
                autoComplete="off"
                value={text}
                readOnly={is_whole}
                aria-invalid={minor === undefined}
                aria-describedby={`${field}-hint`}
                onChange={(event) => setText(event.target.value)}
              />
              <div id={`${field}-hint`} aria-live="polite">
                {minor === undefined ? (
                  <Hint variant="error">
                    {t("payment_actions.bad_amount", { amount: money(most, currency_code) })}
                  </Hint>
                ) : (
                  <Hint>{t("payment_actions.at_most", { amount: money(most, currency_code) })}</Hint>
                )}
              </div>
            </div>
            {children}
            {minor !== undefined && (
              <Text size="small" className="text-ui-fg-subtle">
                {explain(decimalOf(most_minor - minor, currency_digits))}
              </Text>
            )}
          </Drawer.Body>
          <Drawer.Footer>
            <Button type="button" size="small" variant="secondary" onClick={onClose} disabled={is_moving}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              size="small"
              isLoading={is_moving}
              disabled={minor === undefined || is_moving}
            >
              {labelOf(money(minor === undefined ? most : decimalOf(minor, currency_digits), currency_code))}
            </Button>
          </Drawer.Footer>
        </form>
      </Drawer.Content>
    </Drawer>
  );
}
