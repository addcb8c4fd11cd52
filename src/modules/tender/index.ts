import { Module } from "@medusajs/framework/utils";
import wireServices from "./loaders/wire-services";
import TenderModuleService from "./service";

/** Key under which the module stands in Medusa's container. */
export const TENDER_MODULE = "tender";

export default Module(TENDER_MODULE, { service: TenderModuleService, loaders: [wireServices] });

export type { default as TenderModuleService } from "./service";
export type { LedgerEntry } from "./stores/ledger-store";
