import { startSimulatedChain, type SimulatedChain, type SimulatedChainOptions } from "../index";

/** An address nobody has, of the chain that is simulated: BIP173's example key. */
export const ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
export const NEVER_MS = 3_600_000;

export type ChainView = Readonly<{ height: number; tip: string; waiting: readonly string[]; txid?: string }>;

/** A simulated chain that mines when it is told to, and its hand. */
export type TestChain = SimulatedChain &
  Readonly<{
    ask(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
    /** @throws Error when it is turned down */
    act(path: string, body?: unknown): Promise<ChainView>;
    pay(amount?: string): Promise<string>;
  }>;

export async function openChain(options: SimulatedChainOptions = {}): Promise<TestChain> {
  const chain = await startSimulatedChain({ block_interval_ms: NEVER_MS, ...options });
  const ask = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${chain.url}/demo/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const act = async (path: string, body?: unknown): Promise<ChainView> => {
    const answer = await ask(path, body);
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    return (await answer.json()) as ChainView;
  };
  const pay = async (amount = "0.0001") => (await act("pay", { address: ADDRESS, amount })).txid ?? "";
  return { ...chain, ask, act, pay };
}
