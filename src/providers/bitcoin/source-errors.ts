import { GatewayMisconfigured, GatewayUnavailable, type GatewayError } from "../../gateway/errors";
import { ChainSourceError, type ChainSourceProblem } from "./chain/errors";
import { NoQuote } from "./rates";

/** Of these an operator has to mend the configuration; the others pass. */
const OPERATORS: readonly ChainSourceProblem[] = ["refused_credentials", "wrong_network"];

/** Throws the gateway's error for one of the chain's source or the rates, for a `catch`. No such call moves money. */
export function rethrowUnavailable(error: unknown): never {
  throw gatewayErrorOf(error) ?? error;
}

function gatewayErrorOf(error: unknown): GatewayError | undefined {
  if (error instanceof ChainSourceError) {
    const Kind = OPERATORS.includes(error.problem) ? GatewayMisconfigured : GatewayUnavailable;
    return new Kind(error.message, { cause: error });
  }
  // No rate says nothing of the node, which has to be asked on.
  return error instanceof NoQuote
    ? new GatewayUnavailable(error.message, { cause: error, refused_by_us: true })
    : undefined;
}
