import { useEffect, useState, type CSSProperties, type ReactElement } from "react";
import type { GatewayFieldsProps } from "../../../checkout/gateway-form";
import { applePay } from "./apple-pay";
import { orderIdOf, type PayPalClient } from "./client";
import { googlePay } from "./google-pay";
import type { LoadedPayPal } from "./paypal-js";
import type { Wallet, WalletPress } from "./wallet";

type WalletButtonProps = GatewayFieldsProps &
  Readonly<{ client: PayPalClient; loaded: LoadedPayPal; kind: "applepay" | "googlepay" }>;

/** Safari draws Apple's own button; other browsers never come to need it. */
const APPLE_LOOK: CSSProperties = {
  WebkitAppearance: "-apple-pay-button" as CSSProperties["WebkitAppearance"],
};

/** A button for a wallet of the device. The wallets' scripts draw theirs with styles that the page's policy refuses. */
export function WalletButton(props: WalletButtonProps): ReactElement | null {
  const { client, loaded, kind, option, disabled, begin, onApproved, onReady, onNotOffered, onUnavailable } =
    props;
  const [wallet, setWallet] = useState<Wallet | null>(null);
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    let isWanted = true;
    (kind === "applepay" ? applePay(client, loaded) : googlePay(client, loaded)).then(
      (found) => {
        if (!isWanted) return;
        setWallet(found);
        if (found) onReady();
        else onNotOffered();
      },
      () => isWanted && onUnavailable(),
    );
    return () => {
      isWanted = false;
    };
    // The option's amount is all that may change, and with it comes another eligibility.
  }, [kind, loaded]);

  if (!wallet) return null;

  function press(): void {
    if (!wallet || disabled || isOpen) return;
    setIsOpen(true);
    const approved: WalletPress["approved"] = (collect) => {
      setIsOpen(false);
      return onApproved(collect);
    };
    const failed = (): void => void approved(async () => ({ type: "failed" }));
    try {
      wallet.press({
        approved,
        failed,
        canceled: () => setIsOpen(false),
        order: async () => orderIdOf(await begin()) ?? null,
      });
    } catch {
      failed();
    }
  }

  return (
    <button
      type="button"
      className="tender-button tender-button--express"
      style={kind === "applepay" ? APPLE_LOOK : undefined}
      aria-disabled={disabled || isOpen}
      aria-label={option.title}
      onClick={press}
    >
      {option.title}
    </button>
  );
}
