import { Container, Heading, Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";

/** A box of a page, as Medusa draws them: a title, what can be done, and rows below. */
export function Section({
  title,
  level = "h2",
  hint,
  actions,
  children,
}: Readonly<{
  title: string;
  level?: "h1" | "h2" | "h3";
  hint?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}>): ReactElement {
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-6 py-4">
        <div className="min-w-0">
          <Heading level={level}>{title}</Heading>
          {hint !== undefined && (
            <Text size="small" className="text-ui-fg-subtle">
              {hint}
            </Text>
          )}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </Container>
  );
}
