import type { Collected } from "../../../checkout/gateway-form";

/** A wallet of the shopper's device, whose sheet is the device's own. */
export type Wallet = Readonly<{
  /** Opens the wallet's sheet. Called within a press of the button. @throws unknown when the device does not let it */
  press(sheet: WalletPress): void;
}>;

export type WalletPress = Readonly<{
  /** The shopper approved in the sheet. @returns false when another payment is under way */
  approved(collect: () => Promise<Collected>): boolean;
  /** The shopper closed the sheet, which needs no word. */
  canceled(): void;
  /** The wallet could not be used, for a reason that is not the shopper's: the page says so. */
  failed(): void;
  /** PayPal's order to pay; null when opening it led elsewhere, which the page says then. */
  order(): Promise<string | null>;
}>;
