import type { ReactElement } from "react";
import { APPLE, BITCOIN_SIGN, FOUR_COLOUR_G, LITECOIN_SIGN } from "./glyphs";

/** Plain drawings, none of them a brand's own artwork. All on a 24 by 24 grid, mostly in the text's colour. */
const DRAWINGS: Readonly<Record<string, ReactElement>> = {
  card: (
    <>
      <rect x="2.5" y="5" width="19" height="14" rx="2.5" />
      <path d="M2.5 9.5h19M6 15h4" />
    </>
  ),
  apple_pay: APPLE,
  google_pay: FOUR_COLOUR_G,
  bank_redirect: (
    <>
      <path d="M3.5 9.5 12 4l8.5 5.500Z" />
      <path d="M6 12.500v5M10 12.500v5M14 12.500v5M18 12.500v5M3.5 20.500h17" />
    </>
  ),
  paypal: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.5 17V7.500h3.200a2.9 2.9 0 0 1 0 5.800H9.5" />
    </>
  ),
  bitcoin: (
    <>
      <circle cx="12" cy="12" r="9" />
      {BITCOIN_SIGN}
    </>
  ),
  litecoin: (
    <>
      <circle cx="12" cy="12" r="9" />
      {LITECOIN_SIGN}
    </>
  ),
  generic: (
    <>
      <rect x="3" y="6" width="18" height="12" rx="2" />
      <circle cx="12" cy="12" r="2.5" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
      <path d="M8.5 10.500V7.500a3.5 3.5 0 0 1 7 0v3" />
    </>
  ),
  chevron: <path d="m9.5 6 6 6-6 6" />,
  chevron_down: <path d="m6 9.5 6 6 6-6" />,
  check: <path d="m5.5 12.5 4.5 4.5 8.5-9.5" />,
  shield: (
    <>
      <path d="M12 3 5 5.500v6c0 4.5 3 7.7 7 9.5 4-1.8 7-5 7-9.500v-6Z" />
      <path d="m9 12 2.2 2.200L15.2 10" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3 2" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5M12 8h.01" />
    </>
  ),
  alert: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.500v5.500M12 16.200h.01" />
    </>
  ),
};

/** A small drawing beside words that say the same; it is silent for screen readers. */
export function Icon({ name, className = "" }: Readonly<{ name: string; className?: string }>): ReactElement {
  return (
    <svg
      className={`tender-icon ${className}`}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name] ?? DRAWINGS["generic"]}
    </svg>
  );
}
