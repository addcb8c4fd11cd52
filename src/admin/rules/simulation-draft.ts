import type { AdminDecliningProvider } from "../../api/admin/tender/recovery-rules/contract";
import type { SimulationBody } from "../../api/admin/tender/recovery-simulation/contract";

/** Stands for "as the gateway's table says" and "none" in choices, which know no empty value. */
export const UNSAID = "unsaid";

/** What is filled in to be simulated. */
export type SimulationDraft = Readonly<{
  provider_id: string;
  what: "refusal" | "no_outcome";
  code: string;
  category: string;
  error_kind: string;
  network_code: string;
  advice_code: string;
  retries: number;
  switches: number;
  attempts: number;
  alternatives: number;
  other_methods: number;
  in_hand: boolean;
  portable: boolean;
  authenticated: boolean;
  payment_read: boolean;
}>;

/** A first try, with another provider and another method left. */
export function newDraft(provider: AdminDecliningProvider | undefined, code = ""): SimulationDraft {
  return {
    provider_id: provider?.provider_id ?? "",
    what: "refusal",
    code,
    category: UNSAID,
    error_kind: "unavailable",
    network_code: "",
    advice_code: UNSAID,
    retries: 0,
    switches: 0,
    attempts: 1,
    alternatives: 1,
    other_methods: 1,
    in_hand: true,
    portable: isPortable(provider),
    authenticated: false,
    payment_read: false,
  };
}

/** Whether another gateway can charge what a shopper enters at this one. */
export function isPortable(provider: AdminDecliningProvider | undefined): boolean {
  return provider?.methods.some(({ portable_credential }) => portable_credential) ?? false;
}

/** The draft as the API takes it. */
export function bodyOf(draft: SimulationDraft): SimulationBody {
  const refusal = {
    ...(draft.code.trim() && { code: draft.code.trim() }),
    ...(draft.category !== UNSAID && { category: draft.category as SimulationBody["category"] }),
    ...(draft.network_code.trim() && { network_code: draft.network_code.trim() }),
    ...(draft.advice_code !== UNSAID && { advice_code: draft.advice_code }),
  };
  return {
    provider_id: draft.provider_id,
    ...(draft.what === "refusal"
      ? refusal
      : { error_kind: draft.error_kind as NonNullable<SimulationBody["error_kind"]> }),
    history: {
      tries_on_provider: draft.retries + 1,
      switches: draft.switches,
      attempts_in_cart: draft.attempts,
      provider_alternatives: draft.alternatives,
      other_methods: draft.other_methods,
      credential_in_hand: draft.in_hand,
      portable_credential: draft.portable,
      authenticated: draft.authenticated,
      payment_read: draft.payment_read,
    },
  };
}
