/** The measured store: the demo's own, with its first account at the bank listed once more for Medusa's own route. */
import config from "../medusa-config";
import { listCoreRoute } from "./core-route-provider/list";

const { SANDBOX_A_URL, SANDBOX_A_API_KEY, SANDBOX_A_WEBHOOK_SECRET } = process.env;

export default listCoreRoute(config, {
  bank_url: SANDBOX_A_URL,
  api_key: SANDBOX_A_API_KEY,
  webhook_secret: SANDBOX_A_WEBHOOK_SECRET,
});
