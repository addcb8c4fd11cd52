import { Module } from "@medusajs/framework/utils";
import wireStores from "./loaders/wire-stores";
import BitcoinWalletModuleService from "./service";

/** Key under which the module stands in Medusa's container. */
export const BITCOIN_WALLET_MODULE = "bitcoin_wallet";

export default Module(BITCOIN_WALLET_MODULE, { service: BitcoinWalletModuleService, loaders: [wireStores] });

export type { default as BitcoinWalletModuleService } from "./service";
