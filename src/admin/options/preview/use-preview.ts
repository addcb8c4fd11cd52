import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type {
  AdminOptionPreviewResult,
  OptionPreviewBody,
} from "../../../api/admin/tender/option-preview/contract";
import { hasSessionEnded, QUERY_KEY } from "../../lib/api";
import { sdk } from "../../lib/sdk";
import { useTexts } from "../../lib/use-texts";

const PATH = "/admin/tender/option-preview";

/**
 * What such a cart is offered, in the operator's language. It is looked at anew whenever a setting is changed.
 * @param wish undefined as long as there is nothing to ask for
 */
export function usePreview(wish: OptionPreviewBody | undefined): UseQueryResult<AdminOptionPreviewResult> {
  const { language } = useTexts();
  const body = { ...wish, locale: language };
  return useQuery({
    queryKey: [QUERY_KEY, PATH, body],
    queryFn: () => sdk.client.fetch<AdminOptionPreviewResult>(PATH, { method: "POST", body }),
    enabled: wish !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    throwOnError: hasSessionEnded,
  });
}
