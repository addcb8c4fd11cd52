import { MedusaService } from "@medusajs/framework/utils";
import { BitcoinWalletAccount } from "./models/account";
import { BitcoinWalletCursor } from "./models/cursor";
import { BitcoinWalletInvoice } from "./models/invoice";
import { BitcoinWalletOutput } from "./models/output";
import type { ChainStore } from "./stores/chain-store";
import type { InvoiceStore } from "./stores/invoice-store";

type Cradle = { invoiceStore: InvoiceStore; chainStore: ChainStore };

/** What the chain wallet remembers: addresses and their invoices, what was paid to them, how far chains were followed. */
export default class BitcoinWalletModuleService extends MedusaService({
  BitcoinWalletAccount,
  BitcoinWalletCursor,
  BitcoinWalletInvoice,
  BitcoinWalletOutput,
}) {
  readonly invoices: InvoiceStore;
  readonly chains: ChainStore;

  constructor(cradle: Cradle) {
    super(...arguments);
    this.invoices = cradle.invoiceStore;
    this.chains = cradle.chainStore;
  }
}
