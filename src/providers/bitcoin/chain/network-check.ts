import type { Chain } from "../chains";
import { NodeUnreachable, WrongNetwork } from "./errors";

/**
 * Lets nothing be asked of a source before it has shown the chain's own genesis block. It is asked again after every loss
 * of the connection, since another node may answer then.
 */
export class NetworkCheck {
  private checked: Promise<void> | undefined;

  /** @param who the source as operators know it, for the messages of errors */
  constructor(
    private readonly chain: Chain,
    private readonly who: string,
    private readonly genesisHash: () => Promise<string>,
  ) {}

  /** Asks something of the source. @throws WrongNetwork when it is another chain's */
  async before<T>(ask: () => Promise<T>): Promise<T> {
    try {
      await (this.checked ??= this.check());
      return await ask();
    } catch (error) {
      if (error instanceof NodeUnreachable) {
        this.checked = undefined;
      }
      throw error;
    }
  }

  private async check(): Promise<void> {
    try {
      const hash = await this.genesisHash();
      if (hash !== this.chain.genesis_hash) {
        throw new WrongNetwork(`${this.who} is on another network than ${this.chain.title}.`);
      }
    } catch (error) {
      this.checked = undefined;
      throw error;
    }
  }
}
