/**
 * Fills the demo store. Run by `medusa exec`, any number of times: each part is looked up first and made only
 * when it is missing. What the caller needs to know is written to the file DEMO_SEED_RESULT names.
 */
import { writeFileSync } from "node:fs";
import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import {
  createApiKeysWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createStoresWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateRegionsWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows";
import type { TenderModuleService } from "../../src/modules/tender";
import { ensureAdminUser } from "./admin-user";
import { COUNTRIES, CURRENCIES, priceList, PRODUCTS, SHIPPING } from "./catalog";

const PAYMENT_PROVIDERS = ["pp_sandbox_a", "pp_sandbox_b", "pp_system_default"];
/** Where the simulated chain runs. */
const COINS = process.env.BITCOIN_GATEWAYS ? ["pp_bitcoin_demo"] : [];
const FULFILLMENT_PROVIDER = "manual_manual";
const SALES_CHANNEL = "Demo store";
const REGION = "Europe";
const LOCATION = "Demo warehouse";
const FULFILLMENT_SET = "Demo shipping";
const API_KEY = "Demo storefront";

export default async function seed({ container }: ExecArgs) {
  const channel = await ensureSalesChannel(container);
  await ensureStore(container, channel.id);
  const region = await ensureRegion(container);
  await ensureTaxRegions(container);
  const location = await ensureStockLocation(container, channel.id);
  const profile = await ensureShippingProfile(container);
  const zone = await ensureServiceZone(container, location.id);
  await ensureShippingOptions(container, { zone_id: zone.id, profile_id: profile.id });
  await ensureProducts(container, { channel_id: channel.id, profile_id: profile.id });
  await ensureCardsFirst(container);
  const publishable_key = await ensurePublishableKey(container, channel.id);
  await ensureAdminUser(container, {
    email: required("DEMO_ADMIN_EMAIL"),
    password: required("DEMO_ADMIN_PASSWORD"),
  });
  writeFileSync(required("DEMO_SEED_RESULT"), JSON.stringify({ publishable_key, region_id: region.id }));
}

/** The bank's methods before the others; where the operator has placed them, they stay. */
async function ensureCardsFirst(container: MedusaContainer) {
  const tender = container.resolve<TenderModuleService>("tender", { allowUnregistered: true });
  if (!tender) return;
  const placed = new Set(
    (await tender.listTenderPaymentProviderSettings()).map(({ provider_id }) => provider_id),
  );
  await tender.createTenderPaymentProviderSettings(
    ["pp_sandbox_a", "pp_sandbox_b"]
      .filter((provider_id) => !placed.has(provider_id))
      .map((provider_id) => ({ provider_id, position: 0 })),
  );
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set; "npm start" does that.`);
  return value;
}

async function ensureSalesChannel(container: MedusaContainer) {
  const [found] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({ name: SALES_CHANNEL });
  if (found) return found;
  const { result } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: SALES_CHANNEL, description: "Where the demo checkout sells." }] },
  });
  return first(result);
}

async function ensureStore(container: MedusaContainer, default_sales_channel_id: string) {
  const settings = {
    name: "Tender demo",
    default_sales_channel_id,
    supported_currencies: CURRENCIES.map((currency_code) => ({
      currency_code,
      is_default: currency_code === "eur",
    })),
  };
  const [store] = await container.resolve(Modules.STORE).listStores();
  if (store) {
    await updateStoresWorkflow(container).run({ input: { selector: { id: store.id }, update: settings } });
  } else {
    await createStoresWorkflow(container).run({ input: { stores: [settings] } });
  }
}

async function ensureRegion(container: MedusaContainer) {
  const [found] = await container.resolve(Modules.REGION).listRegions({ name: REGION });
  if (found) {
    await updateRegionsWorkflow(container).run({
      input: { selector: { id: found.id }, update: { payment_providers: [...PAYMENT_PROVIDERS, ...COINS] } },
    });
    return found;
  }
  const { result } = await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: REGION,
          currency_code: "eur",
          countries: [...COUNTRIES],
          payment_providers: [...PAYMENT_PROVIDERS, ...COINS],
        },
      ],
    },
  });
  return first(result);
}

async function ensureTaxRegions(container: MedusaContainer) {
  const taxed = await container.resolve(Modules.TAX).listTaxRegions({ country_code: [...COUNTRIES] });
  const missing = COUNTRIES.filter((code) => !taxed.some((region) => region.country_code === code));
  if (missing.length === 0) return;
  await createTaxRegionsWorkflow(container).run({
    input: missing.map((country_code) => ({ country_code, provider_id: "tp_system" })),
  });
}

async function ensureStockLocation(container: MedusaContainer, channel_id: string) {
  const [found] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({ name: LOCATION });
  if (found) return found;
  const { result } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [{ name: LOCATION, address: { city: "Berlin", country_code: "DE", address_1: "" } }],
    },
  });
  const location = first(result);
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location.id, add: [channel_id] },
  });
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: FULFILLMENT_PROVIDER },
  });
  return location;
}

async function ensureShippingProfile(container: MedusaContainer) {
  const [found] = await container.resolve(Modules.FULFILLMENT).listShippingProfiles({ type: "default" });
  if (found) return found;
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  });
  return first(result);
}

async function ensureServiceZone(container: MedusaContainer, location_id: string) {
  const fulfillment = container.resolve(Modules.FULFILLMENT);
  const [found] = await fulfillment.listFulfillmentSets(
    { name: FULFILLMENT_SET },
    { relations: ["service_zones"] },
  );
  if (found) return first(found.service_zones);
  const set = await fulfillment.createFulfillmentSets({
    name: FULFILLMENT_SET,
    type: "shipping",
    service_zones: [
      {
        name: REGION,
        geo_zones: COUNTRIES.map((country_code) => ({ country_code, type: "country" as const })),
      },
    ],
  });
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location_id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  });
  return first(set.service_zones);
}

async function ensureShippingOptions(
  container: MedusaContainer,
  { zone_id, profile_id }: { zone_id: string; profile_id: string },
) {
  const existing = await container
    .resolve(Modules.FULFILLMENT)
    .listShippingOptions({ service_zone: { id: zone_id } });
  const missing = SHIPPING.filter(({ name }) => !existing.some((option) => option.name === name));
  if (missing.length === 0) return;
  await createShippingOptionsWorkflow(container).run({
    input: missing.map(({ name, code, description, prices }) => ({
      name,
      price_type: "flat" as const,
      provider_id: FULFILLMENT_PROVIDER,
      service_zone_id: zone_id,
      shipping_profile_id: profile_id,
      type: { label: name, code, description },
      prices: priceList(prices),
      rules: [
        { attribute: "enabled_in_store", value: "true", operator: "eq" as const },
        { attribute: "is_return", value: "false", operator: "eq" as const },
      ],
    })),
  });
}

async function ensureProducts(
  container: MedusaContainer,
  { channel_id, profile_id }: { channel_id: string; profile_id: string },
) {
  const handles = PRODUCTS.map(({ handle }) => handle);
  const existing = await container.resolve(Modules.PRODUCT).listProducts({ handle: handles });
  const missing = PRODUCTS.filter(({ handle }) => !existing.some((product) => product.handle === handle));
  if (missing.length === 0) return;
  await createProductsWorkflow(container).run({
    input: {
      products: missing.map(({ handle, title, description, sku, prices }) => ({
        handle,
        title,
        description,
        status: "published" as const,
        shipping_profile_id: profile_id,
        sales_channels: [{ id: channel_id }],
        options: [{ title: "Kind", values: ["Standard"] }],
        variants: [
          // The demo never runs out.
          {
            title: "Standard",
            sku,
            manage_inventory: false,
            options: { Kind: "Standard" },
            prices: priceList(prices),
          },
        ],
      })),
    },
  });
}

async function ensurePublishableKey(container: MedusaContainer, channel_id: string): Promise<string> {
  const [found] = await container
    .resolve(Modules.API_KEY)
    .listApiKeys({ title: API_KEY, type: "publishable" });
  if (found && !found.revoked_at) return found.token;
  const { result } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: API_KEY, type: "publishable", created_by: "" }] },
  });
  const key = first(result);
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: key.id, add: [channel_id] } });
  return key.token;
}

function first<T>(rows: T[] | undefined): T {
  const row = rows?.[0];
  if (row === undefined) throw new Error("Medusa made nothing where one thing was asked for.");
  return row;
}
