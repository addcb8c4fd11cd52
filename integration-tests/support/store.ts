import type { MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { updateRegionsWorkflow } from "@medusajs/medusa/core-flows";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import seed from "../../scripts/demo/seed";

export const ADMIN = { email: "demo@tender.test", password: "only-for-tests" } as const;

export type TestStore = Readonly<{
  publishable_key: string;
  region_id: string;
  variant_id: string;
  shipping_option_id: string;
}>;

/** Fills the store with the demo's own seed, so that tests and demo sell the same. */
export async function seedStore(container: MedusaContainer): Promise<TestStore> {
  const folder = mkdtempSync(path.join(tmpdir(), "tender-seed-"));
  const result = path.join(folder, "seed.json");
  Object.assign(process.env, {
    DEMO_ADMIN_EMAIL: ADMIN.email,
    DEMO_ADMIN_PASSWORD: ADMIN.password,
    DEMO_SEED_RESULT: result,
  });
  await seed({ container, args: [] });
  const { publishable_key, region_id } = JSON.parse(readFileSync(result, "utf8"));
  rmSync(folder, { recursive: true });
  const [product] = await container
    .resolve(Modules.PRODUCT)
    .listProducts({ handle: "demo-teapot" }, { relations: ["variants"] });
  const options = await container
    .resolve(Modules.FULFILLMENT)
    .listShippingOptions({ name: "Standard shipping" });
  return {
    publishable_key,
    region_id,
    variant_id: product!.variants[0]!.id,
    shipping_option_id: options[0]!.id,
  };
}

/** Sets which providers the region enables, in this order. */
export async function enableProviders(
  container: MedusaContainer,
  region_id: string,
  payment_providers: string[],
) {
  await updateRegionsWorkflow(container).run({
    input: { selector: { id: region_id }, update: { payment_providers } },
  });
}
