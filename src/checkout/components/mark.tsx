import type { ReactElement } from "react";
import { brandName } from "../card/card-number";
import type { PaymentOptionView } from "../client";
import { APPLE, BITCOIN_SIGN, FOUR_COLOUR_G, LITECOIN_SIGN } from "./glyphs";
import { Icon } from "./icon";

/** Small own drawings by which a brand is known, on a white plate of 40 by 26 in light and dark alike. */
const MARKS: Readonly<Record<string, ReactElement>> = {
  visa: <Letters x={20} y={17} size={11} fill="#1b3a93" text="VISA" italic />,
  mastercard: (
    <>
      <circle cx="16" cy="13" r="6.5" fill="#e02d34" />
      <circle cx="24" cy="13" r="6.5" fill="#f5a623" />
      <path d="M20 7.9a6.5 6.5 0 0 1 0 10.2 6.5 6.5 0 0 1 0-10.2Z" fill="#ee6a2a" />
    </>
  ),
  amex: (
    <>
      <rect x="0.5" y="0.5" width="39" height="25" rx="4.5" fill="#1f69b8" />
      <Letters x={20} y={16.5} size={9.5} fill="#ffffff" text="AMEX" />
    </>
  ),
  apple_pay: (
    <>
      <g transform="translate(3 5.3) scale(0.6)" color="#000000">
        {APPLE}
      </g>
      <Letters x={26.5} y={16.7} size={10} fill="#000000" text="Pay" />
    </>
  ),
  google_pay: (
    <>
      <g transform="translate(3 5.8) scale(0.6)">{FOUR_COLOUR_G}</g>
      <Letters x={27} y={16.7} size={10} fill="#4a4f57" text="Pay" />
    </>
  ),
  paypal: <Letters x={20} y={16.5} size={9.5} fill="#1d3f94" text="PayPal" italic />,
  venmo: <Letters x={20} y={16.5} size={9.5} fill="#1f74c4" text="venmo" italic />,
  bitcoin: <Coin fill="#f0911e" sign={BITCOIN_SIGN} />,
  litecoin: <Coin fill="#4a68a8" sign={LITECOIN_SIGN} />,
};

/** The mark of a brand or wallet; the plain drawing where it has none. It is silent for screen readers. */
export function Mark({ name }: Readonly<{ name: string }>): ReactElement {
  const drawing = MARKS[name];
  if (!drawing) {
    return (
      <span className="tender-mark tender-mark--plain">
        <Icon name={name} />
      </span>
    );
  }
  return (
    <svg
      className="tender-mark"
      viewBox="0 0 40 26"
      width="40"
      height="26"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="0.5" y="0.5" width="39" height="25" rx="4.5" fill="#ffffff" stroke="#d4d8df" />
      {drawing}
    </svg>
  );
}

/** What stands at the end of an option's row: the card brands its gateway names in `client.brands`, or its own mark. */
export function OptionMarks({ option }: Readonly<{ option: PaymentOptionView }>): ReactElement {
  const brands = brandsOf(option);
  if (brands.length === 0) return <Mark name={option.icon} />;
  return (
    <span className="tender-marks" role="img" aria-label={brands.map(brandName).join(", ")}>
      {brands.map((brand) => (
        <Mark key={brand} name={brand} />
      ))}
    </span>
  );
}

/** The brands among them that this page can name. */
function brandsOf({ client }: PaymentOptionView): string[] {
  const told: unknown = client["brands"];
  const isKnown = (brand: unknown): brand is string =>
    typeof brand === "string" && brandName(brand) !== undefined;
  return Array.isArray(told) ? told.filter(isKnown) : [];
}

type LettersProps = Readonly<{
  x: number;
  y: number;
  size: number;
  fill: string;
  text: string;
  italic?: boolean;
}>;

/** Letters in the system's font, never mirrored. */
function Letters({ x, y, size, fill, text, italic = false }: LettersProps): ReactElement {
  return (
    <text
      x={x}
      y={y}
      fill={fill}
      fontSize={size}
      fontWeight="800"
      fontStyle={italic ? "italic" : "normal"}
      textAnchor="middle"
      direction="ltr"
    >
      {text}
    </text>
  );
}

function Coin({ fill, sign }: Readonly<{ fill: string; sign: ReactElement }>): ReactElement {
  return (
    <>
      <circle cx="20" cy="13" r="9" fill={fill} />
      <g
        transform="translate(8 1)"
        fill="none"
        stroke="#ffffff"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {sign}
      </g>
    </>
  );
}
