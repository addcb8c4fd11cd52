import path from "node:path";
import type { UserConfig } from "vite" with { "resolution-mode": "import" };

/** Builds the hosted page: `src/checkout/dist`, or the folder in TENDER_CHECKOUT_OUT_DIR. */
const config: UserConfig = {
  root: __dirname,
  // The route that serves the files; see src/api/checkout/assets.
  base: "/checkout/assets/",
  publicDir: false,
  esbuild: { jsx: "automatic" },
  build: {
    outDir: process.env["TENDER_CHECKOUT_OUT_DIR"] ?? path.join(__dirname, "dist"),
    emptyOutDir: true,
    assetsDir: ".",
    manifest: "manifest.json",
    // The page's Content-Security-Policy allows no inline script, and one chunk needs no preloading.
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
