import type { AccountKey } from "../account-key";
import type { ChainSource } from "../chain/source";
import type { RateBook } from "../rates";
import type { WalletStore } from "../wallet/wallet-store";
import type { RefundOptions } from "./options";
import type { RefundStore } from "./refund-store";

/** What refunds are made with. */
export type RefundParts = Readonly<{
  /** The store's provider whose refunds these are. */
  provider_id: string;
  account: AccountKey;
  source: ChainSource;
  rates: Pick<RateBook, "quote">;
  wallet: WalletStore & Readonly<{ refunds: RefundStore }>;
  options: RefundOptions;
}>;
