import { useCallback, useEffect, useRef, useState } from "react";
import type { GatewayPanelProps } from "../../../checkout/gateway-form";
import type { Phase } from "./client";
import type { Seen } from "./time-left";

/** How far apart looks are while the page is in sight; blocks are minutes apart, and coins after the end are rare. */
const GAP_MS: Readonly<Record<Exclude<Phase, "settled">, number>> = {
  awaiting: 2_500,
  partial: 2_500,
  confirming: 6_000,
  expired: 15_000,
};

/** Nobody sees it; coming back into sight looks at once. */
const HIDDEN_GAP_MS = 20_000;

/** Each look that failed lets the next wait twice as long, up to this. */
const WIDEST_GAP_MS = 20_000;

/** One lost answer is not worth a word. */
const FAILURES_UNTIL_OFFLINE = 2;

/** How long to wait before the next look; null when there is nothing more to see. */
export function nextLook_ms(now: { standing: Phase; failures: number; isHidden: boolean }): number | null {
  const { standing, failures, isHidden } = now;
  if (standing === "settled") return null;
  const gap_ms = Math.min(GAP_MS[standing] * 2 ** failures, WIDEST_GAP_MS);
  return isHidden ? Math.max(gap_ms, HIDDEN_GAP_MS) : gap_ms;
}

type Looks = Readonly<{ seen: Seen; isOffline: boolean }>;

/** Follows an attempt by looking at it, as long as something can come of it. */
export function useLooks(
  { attempt, look }: Pick<GatewayPanelProps, "attempt" | "look">,
  standingOf: (attempt: Seen["attempt"]) => Phase,
): Looks {
  const [seen, setSeen] = useState<Seen>(() => ({ attempt, at_ms: performance.now() }));
  const [failures, setFailures] = useState(0);
  const [isHidden, setHidden] = useState(() => document.visibilityState === "hidden");
  const [hurries, setHurries] = useState(0);
  const [looks, setLooks] = useState(0);
  const current = useRef(look);
  current.current = look;
  const first = useRef(attempt);

  const lookOnce = useCallback(async (isWanted: () => boolean) => {
    try {
      const found = await current.current();
      if (!isWanted()) return;
      setSeen({ attempt: found, at_ms: performance.now() });
      setFailures(0);
    } catch {
      if (isWanted()) setFailures((before) => before + 1);
    }
    if (isWanted()) setLooks((before) => before + 1);
  }, []);

  useEffect(() => {
    // The page itself read it anew, such as in another language.
    if (first.current !== attempt) setSeen({ attempt, at_ms: performance.now() });
    first.current = attempt;
  }, [attempt]);

  const gap_ms = nextLook_ms({ standing: standingOf(seen.attempt), failures, isHidden });
  useEffect(() => {
    if (gap_ms === null) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => void lookOnce(() => isWanted), gap_ms);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [gap_ms, looks, lookOnce]);

  useEffect(() => {
    if (hurries === 0) return undefined;
    let isWanted = true;
    void lookOnce(() => isWanted);
    return () => {
      isWanted = false;
    };
  }, [hurries, lookOnce]);

  useEffect(() => {
    const hurry = (): void => setHurries((before) => before + 1);
    const onVisibility = (): void => {
      setHidden(document.visibilityState === "hidden");
      if (document.visibilityState === "visible") hurry();
    };
    const onOffline = (): void => setFailures((before) => Math.max(before, FAILURES_UNTIL_OFFLINE));
    window.addEventListener("online", hurry);
    window.addEventListener("offline", onOffline);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      window.removeEventListener("online", hurry);
      window.removeEventListener("offline", onOffline);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, []);

  return { seen, isOffline: failures >= FAILURES_UNTIL_OFFLINE };
}
