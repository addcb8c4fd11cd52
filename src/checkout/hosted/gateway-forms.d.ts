/** Made by the build (`vite.config.ts`): the default export of every `src/providers/<name>/checkout/index.ts`. */
declare module "virtual:gateway-forms" {
  import type { GatewayForm } from "../gateway-form";

  export const gatewayForms: readonly GatewayForm[];
}
