import type { OptionPreviewBody } from "../../../api/admin/tender/option-preview/contract";

/** What the form of the preview holds, as it was typed and chosen; empty is not given. */
export type WishDraft = Readonly<{
  kind: "region" | "cart";
  cart_id: string;
  region_id: string;
  currency_code: string;
  country: string;
  amount: string;
  group_id: string;
}>;

/** What is asked for; undefined as long as something is missing. */
export function wishOf(draft: WishDraft): OptionPreviewBody | undefined {
  const cart_id = draft.cart_id.trim();
  if (draft.kind === "cart") {
    return cart_id === "" ? undefined : { cart_id };
  }
  const { region_id, currency_code, country, amount, group_id } = draft;
  return region_id === "" || currency_code === ""
    ? undefined
    : {
        region_id,
        currency_code,
        ...(country !== "" && { country }),
        ...(amount.trim() !== "" && { amount: Number(amount) }),
        ...(group_id !== "" && { customer_group_ids: [group_id] }),
      };
}
