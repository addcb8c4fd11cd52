import type { MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import {
  createApiKeysWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  updateRegionsWorkflow,
} from "@medusajs/medusa/core-flows";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import seed from "../../../scripts/demo/seed";
import type { LaneSpec } from "../lanes";

/** What shoppers and operators need to know of the store. */
export type SeededStore = Readonly<{
  publishable_key: string;
  /** A secret key of the Admin API, which does not run out when the clock jumps. */
  secret_key: string;
  /** One for each lane. */
  region_ids: readonly string[];
  /** Any of them may be in a cart. */
  variant_ids: readonly string[];
}>;

const VOUCHERS = {
  small: { eur: 9.5, usd: 10.5, jpy: 1500 },
  middle: { eur: 18.99, usd: 20.49, jpy: 2901 },
  large: { eur: 64.9, usd: 69.95, jpy: 10400 },
};

/** The demo's own store, with a region for each lane. */
export async function seedLanes(
  container: MedusaContainer,
  lanes: readonly LaneSpec[],
): Promise<SeededStore> {
  const { publishable_key, region_id } = await seedDemo(container);
  // A country belongs to one region only.
  await updateRegionsWorkflow(container).run({
    input: { selector: { id: region_id }, update: { countries: [] } },
  });
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: {
      regions: lanes.map(({ name, country, currency, providers }) => ({
        name,
        currency_code: currency,
        countries: [country],
        payment_providers: [...providers],
        automatic_taxes: false,
      })),
    },
  });
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Fault suite", type: "secret", created_by: "" }] },
  });
  return {
    publishable_key,
    secret_key: keys[0]?.token ?? "",
    region_ids: lanes.map(({ name }) => regions.find((region) => region.name === name)?.id ?? ""),
    variant_ids: await makeVouchers(container),
  };
}

/** Things that need no shipping: filling and completing a cart is Medusa's work, and every schedule pays for it. */
async function makeVouchers(container: MedusaContainer): Promise<string[]> {
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({ name: "Demo store" });
  const { result } = await createProductsWorkflow(container).run({
    input: {
      products: [
        {
          title: "Voucher",
          status: "published",
          sales_channels: [{ id: channel?.id ?? "" }],
          options: [{ title: "Size", values: Object.keys(VOUCHERS) }],
          variants: Object.entries(VOUCHERS).map(([size, prices]) => ({
            title: size,
            manage_inventory: false,
            options: { Size: size },
            prices: Object.entries(prices).map(([currency_code, amount]) => ({ currency_code, amount })),
          })),
        },
      ],
    },
  });
  return result.flatMap(({ variants }) => variants.map(({ id }) => id));
}

async function seedDemo(container: MedusaContainer): Promise<{ publishable_key: string; region_id: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), "tender-faults-"));
  const result = path.join(folder, "seed.json");
  Object.assign(process.env, {
    DEMO_ADMIN_EMAIL: "faults@tender.test",
    DEMO_ADMIN_PASSWORD: "only-for-the-fault-suite",
    DEMO_SEED_RESULT: result,
  });
  // The demo's region names the demo's providers; this store's own regions name theirs.
  await seed({ container, args: [] });
  const seeded = JSON.parse(readFileSync(result, "utf8"));
  rmSync(folder, { recursive: true });
  return seeded;
}
