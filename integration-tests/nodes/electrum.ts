import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ensureDebianPackage } from "./debian-package";

const run = promisify(execFile);

/** An operator's own wallet, offline on Bitcoin's regtest: it derives and signs independently of this plugin. */
export class Electrum {
  private readonly directory = mkdtempSync(path.join(tmpdir(), "tender-electrum-"));

  private constructor(private readonly program: string) {}

  /** A wallet of an account's key: public (vpub, upub) to watch, private (vprv, uprv) to sign. */
  static async restore(account_key: string): Promise<Electrum> {
    const wallet = new Electrum(ensureDebianPackage("electrum"));
    await wallet.ask("restore", account_key);
    return wallet;
  }

  /** The first receive addresses. */
  async receiveAddresses(count: number): Promise<readonly string[]> {
    await this.ask("changegaplimit", String(count), "--iknowwhatimdoing");
    const addresses = JSON.parse(await this.ask("listaddresses", "--receiving")) as string[];
    return addresses.slice(0, count);
  }

  /** Signs a PSBT. @param psbt as base64 @returns the PSBT as base64, or the transaction as hex when it is complete */
  async sign(psbt: string): Promise<string> {
    return (await this.ask("signtransaction", psbt)).trim();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async ask(...command: readonly string[]): Promise<string> {
    const options = ["--regtest", "--offline", "-D", this.directory];
    const { stdout } = await run(this.program, [...command, ...options], { timeout: 60_000 });
    return stdout;
  }
}
