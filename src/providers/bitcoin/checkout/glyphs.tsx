import type { ReactElement } from "react";

/** Plain drawings on the checkout's grid of 24 by 24. */
const DRAWINGS = {
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
      <path d="M15.5 8.500v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />
    </>
  ),
  check: <path d="m5.5 12.5 4.5 4.5 8.5-9.5" />,
  wallet: (
    <>
      <path d="M18 8V6.500A1.500 1.500 0 0 0 16.500 5h-11a2 2 0 0 0 0 4H18.500A1.500 1.500 0 0 1 20 10.500v7a1.500 1.500 0 0 1-1.500 1.500h-13a2 2 0 0 1-2-2V7" />
      <path d="M16 14h.01" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5M12 8h.01" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3 2" />
    </>
  ),
} as const;

export type GlyphName = keyof typeof DRAWINGS;

/** A small drawing beside words that say the same. */
export function Glyph({ name }: Readonly<{ name: GlyphName }>): ReactElement {
  return (
    <svg
      className="tender-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
