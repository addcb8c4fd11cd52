import { InvalidPaymentData } from "../../../gateway/errors";
import { AddressError, readAddress, type GivenAddress } from "../given-address";
import type { StoredInvoice } from "../wallet/wallet-store";
import { knownSats } from "./amounts";
import type { RefundParts } from "./parts";
import { requireSendable } from "./preparing";
import type { StoredRefund } from "./refund-store";

/** True until something was exported: what is signed must go where the payee last said. */
export function takesDestination({ status, prepared }: StoredRefund): boolean {
  return status === "waits_for_payee" || (status === "waits_for_operator" && prepared === null);
}

/** @throws InvalidPaymentData whose message is fit for the payee */
export async function readDestination(
  parts: RefundParts,
  refund: StoredRefund,
  invoice: StoredInvoice,
  text: string,
): Promise<GivenAddress> {
  const given = understood(parts, text);
  const sats = knownSats(refund, invoice, parts.options.refund_rate);
  if (sats !== undefined) {
    requireSendable(parts, given, sats);
  }
  // Payees look for "the address of the payment", and find the one they paid to.
  if (await isOwn(parts, given)) {
    throw new InvalidPaymentData("This is the store's own address. Give one of your own wallet.");
  }
  return given;
}

function understood({ account }: RefundParts, text: string): GivenAddress {
  try {
    return readAddress(account.chain, text);
  } catch (error) {
    if (error instanceof AddressError) {
      throw new InvalidPaymentData(error.message, { cause: error });
    }
    throw error;
  }
}

async function isOwn({ account, wallet }: RefundParts, { script }: GivenAddress): Promise<boolean> {
  const { name } = account.chain;
  return (
    (await wallet.invoices.listByScripts(name, [script])).length > 0 ||
    (await wallet.refunds.isChange(name, script))
  );
}
