/** The fault suite's store, with an account at the bank listed once more for Medusa's own route. */
import { listCoreRoute } from "../../bench/core-route-provider/list";
import type { PaymentProviderEntry } from "../../src/config";
import config from "../faults/medusa-config";

/** None while the tables are made. */
const providers: readonly PaymentProviderEntry[] = JSON.parse(process.env.FAULTS_PROVIDERS ?? "[]");
const account = providers.find(({ id }) => id === process.env.CRASH_ACCOUNT);

// Medusa's own route needs its subscribers, and the sweep its schedule, as in any store.
config.projectConfig.workerMode = "shared";

export default account?.options ? listCoreRoute(config, account.options) : config;
