import type { PaymentAttemptView } from "../client";

/** Where the page goes with an attempt it finds, whether after a reload, a return from the bank or a look. */
export type Entry =
  | Readonly<{ go: "choose" }>
  | Readonly<{ go: "act" | "step_up" | "watch" | "declined" | "confirm"; attempt: PaymentAttemptView }>;

/**
 * Where to go with `attempt`.
 * @param returned the shopper comes back from the bank's page
 * @param canAct whether the gateway's own script can do in this page what the attempt waits for
 */
export function entryFor(attempt: PaymentAttemptView | null, returned: boolean, canAct = false): Entry {
  if (!attempt) return { go: "choose" };
  switch (attempt.status) {
    case "action_required":
      if (returned) return { go: "confirm", attempt };
      if (bankPageUrl(attempt) !== null) return { go: "step_up", attempt };
      return { go: canAct ? "act" : "watch", attempt };
    case "pending":
    case "unknown":
      return { go: settlesLater(attempt) ? "confirm" : "watch", attempt };
    case "authorized":
    case "captured":
      return { go: "confirm", attempt };
    case "declined":
      return attempt.decline ? { go: "declined", attempt } : { go: "choose" };
    case "created":
    case "ready":
      return returned ? { go: "confirm", attempt } : { go: "choose" };
    case "failed":
    case "released":
    case "canceled":
      return { go: "choose" };
  }
}

/** The outcome comes in days: confirming gives the order meanwhile. */
export function settlesLater({ next_action }: PaymentAttemptView): boolean {
  return next_action?.type === "wait" && next_action.settles_later === true;
}

/** The address of the bank's page, or null when there is none that a browser may be sent to. */
export function bankPageUrl(attempt: PaymentAttemptView): string | null {
  const action = attempt.next_action;
  if (action?.type !== "redirect") return null;
  try {
    const url = new URL(action.url);
    // Anything else (javascript:, data:) would run in this page instead of leaving it.
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
