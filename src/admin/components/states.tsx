import { Button, Skeleton, Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import { useTexts } from "../lib/use-texts";

/** What stands where something is being loaded. @param label what it is */
export function Loading({ label, rows = 3 }: Readonly<{ label: string; rows?: number }>): ReactElement {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-y-2 px-6 py-4">
      {Array.from({ length: rows }, (_, at) => (
        <Skeleton key={at} className={at % 2 === 0 ? "h-5 w-2/3" : "h-5 w-1/2"} />
      ))}
    </div>
  );
}

/** Something could not be loaded, and can be asked for again. */
export function Failed({
  onRetry,
  children,
}: Readonly<{ onRetry: () => void; children?: ReactNode }>): ReactElement {
  const { t } = useTexts();
  return (
    <div role="alert" className="flex items-center justify-between gap-x-2 px-6 py-4">
      <Text size="small">{children ?? t("common.failed_to_load")}</Text>
      <Button size="small" variant="secondary" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </div>
  );
}

/** Nothing is there: why, and what to do next. */
export function Empty({ children }: Readonly<{ children: ReactNode }>): ReactElement {
  return (
    <Text size="small" className="text-ui-fg-subtle px-6 py-8 text-center">
      {children}
    </Text>
  );
}

/** Loading, failed, or what was loaded. */
export function Loaded<Data>({
  of: { data, isPending, isError, refetch },
  label,
  rows,
  children,
}: Readonly<{
  of: Readonly<{ data: Data | undefined; isPending: boolean; isError: boolean; refetch: () => unknown }>;
  label: string;
  rows?: number;
  children: (data: Data) => ReactNode;
}>): ReactNode {
  if (isPending) return <Loading label={label} {...(rows !== undefined && { rows })} />;
  if (data === undefined || isError) return <Failed onRetry={() => void refetch()} />;
  return children(data);
}
