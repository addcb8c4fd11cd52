import type { AdminWalletInvoice, AdminWalletNode } from "../../api/admin/tender/wallets/contract";

/** The API's words that every language has a text for. */
export type WalletInvoiceStatusName = AdminWalletInvoice["status"];
export type WalletReader = AdminWalletNode["reader"];
export type WalletTroubleKind = NonNullable<AdminWalletNode["trouble"]>["kind"];
