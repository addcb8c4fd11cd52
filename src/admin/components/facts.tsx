import type { ReactElement, ReactNode } from "react";

/** Names and values beside each other, as many as fit into a line. */
export function Facts({
  of,
}: Readonly<{ of: readonly (readonly [name: string, value: ReactNode])[] }>): ReactElement {
  return (
    <dl className="txt-compact-small flex flex-wrap gap-x-6 gap-y-1">
      {of.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="flex min-w-0 gap-x-1.5">
              <dt className="text-ui-fg-subtle whitespace-nowrap">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
