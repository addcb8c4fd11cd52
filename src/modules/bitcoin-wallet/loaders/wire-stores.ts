import type { LoaderOptions } from "@medusajs/framework/types";
import { asFunction } from "@medusajs/framework/awilix";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { ChainStore } from "../stores/chain-store";
import { InvoiceStore } from "../stores/invoice-store";
import { OverviewStore } from "../stores/overview-store";
import { RefundStore } from "../stores/refund-store";

type Cradle = { [ContainerRegistrationKeys.PG_CONNECTION]: Knex };

/** Registers the stores in the module's container, one instance each. */
export default async function wireStores({ container }: LoaderOptions): Promise<void> {
  container.register({
    invoiceStore: asFunction(
      (cradle: Cradle) => new InvoiceStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    chainStore: asFunction(
      (cradle: Cradle) => new ChainStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    overviewStore: asFunction(
      (cradle: Cradle) => new OverviewStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    refundStore: asFunction(
      (cradle: Cradle) => new RefundStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
  });
}
