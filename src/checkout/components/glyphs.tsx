import type { ReactElement } from "react";

/* Our own simple drawings by which a wallet or currency is known, on a 24 by 24 grid. */

export const APPLE: ReactElement = (
  <g fill="currentColor" stroke="none">
    <path d="M12.2 7.3c1.1-.8 2.4-1.2 3.7-1 1.300.2 2.400.9 3 1.9a4.2 4.2 0 0 0-1.7 5.3c.4 1 1.1 1.7 2.1 2.1-.8 2.1-2.2 4.7-4 4.9-1.100.1-1.8-.6-3.3-.6s-2.200.7-3.300.6C6 20.2 4.3 15.7 4.3 12.7c0-3.7 2.3-6.3 5-6.4 1.1 0 2.100.4 2.9 1Z" />
    <path d="M12 5.6c0-2 1.4-3.6 3.4-3.800.1 2.1-1.3 3.8-3.4 3.8Z" />
  </g>
);

export const FOUR_COLOUR_G: ReactElement = (
  <g fill="none" strokeWidth="3.6" strokeLinecap="butt" strokeLinejoin="miter">
    <path stroke="#e5453a" d="M5.5 8.25A7.5 7.5 0 0 1 17.5 6.9" />
    <path stroke="#f5b916" d="M5.5 15.75A7.5 7.5 0 0 1 5.5 8.25" />
    <path stroke="#34a15a" d="M17.3 17.3A7.5 7.5 0 0 1 5.5 15.75" />
    <path stroke="#3f7de8" d="M12.5 12h7A7.5 7.5 0 0 1 17.3 17.3" />
  </g>
);

export const BITCOIN_SIGN: ReactElement = (
  <path d="M10 7.5h2.7a2.2 2.2 0 0 1 0 4.5H10m0 0h3.2a2.25 2.25 0 0 1 0 4.5H10m0-9v9M11.5 6v1.5M11.5 16.5V18" />
);

export const LITECOIN_SIGN: ReactElement = <path d="M11.5 7 9.7 16.5h5M9 13.2l4-1.9" />;
