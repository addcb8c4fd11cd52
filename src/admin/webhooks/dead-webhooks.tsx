import { Button, Text, toast } from "@medusajs/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type ReactElement } from "react";
import type {
  AdminDeadWebhooksResult,
  AdminReplayedWebhooksResult,
} from "../../api/admin/tender/webhooks/contract";
import { CHANGED_EVENT, useApi } from "../lib/api";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { tellWorked } from "./use-replay";

/** So few in one request that progress shows soon. */
const AT_A_TIME = 5;

type Dead = AdminDeadWebhooksResult["dead"][number];

/** What was given up, by provider, with a button to work all of it again. Nothing where nothing was. */
export function DeadWebhooks(): ReactElement | null {
  const { data } = useApi<AdminDeadWebhooksResult>("/admin/tender/webhooks/dead");
  const dead = data?.dead ?? [];
  return dead.length === 0 ? null : (
    <ul className="divide-y">
      {dead.map((one) => (
        <DeadOfProvider key={one.provider_id} dead={one} />
      ))}
    </ul>
  );
}

function DeadOfProvider({ dead: { provider_id, count } }: Readonly<{ dead: Dead }>): ReactElement {
  const { t } = useTexts();
  const { progress, start, stop } = useReplayAll(provider_id);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-3">
      <Text size="small" role="status">
        {progress
          ? t("webhooks.progress", { done: progress.done, total: progress.total })
          : t("webhooks.dead", { count, provider: provider_id })}
      </Text>
      {progress ? (
        <Button size="small" variant="secondary" onClick={stop}>
          {t("webhooks.stop")}
        </Button>
      ) : (
        <Button size="small" variant="secondary" onClick={() => void start(count)}>
          {t("webhooks.replay_dead")}
        </Button>
      )}
    </li>
  );
}

type Progress = Readonly<{ done: number; total: number }>;

/** Works the dead ones of a provider again, a few in each request, until none is left or the operator stops it. */
function useReplayAll(provider_id: string) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const is_stopped = useRef(false);

  async function start(total: number): Promise<void> {
    is_stopped.current = false;
    const sum = { done: 0, busy: 0, retrying: 0, dead: 0 };
    try {
      for (let remaining = total; remaining > 0 && !is_stopped.current;) {
        setProgress({ done: total - remaining, total });
        const { worked, remaining: left } = await sdk.client.fetch<AdminReplayedWebhooksResult>(
          "/admin/tender/webhooks/replay",
          { method: "POST", body: { dead_of: provider_id, limit: AT_A_TIME } },
        );
        for (const outcome of ["done", "busy", "retrying", "dead"] as const) sum[outcome] += worked[outcome];
        // Others may be at it, or more may die meanwhile: it ends all the same.
        remaining = Math.min(left, remaining - AT_A_TIME);
      }
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
    tellWorked(t, sum);
    setProgress(undefined);
    window.dispatchEvent(new Event(CHANGED_EVENT));
    await queries.invalidateQueries({ queryKey: ["tender"] });
  }

  return { progress, start, stop: () => void (is_stopped.current = true) };
}
