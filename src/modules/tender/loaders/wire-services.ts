import type { LoaderOptions, Logger } from "@medusajs/framework/types";
import { asFunction, asValue } from "@medusajs/framework/awilix";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { createOptionsService, createTelemetryService, type Telemetry } from "../../../services";
import { LiveRecovery } from "../live-recovery";
import { parseTenderOptions, type TenderOptions } from "../options";
import { AttemptHistory } from "../stores/attempt-history";
import { AttemptList } from "../stores/attempt-list";
import { AttemptQueue } from "../stores/attempt-queue";
import { AttemptStore } from "../stores/attempt-store";
import { BroughtPromotionStore } from "../stores/brought-promotion-store";
import { ChangeStore } from "../stores/change-store";
import { FigureStore } from "../stores/figure-store";
import { FindingStore } from "../stores/finding-store";
import { LedgerStore } from "../stores/ledger-store";
import { OperationStore } from "../stores/operation-store";
import { ProviderNewsStore } from "../stores/provider-news-store";
import { OverrideStore } from "../stores/override-store";
import { SettingStore } from "../stores/setting-store";
import { TryStore } from "../stores/try-store";
import { WebhookEventStore } from "../stores/webhook-event-store";
import { WebhookInbox } from "../stores/webhook-inbox";

type Cradle = {
  [ContainerRegistrationKeys.PG_CONNECTION]: Knex;
  [ContainerRegistrationKeys.LOGGER]: Logger;
  telemetry: Telemetry;
  tenderOptions: TenderOptions;
  attemptQueue: AttemptQueue;
  overrideStore: OverrideStore;
};

/** Registers the stores and the decisions of `services/` in the module's container, one instance each. */
export default async function wireServices({ container, options }: LoaderOptions): Promise<void> {
  container.register({
    tenderOptions: asValue(parseTenderOptions(options)),
    attemptQueue: asFunction(
      (cradle: Cradle) =>
        new AttemptQueue(cradle[ContainerRegistrationKeys.PG_CONNECTION], cradle.tenderOptions),
    ).singleton(),
    attemptStore: asFunction(
      (cradle: Cradle) =>
        new AttemptStore(cradle[ContainerRegistrationKeys.PG_CONNECTION], cradle.attemptQueue),
    ).singleton(),
    attemptList: asFunction(
      (cradle: Cradle) => new AttemptList(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    attemptHistory: asFunction(
      (cradle: Cradle) => new AttemptHistory(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    figureStore: asFunction(
      (cradle: Cradle) => new FigureStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    webhookEventStore: asFunction(
      (cradle: Cradle) => new WebhookEventStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
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
    changeStore: asFunction(
      (cradle: Cradle) => new ChangeStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    providerNewsStore: asFunction(
      (cradle: Cradle) => new ProviderNewsStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    broughtPromotionStore: asFunction(
      (cradle: Cradle) => new BroughtPromotionStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    webhookInbox: asFunction(
      (cradle: Cradle) => new WebhookInbox(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    findingStore: asFunction(
      (cradle: Cradle) => new FindingStore(cradle[ContainerRegistrationKeys.PG_CONNECTION], cradle.telemetry),
    ).singleton(),
    ledgerStore: asFunction(
      (cradle: Cradle) => new LedgerStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    telemetry: asFunction(createTelemetryService).singleton(),
    tryStore: asFunction(
      (cradle: Cradle) => new TryStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    overrideStore: asFunction(
      (cradle: Cradle) => new OverrideStore(cradle[ContainerRegistrationKeys.PG_CONNECTION]),
    ).singleton(),
    recovery: asFunction(
      (cradle: Cradle) => new LiveRecovery(cradle.overrideStore, cradle[ContainerRegistrationKeys.LOGGER]),
    ).singleton(),
    paymentOptions: asFunction(createOptionsService).singleton(),
  });
}
