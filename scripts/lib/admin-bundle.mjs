/** Run as a process of its own: bundles Medusa's dashboard with our pages and widgets into public/admin. */
import bundler from "@medusajs/admin-bundler";
import { inRoot } from "./paths.mjs";

process.env.NODE_ENV = "production";
await bundler.build({
  path: "/app",
  // The dashboard is served by the same server as the API.
  backendUrl: "/",
  sources: [inRoot("src", "admin")],
  // Medusa enables this plugin in every store.
  plugins: ["@medusajs/draft-order/admin"],
  outDir: inRoot("public", "admin"),
});
