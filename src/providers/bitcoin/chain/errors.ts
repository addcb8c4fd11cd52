/**
 * Why a source could not tell of the chain. None says anything of a payment: whoever follows the chain keeps what is
 * known and asks again.
 *
 * - `unreachable`: no connection, no answer in time, or too busy to answer.
 * - `warming_up`: the node is starting and does not know its chain or mempool yet.
 * - `refused_credentials`: its operator must mend the configuration.
 * - `wrong_network`: another chain's node.
 * - `nonsense`: an answer that cannot be right.
 * - `refused`: the node understood and cannot, as with a block it has pruned.
 * - `behind`: its chain ends before the one that is known.
 */
export type ChainSourceProblem =
  "unreachable" | "warming_up" | "refused_credentials" | "wrong_network" | "nonsense" | "refused" | "behind";

/** Parent of all errors of a chain source. The message holds neither credentials nor addresses of services. */
export abstract class ChainSourceError extends Error {
  abstract readonly problem: ChainSourceProblem;
}

export class NodeUnreachable extends ChainSourceError {
  override readonly name = "NodeUnreachable";
  readonly problem = "unreachable";
}

export class NodeWarmingUp extends ChainSourceError {
  override readonly name = "NodeWarmingUp";
  readonly problem = "warming_up";
}

export class NodeRefusedCredentials extends ChainSourceError {
  override readonly name = "NodeRefusedCredentials";
  readonly problem = "refused_credentials";
}

export class WrongNetwork extends ChainSourceError {
  override readonly name = "WrongNetwork";
  readonly problem = "wrong_network";
}

export class NodeAnswersNonsense extends ChainSourceError {
  override readonly name = "NodeAnswersNonsense";
  readonly problem = "nonsense";
}

export class NodeRefused extends ChainSourceError {
  override readonly name = "NodeRefused";
  readonly problem = "refused";
}

export class NodeBehind extends ChainSourceError {
  override readonly name = "NodeBehind";
  readonly problem = "behind";
}
