import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Plugin, UserConfig } from "vite" with { "resolution-mode": "import" };

const PROVIDERS = path.join(__dirname, "../providers");
const FORMS = "virtual:gateway-forms";

/**
 * The forms that gateways draw by themselves, found by their folders: the page names none of them. Not `import.meta.glob`,
 * which the package's CommonJS output may not contain. What is heavy about a form it loads by itself, in a chunk apart.
 */
function gatewayForms(): Plugin {
  const entries = readdirSync(PROVIDERS)
    .map((name) => path.join(PROVIDERS, name, "checkout", "index.ts"))
    .filter((file) => existsSync(file));
  const names = entries.map((_, at) => `form${at}`);
  return {
    name: "tender-gateway-forms",
    resolveId: (id) => (id === FORMS ? `\0${FORMS}` : undefined),
    load: (id) =>
      id === `\0${FORMS}`
        ? [
            ...entries.map((file, at) => `import ${names[at]} from ${JSON.stringify(file)};`),
            `export const gatewayForms = [${names.join(", ")}];`,
          ].join("\n")
        : undefined,
  };
}

/** Builds the hosted page: `src/checkout/dist`, or the folder in TENDER_CHECKOUT_OUT_DIR. */
const config: UserConfig = {
  root: __dirname,
  // The route that serves the files; see src/api/checkout/assets.
  base: "/checkout/assets/",
  publicDir: false,
  plugins: [gatewayForms()],
  esbuild: { jsx: "automatic" },
  build: {
    outDir: process.env["TENDER_CHECKOUT_OUT_DIR"] ?? path.join(__dirname, "dist"),
    emptyOutDir: true,
    assetsDir: ".",
    manifest: "manifest.json",
    // The page's Content-Security-Policy allows no inline script, and what it loads later it needs at once.
    modulePreload: false,
    assetsInlineLimit: 0,
    target: "es2020",
    rollupOptions: {
      input: {
        hosted: path.join(__dirname, "hosted/main.tsx"),
        // For stores that build their own page: `medusa-tender/checkout/styles.css`.
        styles: path.join(__dirname, "styles/index.css"),
      },
      output: {
        assetFileNames: (asset) => (asset.name === "styles.css" ? "styles.css" : "[name]-[hash][extname]"),
      },
    },
  },
};

export default config;
