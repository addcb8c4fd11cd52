import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { previewOptions } from "../../../../workflows/operate/options/preview-options";
import { localeIn } from "../../../answer";
import type { AdminOfferedOption, AdminOptionPreviewResult, OptionPreviewBody } from "./contract";

/** What a cart is offered, and why the rest is hidden. It changes nothing. */
export async function POST(
  req: MedusaRequest<OptionPreviewBody>,
  res: MedusaResponse<AdminOptionPreviewResult>,
): Promise<void> {
  const locale = req.validatedBody.locale ?? localeIn(req);
  const { offered, hidden } = await previewOptions(req.scope, { ...req.validatedBody, locale });
  const shown = offered.map(
    ({
      id,
      method,
      title,
      description,
      icon,
      express,
      incentive = null,
      provider_ids,
    }): AdminOfferedOption => ({
      id,
      method,
      title,
      description,
      icon,
      express,
      incentive,
      provider_ids,
    }),
  );
  res.json({ preview: { offered: shown, hidden } });
}
