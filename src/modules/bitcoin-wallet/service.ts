import { MedusaService } from "@medusajs/framework/utils";
import { BitcoinWalletAccount } from "./models/account";
import { BitcoinWalletCursor } from "./models/cursor";
import { BitcoinWalletInvoice } from "./models/invoice";
import { BitcoinWalletOutput } from "./models/output";
import { BitcoinWalletRefund } from "./models/refund";
import { BitcoinWalletRefundInput } from "./models/refund-input";
import type { ChainStore } from "./stores/chain-store";
import type { InvoiceStore } from "./stores/invoice-store";
import type { OverviewStore } from "./stores/overview-store";
import type { RefundStore } from "./stores/refund-store";

type Cradle = {
  invoiceStore: InvoiceStore;
  chainStore: ChainStore;
  refundStore: RefundStore;
  overviewStore: OverviewStore;
};

/**
 * What the chain wallet remembers: addresses and their invoices, what was paid to them, what is given back, and how far
 * chains were followed.
 */
export default class BitcoinWalletModuleService extends MedusaService({
  BitcoinWalletAccount,
  BitcoinWalletCursor,
  BitcoinWalletInvoice,
  BitcoinWalletOutput,
  BitcoinWalletRefund,
  BitcoinWalletRefundInput,
}) {
  readonly invoices: InvoiceStore;
  readonly chains: ChainStore;
  readonly refunds: RefundStore;
  /** What operators look at. */
  readonly overview: OverviewStore;

  constructor(cradle: Cradle) {
    super(...arguments);
    this.invoices = cradle.invoiceStore;
    this.chains = cradle.chainStore;
    this.refunds = cradle.refundStore;
    this.overview = cradle.overviewStore;
  }
}
