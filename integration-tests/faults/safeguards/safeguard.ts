import type { GatewayName } from "../gateways/gateway";
import type { ProfileName } from "../schedule/profiles";

/** One text of the source and what stands there once the safeguard is gone. */
export type Edit = Readonly<{
  /** From the repository's root. */
  file: string;
  /** Must be there exactly once. */
  find: string;
  replace: string;
}>;

/** Something that keeps money safe, and how to see that it does: take it away and play. */
export type Safeguard = Readonly<{
  name: string;
  /** In one sentence. */
  protects: string;
  edits: readonly Edit[];
  /** The schedules in which it is needed. */
  play: Readonly<{ gateway?: GatewayName; profile: ProfileName; schedules: number; seed: number }>;
  /** Names of the invariants that do not hold without it. */
  breaks: readonly string[];
}>;
