import type { LoaderOptions, Logger } from "@medusajs/framework/types";
import { asFunction, asValue } from "@medusajs/framework/awilix";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { createOptionsService, createRecoveryService } from "../../../services";
import { parseTenderOptions } from "../options";
import { AttemptStore } from "../stores/attempt-store";
import { FindingStore } from "../stores/finding-store";
import { OperationStore } from "../stores/operation-store";
import { SettingStore } from "../stores/setting-store";

type Cradle = {
  [ContainerRegistrationKeys.PG_CONNECTION]: Knex;
  [ContainerRegistrationKeys.LOGGER]: Logger;
};

/** Registers the stores and the decisions of `services/` in the module's container, one instance each. */
export default async function wireServices({ container, options }: LoaderOptions): Promise<void> {
  container.register({
    tenderOptions: asValue(parseTenderOptions(options)),
    attemptStore: asFunction(
      (cradle: Cradle) => new AttemptStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    operationStore: asFunction(
      (cradle: Cradle) => new OperationStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    settingStore: asFunction(
      (cradle: Cradle) =>
        new SettingStore(
          cradle[ContainerRegistrationKeys.PG_CONNECTION],
          cradle[ContainerRegistrationKeys.LOGGER],
        ),
    ).singleton(),
    findingStore: asFunction(
      (cradle: Cradle) => new FindingStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    recovery: asFunction(createRecoveryService).singleton(),
    paymentOptions: asFunction(createOptionsService).singleton(),
  });
}
