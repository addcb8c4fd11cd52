import { toast } from "@medusajs/ui";
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { sdk } from "./sdk";

/** Everything of ours in the dashboard's cache begins with this. */
export const QUERY_KEY = "tender";

export type Params = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

/**
 * Reads an `/admin/…` address of the API. What was shown before stays while a new page or filter loads.
 * @param refetchInterval how often it is read anew while the page is open, in milliseconds
 */
export function useApi<Answer>(
  path: string,
  params: Params = {},
  { enabled = true, refetchInterval }: Readonly<{ enabled?: boolean; refetchInterval?: number }> = {},
): UseQueryResult<Answer> {
  const query = Object.fromEntries(
    Object.entries(params).filter(([, value]) => value != null && value !== ""),
  );
  return useQuery({
    queryKey: [QUERY_KEY, path, query],
    queryFn: () => sdk.client.fetch<Answer>(path, { query }),
    enabled,
    placeholderData: keepPreviousData,
    throwOnError: hasSessionEnded,
    ...(refetchInterval !== undefined && { refetchInterval }),
  });
}

/** For `throwOnError`: the dashboard around us leads whoever is no longer logged in to its login. */
export function hasSessionEnded(error: Error): boolean {
  return "status" in error && error.status === 401;
}

/** Tells a failure in a toast; not that the session has ended, which {@link hasSessionEnded} leads away for. */
export function toastFailure(error: Error): void {
  if (!hasSessionEnded(error)) toast.error(error.message);
}

export type Change<Body> = Readonly<{ path: string; method?: "POST" | "DELETE"; body?: Body }>;

/** Told to the window whenever something was changed, for what stands outside of React, such as the menu's count. */
export const CHANGED_EVENT = "tender:changed";

/**
 * Changes something, and reads anew whatever of ours is shown. Failures are told in a toast, in the API's own words,
 * where the caller shows none itself.
 * @param quiet the caller shows failures
 */
export function useChange<Answer, Body = unknown>({
  onDone,
  quiet = false,
}: Readonly<{ onDone?: (answer: Answer) => void; quiet?: boolean }> = {}): UseMutationResult<
  Answer,
  Error,
  Change<Body>
> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method = "POST", body }: Change<Body>) =>
      sdk.client.fetch<Answer>(path, { method, ...(body !== undefined && { body: body as object }) }),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await queries.invalidateQueries({ queryKey: [QUERY_KEY] });
      window.dispatchEvent(new Event(CHANGED_EVENT));
    },
    throwOnError: hasSessionEnded,
    onError: (error) => {
      if (!quiet) toastFailure(error);
    },
  });
}
