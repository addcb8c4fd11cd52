/** What is used of bcoin, which has no types of its own. */
declare module "bcoin" {
  export class FullNode {
    constructor(options: Readonly<Record<string, unknown>>);
    ensure(): Promise<void>;
    open(): Promise<void>;
    connect(): Promise<void>;
  }
}

declare module "bcoin/lib/protocol/networks" {
  export const regtest: { addressPrefix: object; keyPrefix: object };
}
