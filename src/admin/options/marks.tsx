import { Apple, Buildings, CashSolid, CreditCard, CurrencyDollar, Google } from "@medusajs/icons";
import { clx } from "@medusajs/ui";
import type { ComponentType, ReactElement } from "react";

const ICONS: Readonly<Record<string, ComponentType>> = {
  card: CreditCard,
  apple_pay: Apple,
  google_pay: Google,
  bank_redirect: Buildings,
  generic: CashSolid,
};

const TILE =
  "bg-ui-bg-component shadow-borders-base text-ui-fg-subtle flex shrink-0 items-center justify-center rounded-md";

/** A method's drawing, beside words that say the same. */
export function MethodMark({ icon }: Readonly<{ icon: string }>): ReactElement {
  const Icon = ICONS[icon] ?? CurrencyDollar;
  return (
    <span aria-hidden="true" className={clx(TILE, "size-7")}>
      <Icon />
    </span>
  );
}

/** A provider's first letters, beside its name: no logo is fetched from anywhere. */
export function ProviderMark({ name }: Readonly<{ name: string }>): ReactElement {
  const letters = name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  return (
    <span aria-hidden="true" className={clx(TILE, "txt-compact-small-plus size-9 uppercase")}>
      {letters}
    </span>
  );
}
