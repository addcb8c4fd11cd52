import type { ProcessorResponse } from "../contract/types";

/** The name on a card that has its issuer refuse, and the processor's code (docs: Card testing, Rejection triggers). */
export const REJECTION_TRIGGERS = {
  "CCREJECT-REFUSED": "0500",
  "CCREJECT-SF": "9500",
  "CCREJECT-EC": "5400",
  "CCREJECT-IRC": "5180",
  "CCREJECT-IF": "5120",
  "CCREJECT-LS": "9520",
  "CCREJECT-IA": "1330",
  "CCREJECT-BANK_ERROR": "5100",
  "CCREJECT-CVV_F": "00N7",
} as const satisfies Readonly<Record<string, NonNullable<ProcessorResponse["response_code"]>>>;

export const APPROVED: ProcessorResponse = { response_code: "0000", avs_code: "Y", cvv_code: "M" };

/** The code of a name that is a trigger; triggers are written in capitals. */
export function rejectionOf(name: string | null): string | undefined {
  return Object.entries(REJECTION_TRIGGERS).find(([trigger]) => trigger === name)?.[1];
}

/** What the processor says of a card that is refused: it did not look at address and code. */
export function rejected(response_code: string): ProcessorResponse {
  return { response_code: response_code as ProcessorResponse["response_code"], avs_code: "G", cvv_code: "P" };
}
