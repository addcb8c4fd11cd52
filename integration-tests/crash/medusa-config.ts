/** The fault suite's store, with an account at the bank listed once more for Medusa's own route. */
import { listCoreRoute } from "../../bench/core-route-provider/list";
import config from "../faults/medusa-config";
import { apiKeyOf, webhookSecretOf } from "../faults/lanes";
import { ACCOUNT } from "./account";

const bank_urls: Record<string, string> = JSON.parse(process.env.FAULTS_BANK_URLS ?? "{}");

// Medusa's own route needs its subscribers, and the sweep its schedule, as in any store.
config.projectConfig.workerMode = "shared";

export default listCoreRoute(config, {
  bank_url: bank_urls[ACCOUNT] ?? "http://127.0.0.1:9",
  api_key: apiKeyOf(ACCOUNT),
  webhook_secret: webhookSecretOf(ACCOUNT),
});
