import type { Named } from "../../api/admin/tender/providers/[id]/rules/contract";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";

/** Found things a list shows. */
const SHOWN = 8;

type Region = Readonly<{
  id: string;
  name: string;
  currency_code: string;
  countries?: readonly Readonly<{ iso_2?: string | null }>[] | null;
}>;

/** The store's regions with their countries. */
export function useRegions(): readonly Region[] | undefined {
  const { data } = useApi<{ regions: Region[] }>("/admin/regions", {
    fields: "id,name,currency_code,countries.iso_2",
    limit: 200,
  });
  return data?.regions;
}

/** A country in the operator's language; its code where the browser knows none. */
export function useCountryName(): (code: string) => string {
  const { language } = useTexts();
  const names = new Intl.DisplayNames([language.slice(0, 2)], { type: "region" });
  return (code) => names.of(code.toUpperCase()) ?? code.toUpperCase();
}

/** Those of a short list whose name or id begins with, or holds, what was typed. */
export function findIn(all: readonly Named[], typed: string): readonly Named[] {
  const wanted = typed.trim().toLowerCase();
  return all
    .filter(({ id, name }) => [id, name ?? ""].some((word) => word.toLowerCase().includes(wanted)))
    .slice(0, SHOWN);
}

/** Customer groups whose name fits. */
export function useGroups(typed: string, limit = SHOWN): readonly Named[] | undefined {
  const { data } = useApi<{ customer_groups: { id: string; name: string }[] }>("/admin/customer-groups", {
    q: typed.trim(),
    fields: "id,name",
    limit,
  });
  return data?.customer_groups;
}

/** Products whose title fits. */
export function useProducts(typed: string): readonly Named[] | undefined {
  const { data } = useApi<{ products: { id: string; title: string }[] }>(
    "/admin/products",
    { q: typed.trim(), fields: "id,title", limit: SHOWN },
    { enabled: typed.trim() !== "" },
  );
  return data?.products.map(({ id, title }) => ({ id, name: title }));
}

/** Promotions whose code fits and that a shopper would have to enter. */
export function usePromotions(typed: string): readonly Named[] | undefined {
  const { data } = useApi<{ promotions: { id: string; code: string; is_automatic?: boolean }[] }>(
    "/admin/promotions",
    { q: typed.trim(), fields: "id,code,is_automatic", limit: SHOWN },
  );
  return data?.promotions
    .filter(({ is_automatic }) => !is_automatic)
    .map(({ id, code }) => ({ id, name: code }));
}
