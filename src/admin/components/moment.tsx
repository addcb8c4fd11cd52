import type { ReactElement } from "react";
import { useTexts } from "../lib/use-texts";

/** A time in the operator's zone; the zone shows on hover. */
export function Moment({ at }: Readonly<{ at: string }>): ReactElement {
  const { time } = useTexts();
  const { short, withZone } = time(at);
  return (
    <time dateTime={at} title={withZone} className="whitespace-nowrap">
      {short}
    </time>
  );
}
