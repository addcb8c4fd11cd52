/** What is built from sources before anything can be shown: the checkout page and the admin dashboard. */
import { existsSync, readdirSync } from "node:fs";
import { fingerprint, makeIfStale, versionOf } from "./fingerprint.mjs";
import { inRoot } from "./paths.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";

const CHECKOUT_CONFIG = "src/checkout/vite.config.ts";
const VITE = inRoot("node_modules", "vite", "bin", "vite.js");

/** Builds src/checkout/dist, the hosted checkout page, when its sources changed. */
export async function ensureCheckout() {
  if (!existsSync(inRoot(CHECKOUT_CONFIG)))
    throw new Problem(`${CHECKOUT_CONFIG} is missing: the checkout page cannot be built.`);
  await makeIfStale({
    name: "checkout",
    current: fingerprint(
      ["src/checkout", "src/api", "tsconfig.json", ...gatewayForms()],
      [versionOf("vite"), versionOf("react")],
    ),
    output: "src/checkout/dist/manifest.json",
    make: () =>
      step("Building the checkout page", () =>
        run({
          name: "vite build",
          command: process.execPath,
          args: [VITE, "build", "--config", CHECKOUT_CONFIG],
        }),
      ),
  });
}

/** The folders of gateways that have a part of their own in the page. */
function gatewayForms() {
  const folders = readdirSync(inRoot("src", "providers")).map((name) => `src/providers/${name}/checkout`);
  return folders.filter((folder) => existsSync(inRoot(folder)));
}

/** Builds public/admin, from where `medusa start` serves the dashboard, when our part of it changed. */
export async function ensureAdmin() {
  await makeIfStale({
    name: "admin",
    current: fingerprint(
      ["src/admin", "scripts/lib/admin-bundle.mjs"],
      [versionOf("@medusajs/dashboard"), versionOf("@medusajs/admin-bundler")],
    ),
    output: "public/admin/index.html",
    make: () =>
      step("Building the admin dashboard (about a minute the first time)", () =>
        run({
          name: "admin build",
          command: process.execPath,
          args: [inRoot("scripts", "lib", "admin-bundle.mjs")],
        }),
      ),
  });
}
