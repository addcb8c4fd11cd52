import { connect, createServer, type Server } from "node:net";

/**
 * One address for the bank's webhooks, whichever server is alive: connections go to the active port, and are cut
 * while there is none.
 */
export class Forwarder {
  private target: number | undefined;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static start(): Promise<Forwarder> {
    return new Promise((resolve, reject) => {
      const server = createServer((from) => {
        const target = forwarder?.target;
        if (target === undefined) {
          from.destroy();
          return;
        }
        const to = connect(target, "127.0.0.1");
        from.on("error", () => to.destroy());
        to.on("error", () => from.destroy());
        from.pipe(to);
        to.pipe(from);
      });
      let forwarder: Forwarder | undefined;
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        forwarder = new Forwarder(server, typeof address === "object" && address ? address.port : 0);
        resolve(forwarder);
      });
    });
  }

  /** Where connections go from now on; `undefined` for nowhere. */
  pointTo(port: number | undefined): void {
    this.target = port;
  }

  stop(): void {
    this.server.close();
  }
}
