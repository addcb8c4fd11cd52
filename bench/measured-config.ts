/**
 * The measured store: the demo's own, with its first account at the bank listed once more for Medusa's own route, and
 * with Medusa's own Stripe plugin where that is to be measured.
 */
import path from "node:path";
import config from "../medusa-config";
import { listCoreRoute } from "./core-route-provider/list";
import { listProvider } from "./list-provider";

const {
  SANDBOX_A_URL,
  SANDBOX_A_API_KEY,
  SANDBOX_A_WEBHOOK_SECRET,
  STRIPE_GATEWAY_API_URL,
  BENCH_OFFICIAL_API_KEY,
  BENCH_OFFICIAL_WEBHOOK_SECRET,
} = process.env;

const measured = listCoreRoute(config, {
  bank_url: SANDBOX_A_URL,
  api_key: SANDBOX_A_API_KEY,
  webhook_secret: SANDBOX_A_WEBHOOK_SECRET,
});

export default BENCH_OFFICIAL_API_KEY
  ? listProvider(measured, {
      resolve: path.join(__dirname, "official-stripe"),
      id: "official",
      options: {
        apiKey: BENCH_OFFICIAL_API_KEY,
        webhookSecret: BENCH_OFFICIAL_WEBHOOK_SECRET,
        api_url: STRIPE_GATEWAY_API_URL,
      },
    })
  : measured;
