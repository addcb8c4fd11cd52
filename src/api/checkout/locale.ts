import type { MedusaRequest } from "@medusajs/framework/http";

const LOCALES = ["en", "ar"] as const;

export type PageLocale = (typeof LOCALES)[number];

/** The page's language: the one asked for in the address, else the browser's, else English. */
export function pageLocale(req: MedusaRequest): PageLocale {
  const { locale: asked } = req.query;
  const language = typeof asked === "string" ? asked.toLowerCase().split("-")[0] : undefined;
  const known = LOCALES.find((locale) => locale === language);
  return known ?? LOCALES.find((locale) => locale === req.acceptsLanguages([...LOCALES])) ?? LOCALES[0];
}
