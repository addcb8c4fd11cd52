import { Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";

/** Rows of name and value, as Medusa's detail pages have them. */
export function FactRows({
  rows,
}: Readonly<{ rows: readonly (readonly [name: string, value: ReactNode])[] }>): ReactElement {
  return (
    <dl className="divide-y">
      {rows.map(([name, value]) => (
        <div key={name} className="grid grid-cols-2 items-center gap-x-4 px-6 py-3">
          <dt>
            <Text as="span" size="small" weight="plus" className="text-ui-fg-subtle">
              {name}
            </Text>
          </dt>
          <dd className="txt-small break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
